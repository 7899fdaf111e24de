"""Hostile strings in what leaves the platform: documents, files of jobs, mails, the log's pages.

Each is read back by another program than the one that wrote it: whole, and nothing in it acts.
"""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import Workflow

from config.demo.statement import publish_demo_statement
from courses.h5p.store.models import H5PContent
from courses.modules.groundwork import WORKFLOW_NAME, lay_groundwork
from foundation.documents.typeset import drawable
from foundation.formats import FORMULA_STARTS, inert
from foundation.jobs.models import Job, JobState, private_storage
from foundation.working import run_due
from tests.contracts.test_hostile_strings import STRINGS, Seen
from tests.courses.h5p.packages import Part, make_package
from tests.courses.makers import make_course_with_quiz
from tests.factories import (
    LONG_AGO,
    account,
    batch,
    completion,
    duty,
    employ,
    person,
    target,
    trainer,
    unit,
)
from tests.hostile import OWN, UNSAYABLE
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.exports import documents
from tracking.imports.problems import Problem, write_problems
from tracking.ledger.actions import issue_certificate
from tracking.organisation.models import DutyRole, Employment, Person, Unit, User
from tracking.targets.models import Target

pytestmark = pytest.mark.django_db

HEADERS = "rad\r\nBcc: ond@exempel.se\r\n\r\nInnehåll"
TITLES = [one.strip() for one in [*OWN, HEADERS, "x\nTo: ond@exempel.se", "=?utf-8?q?=0ABcc:_o?="]]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    cache.clear()
    with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
        yield


@pytest.fixture
def anna() -> Person:
    unit("STAD")
    unit("EB", "STAD")
    who = person("anna")
    employ(who, "EB")
    return who


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(account(who))
    return client


def _held(who: Person, column: str, values: list[str]) -> None:
    """An employment of long ago for each value."""
    days = [date(2000, 1, 1) + timedelta(days=n) for n in range(len(values))]
    common = {"person": who, "batch_in": batch()}
    Employment.objects.bulk_create(
        Employment(
            **common,
            **{"unit_code": "EB", column: one},
            valid_from=day,
            valid_to=day + timedelta(days=1),
        )
        for one, day in zip(values, days, strict=True)
    )


def letters(text: str) -> str:
    """Letters and digits: what stands between them a reader of documents may join or divide."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())


def _stands_in(pages: list[str], told: str) -> bool:
    """On a page, or across two. A letter with marks is read once for each: then one by one."""
    wanted = letters(told)
    if any(unicodedata.combining(one) for one in unicodedata.normalize("NFKC", told)):
        return set(wanted) <= set("".join(pages))
    return any(wanted in page for page in pages) or any(
        wanted[:cut] in before and wanted[cut:] in after
        for before, after in pairwise(pages)
        for cut in range(len(wanted))
    )


def test_a_document_says_every_string_and_holds_nothing_that_acts(anna: Person) -> None:
    anna.first_name, anna.last_name = OWN[-1], '#eval("1+1")'
    anna.save()
    # Every third is a dozen pages, which are read back in less than a second.
    given = [*map(str.strip, OWN), *STRINGS[len(OWN) :: 3]]
    _held(anna, "position", given)
    Job.objects.create(
        kind="import-try",
        title="; ".join(OWN)[:200],
        owner=account(anna),
        created_at=timezone.now(),
        result_name=OWN[2],
    )
    answer = signed_in(anna).post("/mina-uppgifter/fil/pdf/")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="mina-uppgifter-2024-05-15.pdf"'
    )
    document = PdfReader(io.BytesIO(answer.content))
    pages = [letters(page.extract_text()) for page in document.pages]
    assert [one for one in given if not _stands_in(pages, drawable(one))] == []
    catalogue = document.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(catalogue)
    assert "/EmbeddedFiles" not in catalogue.get("/Names", {})
    assert "/JavaScript" not in catalogue.get("/Names", {})
    assert [page for page in document.pages if page.get("/Annots") or page.get("/AA")] == []


def test_the_same_as_json_is_exact(anna: Person) -> None:
    _held(anna, "position", STRINGS)
    data = json.loads(signed_in(anna).post("/mina-uppgifter/fil/json/").content)
    assert sorted(one["befattning"] for one in data["anstallningar"]) == sorted(
        [*STRINGS, "handläggare"]
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_of_a_job_gives_back_every_name_unit_and_target(
    anna: Person, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_CELLS_AT_ONCE", 0)
    employ(anna, "STAD", is_manager=True)
    people = [Person(person_id=f"P{n}", first_name=one) for n, one in enumerate(STRINGS)]
    Person.objects.bulk_create(people)
    people = list(Person.objects.filter(person_id__startswith="P").order_by("pk"))
    Employment.objects.bulk_create(
        Employment(person=who, unit_code="EB", position=one, valid_from=LONG_AGO, batch_in=batch())
        for who, one in zip(people, STRINGS, strict=True)
    )
    targets = [one.strip() for one in OWN[::4]]
    for number, one in enumerate(targets):
        target(f"M{number}", name=one)
    Unit.objects.filter(code="EB").update(name="=1+1")
    client = signed_in(anna)
    client.post(f"/medarbetare/export/{form}/?enhet=STAD")
    run_due()
    job = Job.objects.get()
    assert job.state == JobState.DONE
    answer = client.get(f"/jobb/{job.public_id}/fil/")
    content = b"".join(answer.streaming_content)
    if form == "csv":
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        rows = list(csv.reader(text, delimiter=";", strict=True))
        told: Callable[[str], object] = inert
        assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS)]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
        assert kinds <= {"s", "inlineStr", "d"}
        rows = [[_one_break(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        told = _one_break
    shown = {who.full_name or who.person_id for who in [*people, anna]}
    assert {row[0] for row in rows[1:]} == {told(one) for one in shown}
    assert {row[1] for row in rows[1:]} >= {told(one) for one in STRINGS}
    assert {told("=1+1")} <= {row[2] for row in rows[1:]}
    assert set(rows[0][3::2]) == {told(one) for one in targets}


def _one_break(value: object) -> str:
    text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("_x005F_", "_")


def _ended(owner: User, **more: Any) -> Job:
    now = timezone.now()
    return Job.objects.create(
        kind=documents.KIND,
        title="Jobb",
        arguments={"report": "staff", "query": "", "form": "csv"},
        owner=owner,
        state=JobState.FAILED,
        created_at=now,
        ended_at=now,
        **more,
    )


def test_what_was_wrong_with_a_file_is_told_whole_and_inert(anna: Person) -> None:
    employ(anna, "STAD", is_manager=True)
    given = [[one, one, one] for one in [*STRINGS, *UNSAYABLE[1:5]]]
    job = _ended(account(anna), errors=given, error_count=len(given), outcome=OWN[16])
    client = signed_in(anna)
    answer = client.get(f"/jobb/{job.public_id}/fel/")
    text = io.StringIO(answer.content.decode("utf-8-sig"), newline="")
    rows = list(csv.reader(text, delimiter=";", strict=True))
    assert rows[1 : len(STRINGS) + 1] == [[str(inert(one))] * 3 for one in STRINGS]
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS)]
    page = f"/jobb/{job.public_id}/"
    ordinary = _ended(account(anna), errors=[["a", "b", "c"]] * len(given), error_count=len(given))
    expected = Seen(client.get(f"/jobb/{ordinary.public_id}/").content.decode())
    shown = Seen(client.get(page).content.decode())
    # One break more stands in an outcome than in none.
    assert set(shown.elements) == set(expected.elements)
    assert set(shown.attributes) == set(expected.attributes)
    html = json.loads(client.get(f"{page}lage/").content)["html"]
    assert "script" not in Seen(html).elements


def test_the_list_of_what_is_wrong_with_a_file_is_inert_whatever_the_file_is_called(
    tmp_path: Path,
) -> None:
    given = [Problem(one, 2, one, one, one) for one in STRINGS]
    write_problems(given, tmp_path / "fel.csv")
    with (tmp_path / "fel.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";", strict=True))
    assert rows[1:] == [[str(inert(one)), "2", *[str(inert(one))] * 3] for one in STRINGS]
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS)]


def test_no_name_of_a_jobs_file_breaks_out_of_its_header(anna: Person) -> None:
    employ(anna, "STAD", is_manager=True)
    client = signed_in(anna)
    for number, name in enumerate([*OWN, *UNSAYABLE[1:5], HEADERS]):
        place = private_storage().save(f"jobs/rubrik-{number}.csv", io.BytesIO(b"1"))
        job = _ended(account(anna), result=place, result_name=name)
        answer = client.get(f"/jobb/{job.public_id}/fil/")
        header = answer.headers["Content-Disposition"]
        assert answer.status_code == 200
        assert header.startswith("attachment; filename")
        assert not {"\r", "\n"} & set(header)
        assert {"Bcc", "Set-Cookie"} & set(answer.headers) == set()


def test_a_report_goes_to_one_mailbox_whatever_it_says() -> None:
    statement = publish_demo_statement()
    for one in TITLES:
        given = {"text": one or "x", "page": one, "contact": one, "website": "", "token": ""}
        Client().post("/tillganglighet/brist/", given, REMOTE_ADDR=f"10.0.0.{TITLES.index(one)}")
    run_due()
    assert len(mail.outbox) == len(TITLES)
    for sent in mail.outbox:
        read = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
        assert isinstance(read, EmailMessage)
        assert sent.recipients() == [statement.email]
        assert read.get_all("To") == [statement.email]
        assert {"Bcc", "Cc"} & set(read.keys()) == set()
        assert [one for one in TITLES if len(one) > 12 and one in read.get_content()] == []


def test_a_review_is_announced_whatever_the_lesson_is_called(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    lay_groundwork()
    editors = [person("en"), person("en-till")]
    for who in editors:
        who.email = f"{who.person_id}@exempel.se"
        who.save()
        User.objects.filter(person=who).update(email=who.email)
        trainer(who)
    course = make_course_with_quiz("KURS", questions=1)
    lesson = course.get_children().first().specific
    workflow = Workflow.objects.get(name=WORKFLOW_NAME)
    for title in [*TITLES[::6], *TITLES[-3:]]:
        mail.outbox.clear()
        lesson.title = lesson.draft_title = title
        lesson.save_revision(user=account(editors[0]), clean=False)
        with django_capture_on_commit_callbacks(execute=True):
            state = workflow.start(lesson, account(editors[0]))
        # One with a line break, which no field of a page takes, is refused before it is sent.
        told = [] if len(title.splitlines()) > 1 else [[editors[1].email]]
        assert [one.to for one in mail.outbox] == told, title
        for sent in mail.outbox:
            read = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
            assert {"Bcc", "Cc"} & set(read.keys()) == set()
            assert read.get_all("To") == [editors[1].email]
        state.cancel(user=account(editors[0]))


def test_the_pages_of_the_log_show_hostile_actors_and_units_as_they_are(anna: Person) -> None:
    auditor = person("revisor")
    duty(auditor, DutyRole.AUDITOR, "STAD")
    boss = person("chef")
    about = {"roll": DutyRole.MANAGER.value, "dag": "2024-05-15"}
    record(AuditEvent.PERSON_SEEN, actor=account(boss), about=[anna], unit="EB", detail=about)
    record(AuditEvent.FILE_IMPORTED, actor="vanlig", about=[anna], unit="EB")
    clients = {
        "/granskningslogg/": signed_in(auditor),
        "/mina-uppgifter/vem-har-sett/": signed_in(anna),
    }
    clients["/granskningslogg/"].get("/granskningslogg/")  # which is written there itself
    ordinary = {page: Seen(client.get(page).content.decode()) for page, client in clients.items()}
    for name in map(str.strip, OWN):
        Unit.objects.filter(code="EB").update(name=name)
        Person.objects.filter(pk=boss.pk).update(first_name=name, last_name=name)
        for page, client in clients.items():
            seen = Seen(client.get(page).content.decode())
            assert seen.elements == ordinary[page].elements
            assert seen.attributes == ordinary[page].attributes
            assert name in "".join(seen.texts)


def test_a_certificate_shows_a_hostile_name_and_course_as_they_are(anna: Person) -> None:
    given = issue_certificate(completion=completion(anna, date(2024, 2, 1)))
    target()
    client, page = signed_in(anna), f"/intyg/{given.public_id}/"
    ordinary = Seen(client.get(page).content.decode())
    for name in map(str.strip, OWN):
        Person.objects.filter(pk=anna.pk).update(first_name=name, last_name=name)
        Target.objects.update(name=name)
        seen = Seen(client.get(page).content.decode())
        assert seen.elements == ordinary.elements
        assert "".join(seen.texts).count(name) >= 2


def test_an_uploaded_package_is_judged_whatever_it_and_its_parts_are_called(
    anna: Person, tmp_path: Path
) -> None:
    lay_groundwork()
    her = Client()
    her.force_login(trainer(anna))
    script = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}
    for number, one in enumerate([*OWN, *UNSAYABLE[1:5], HEADERS]):
        parts = [Part(f"content/{one}\x1b.txt")] if number % 2 else {"h5p.json": {"title": one}}
        made = make_package(tmp_path, parts).read_bytes()
        sent = {"packages": SimpleUploadedFile(f"{one}.h5p", made)}
        answer = her.post(reverse("h5p_upload"), sent, headers=script)
        told = answer.json()["files"][0]
        assert (answer.status_code, told["taken"]) == (400, False)
        assert told["file"].isprintable()
        assert all(line.isprintable() for line in told["says"].splitlines())
    assert not H5PContent.objects.exists()
