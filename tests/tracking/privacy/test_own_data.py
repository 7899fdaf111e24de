"""Mina uppgifter: everything about oneself, nothing about anybody else."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from foundation.documents.typeset import drawable
from foundation.facts import open_batch
from foundation.jobs.models import Job
from tests.factories import account, completion, person
from tests.tracking.privacy.conftest import City, SignIn
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.imports.models import ImportFile
from tracking.ledger.actions import issue_certificate
from tracking.organisation.models import Employment, User
from tracking.privacy.own_data import as_pdf, own_data
from tracking.privacy.sections import SECTIONS, Owner

HOSTILE = [
    "#strike[x] *fet* $x^2$ @cite <label> = rubrik",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE tracking_person; --",
    "\u202eomvänd\u202c",
    "Ω≈ç√∫ 田中さん 😀 مرحبا",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
    "a\u0000b\u0007c",
    '#read("/etc/passwd")',
    "\ud800",
]


def fetched(client: Client) -> dict[str, Any]:
    answer = client.post("/mina-uppgifter/fil/json/")
    return json.loads(answer.content)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_everything_is_told_to_the_person(city: City, signed_in: SignIn) -> None:
    issue_certificate(completion=completion(city["anna"], date(2024, 2, 1)))
    signed_in(city["chef"]).get("/medarbetare/?enhet=EB")
    data = fetched(signed_in(city["anna"]))
    assert (data["format"], data["version"]) == ("kompetens-mina-uppgifter", 1)
    assert set(data) == {"format", "version", "skapad", *SECTIONS}
    assert data["person"][0]["person_id"] == "anna"
    assert [one["enhet"] for one in data["anstallningar"]] == ["EB"]
    assert [one["kurs"] for one in data["genomforanden"]] == ["KURS"]
    assert [(one["mal"], one["status"]) for one in data["status"]] == [("T1", "klar")]
    assert [one["kurs"] for one in data["intyg"]] == ["KURS"]
    assert [one["handelse"] for one in data["logg_om_mig"]] == ["medarbetare_sedda", "inloggad"]


def test_nobody_else_stands_in_it(city: City, signed_in: SignIn) -> None:
    signed_in(city["chef"]).get("/medarbetare/?enhet=EB")
    for who in ("anna", "chef", "revisor"):
        text = json.dumps(fetched(signed_in(city[who])), ensure_ascii=False)
        named = [name for name, one in city.items() if one.last_name in text]
        assert named == [who]


def test_jobs_files_and_the_log_are_told_and_of_others_only_what_one_may_see(
    city: City, signed_in: SignIn
) -> None:
    owner = account(city["chef"])
    moment = timezone.now()
    found = {
        "outcome": city["bo"].full_name,
        "about": [city["bo"].pk],
        "errors": [["1", "bo", "x"]],
    }
    ended = {"owner": owner, "state": "done", "created_at": moment, "ended_at": moment}
    asked = {"report": "staff", "query": "", "form": "csv"}
    Job.objects.create(
        kind="export-document", title="Medarbetare i EB", arguments=asked, **ended, **found
    )
    ImportFile.objects.create(
        kind="staff", name="personal.csv", place="imports/x", uploaded_by=owner, uploaded_at=moment
    )
    open_batch(origin="import:staff", actor=owner, file_name="personal.csv")
    data = fetched(signed_in(city["chef"]))
    assert [(one["titel"], one["utfall"]) for one in data["jobb"]] == [
        ("Medarbetare i EB", city["bo"].full_name)
    ]
    assert [one["fil"] for one in data["filer"]] == ["personal.csv"]
    assert [one["fil"] for one in data["andringar"]] == ["personal.csv"]
    assert [one["handelse"] for one in data["logg_av_mig"]] == ["inloggad"]
    Employment.objects.filter(person=city["bo"]).delete()  # no longer hers
    later = fetched(signed_in(city["chef"]))
    assert [(one["titel"], one["utfall"]) for one in later["jobb"]] == [("Medarbetare i EB", "")]
    assert "Efternamnbo" not in json.dumps(later, ensure_ascii=False)


def test_a_protected_person_is_told_as_much(city: City, signed_in: SignIn) -> None:
    data = fetched(signed_in(city["hemlig"]))
    assert data["person"][0]["efternamn"] == "Efternamnhemlig"
    assert [one["enhet"] for one in data["anstallningar"]] == ["EB"]


def test_an_account_without_a_person_is_told_of_the_account(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("administrator"))
    data = fetched(client)
    assert data["konto"][0]["anvandarnamn"] == "administrator"
    assert data["person"] == []
    assert client.post("/mina-uppgifter/fil/pdf/").status_code == 200


def test_fetching_is_logged_each_time(city: City, signed_in: SignIn) -> None:
    client = signed_in(city["anna"])
    for form in ("json", "pdf", "json"):
        client.post(f"/mina-uppgifter/fil/{form}/")
    logged = AuditEntry.objects.filter(event=AuditEvent.OWN_DATA_EXPORTED)
    assert [one.detail["format"] for one in logged] == ["json", "pdf", "json"]
    assert client.post("/mina-uppgifter/fil/exe/").status_code == 404
    assert client.get("/mina-uppgifter/fil/json/").status_code == 405


def test_the_document_is_tagged_archival_and_swedish(city: City, signed_in: SignIn) -> None:
    answer = signed_in(city["anna"]).post("/mina-uppgifter/fil/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mina-uppgifter-')
    pdf = PdfReader(BytesIO(answer.content))
    catalogue = pdf.trailer["/Root"]
    assert (str(catalogue["/Lang"]), bool(catalogue["/MarkInfo"]["/Marked"])) == ("sv-SE", True)
    described = catalogue["/Metadata"].get_data().decode()
    assert ["pdfaid:part>2<" in described, "pdfuaid:part>1<" in described] == [True, True]
    text = text_of(answer.content)
    expected = ("Förnamnanna", "Anställningar", "Inget är sparat om detta")
    assert [words for words in expected if words in text] == list(expected)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_stays_text(city: City, hostile: str) -> None:
    who = city["anna"]
    who.first_name = hostile
    data = own_data(Owner(account(who), who, date(2024, 5, 1)), now=timezone.now())

    def letters(text: str) -> str:
        return "".join(one for one in text if one.isascii() and one.isalnum())

    text = letters(text_of(as_pdf(data)))
    assert letters(drawable(hostile)) in text
    assert "root" not in text


def test_what_cannot_be_drawn_is_told_by_its_number() -> None:
    assert drawable("Åsa 😀") == "Åsa [U+1F600]"
    assert drawable("a\u202eb\x00") == "a[U+202E]b[U+0000]"
    assert drawable("e\u0301") == "é"


def test_as_many_queries_whatever_there_is(city: City) -> None:
    for day in range(1, 4):
        completion(city["anna"], date(2024, 2, day), f"KURS{day}")
    completion(city["bo"], date(2024, 2, 1))

    def queries(name: str) -> int:
        who = city[name]
        with CaptureQueriesContext(connection) as asked:
            own_data(Owner(account(who), who, date(2024, 5, 1)), now=timezone.now())
        return len(asked)

    assert queries("anna") == queries("bo")


def test_the_page_leads_to_both_files_and_the_log(city: City, signed_in: SignIn) -> None:
    page = signed_in(city["anna"]).get("/mina-uppgifter/").content.decode()
    for address in ("fil/json/", "fil/pdf/", "vem-har-sett/"):
        assert f'"/mina-uppgifter/{address}"' in page


def test_somebody_new_is_told_that_nothing_is_kept(db: None) -> None:
    who = person("ny")
    data = own_data(Owner(account(who), who, date(2024, 5, 1)), now=timezone.now())
    assert "Inget är sparat om detta" in text_of(as_pdf(data))
