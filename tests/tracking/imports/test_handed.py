"""Files handed over in the browser: tried, then applied, by whom it is theirs to do so."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from foundation.jobs.models import Job, JobState, private_storage
from foundation.working import run_due
from tests.factories import duty, person
from tests.tracking.commands import as_csv
from tests.tracking.imports.base_city import GOOD, picture
from tests.tracking.status.situations import completion
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.imports import forms
from tracking.imports.forms import LABELS, MOST_BYTES
from tracking.imports.handed import FILE_KEPT, harmless_name, remove_old_files
from tracking.imports.kinds import KINDS
from tracking.imports.models import ImportFile
from tracking.models import Completion, Duty
from tracking.organisation.models import DutyRole, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("base_city")]
PAGE = "/inlasning/"
GOOD_ROW, BAD_ROW = completion("A", "HEDER", "2023-05-01"), completion("A", "OKÄND", "2023-05-01")


@pytest.fixture
def coordinator() -> Client:
    who = person("samordnare")
    duty(who, DutyRole.COORDINATOR, "STAD")
    client = Client()
    client.force_login(who.user)
    return client


def csv_file(kind: str, *rows: dict[str, str], name: str = "fil.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, as_csv(kind, rows))


def hand_over(client: Client, kind: str, file: SimpleUploadedFile, **more: str) -> Job:
    answer = client.post(PAGE, {"kind": kind, "file": file, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    run_due()
    return Job.objects.latest("pk")


def bring_in(client: Client) -> Job:
    client.post(f"{PAGE}{ImportFile.objects.get().public_id}/")
    run_due()
    return Job.objects.latest("pk")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_tried_and_then_brought_in(coordinator: Client, kind: str) -> None:
    before = picture()
    tried = hand_over(coordinator, kind, csv_file(kind, GOOD[kind]))
    assert (tried.state, tried.error_count) == (JobState.DONE, 0)
    assert tried.outcome.startswith("1 ny")
    assert picture() == before
    assert "Läs in filen" in coordinator.get(f"/jobb/{tried.public_id}/").content.decode()
    applied = bring_in(coordinator)
    assert (applied.kind, applied.state) == ("import-apply", JobState.DONE)
    assert picture() != before


def test_brought_in_twice_is_the_same_as_once(coordinator: Client) -> None:
    hand_over(coordinator, "completions", csv_file("completions", GOOD_ROW))
    bring_in(coordinator)
    once = picture()
    assert bring_in(coordinator).outcome.startswith("0 nya, 0 ändrade, 0 återkallade, 1 oförändrad")
    assert picture() == once


def test_who_brought_it_is_in_the_batch_and_in_the_audit_log(coordinator: Client) -> None:
    hand_over(coordinator, "completions", csv_file("completions", GOOD_ROW))
    bring_in(coordinator)
    user = User.objects.get(username="samordnare")
    assert Completion.objects.latest("pk").batch_in.actor == user
    assert AuditEntry.objects.get(event=AuditEvent.FILE_IMPORTED, actor=user).detail["nya"] == 1


def test_all_that_is_wrong_is_said_and_nothing_can_be_brought_in(coordinator: Client) -> None:
    job = hand_over(coordinator, "completions", csv_file("completions", GOOD_ROW, BAD_ROW))
    assert (job.state, job.outcome) == (JobState.FAILED, "1 fel. Inget ändrades.")
    assert job.errors == [["fil.csv, rad 3, kolumn kurs", "OKÄND", "koden för en känd kurs"]]
    assert "Läs in filen" not in coordinator.get(f"/jobb/{job.public_id}/").content.decode()


def test_in_part_the_rest_is_brought_in(coordinator: Client) -> None:
    file = csv_file("completions", GOOD_ROW, BAD_ROW)
    tried = hand_over(coordinator, "completions", file, partial="on")
    assert (tried.state, tried.error_count) == (JobState.DONE, 1)
    assert "1 utelämnad" in bring_in(coordinator).outcome
    assert not Completion.objects.filter(course_code="OKÄND").exists()


def test_a_workbook_is_known_by_what_it_holds(coordinator: Client) -> None:
    book, content = Workbook(), io.BytesIO()
    for row in (list(GOOD_ROW), list(GOOD_ROW.values())):
        book.active.append(row)
    book.save(content)
    file = SimpleUploadedFile("../../genomförda.csv", content.getvalue())
    assert hand_over(coordinator, "completions", file).outcome.startswith("1 ny")
    handed = ImportFile.objects.get()
    assert (handed.name, handed.place) == ("genomförda.xlsx", f"imports/{handed.public_id}.xlsx")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd.csv"),
        ("C:\\hemligt\\personal mars.csv", "personal_mars.csv"),
        ("<script>alert(1)</script>.csv", "script.csv"),
        ("=cmd|' /C calc'!A0.csv", "C_calcA0.csv"),
        ("\u202egnp.exe", "gnp.csv"),
        ("", "fil.csv"),
        (".csv", "csv.csv"),
        ("å" * 300 + ".csv", "å" * 80 + ".csv"),
    ],
)
def test_a_files_name_is_never_trusted(given: str, shown: str) -> None:
    assert harmless_name(given, ".csv") == shown


def errors(client: Client, file: SimpleUploadedFile, **more: str) -> dict[str, list[str]]:
    answer = client.post(PAGE, {"kind": "organisation", "file": file, **more})
    assert (answer.status_code, ImportFile.objects.count()) == (400, 0)
    return dict(answer.context["form"].errors)


def test_a_file_too_large_is_refused_with_its_size(coordinator: Client) -> None:
    file = SimpleUploadedFile("stor.csv", b"x" * (MOST_BYTES + 1))
    said = errors(coordinator, file)["file"]
    assert said == ["Filen är 20,0\xa0MB. Högst 20,0\xa0MB kan läsas in åt gången."]


def test_a_workbook_that_unfolds_for_ever_is_refused(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_UNPACKED", 1_000_000)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/a.xml", b"\0" * 1_000_001)
    assert len(content.getvalue()) < 5_000
    file = SimpleUploadedFile("bomb.xlsx", content.getvalue())
    assert errors(coordinator, file) == {"file": ["Det är ingen arbetsbok som går att läsa."]}


def test_the_organisation_is_never_taken_in_part(coordinator: Client) -> None:
    file = csv_file("organisation", GOOD["organisation"])
    assert errors(coordinator, file, partial="on") == {
        "partial": ["Organisationen kan inte läsas in delvis."]
    }


def test_somebody_elses_file_is_not_there(coordinator: Client) -> None:
    hand_over(coordinator, "starts", csv_file("starts", GOOD["starts"]))
    other = Client()
    other.force_login(User.objects.create_superuser("administratör"))
    address = f"{PAGE}{ImportFile.objects.get().public_id}/"
    assert other.post(address).status_code == 404
    assert coordinator.get(address).status_code == 405


def test_who_is_coordinator_no_more_brings_nothing_in(coordinator: Client) -> None:
    job = hand_over(coordinator, "starts", csv_file("starts", GOOD["starts"]))
    before = picture()
    coordinator.post(f"{PAGE}{ImportFile.objects.get().public_id}/")
    Duty.objects.filter(role=DutyRole.COORDINATOR).delete()
    run_due()
    assert Job.objects.latest("pk").state == JobState.FAILED
    assert {**picture(), "Duty": before["Duty"]} == before
    assert coordinator.get(PAGE).status_code == 403
    assert coordinator.get(f"/jobb/{job.public_id}/fel/").status_code == 403


def test_a_file_goes_after_a_week(coordinator: Client) -> None:
    job = hand_over(coordinator, "starts", csv_file("starts", GOOD["starts"]))
    handed = ImportFile.objects.get()
    remove_old_files(now=handed.uploaded_at + FILE_KEPT - (FILE_KEPT / 100))
    assert private_storage().exists(handed.place)
    page = f"/jobb/{job.public_id}/"
    assert "Läs in filen" in coordinator.get(page).content.decode()
    remove_old_files(now=timezone.now() + FILE_KEPT)
    assert not private_storage().exists(handed.place)
    assert "Läs in filen" not in coordinator.get(page).content.decode()


def test_every_kind_can_be_chosen() -> None:
    assert list(LABELS) == list(KINDS)
