"""What a person sees of a file before it is brought in: its changes, its faults in their places."""

import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from foundation.jobs.models import Job, JobState, private_storage
from foundation.working import run_due
from tests.factories import duty, person
from tests.tracking.commands import COLUMNS, as_csv, run_import
from tests.tracking.imports.base_city import picture, write
from tests.tracking.status.situations import employment
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.imports import report as reporting
from tracking.imports.handed import remove_old_files
from tracking.imports.keeping import KEPT, place_of
from tracking.models import Person
from tracking.organisation.models import DutyRole

pytestmark = pytest.mark.django_db
PAGE = "/inlasning/"


@pytest.fixture(autouse=True)
def city(base_city: None, tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def coordinator() -> Client:
    who = person("samordnare")
    duty(who, DutyRole.COORDINATOR, "STAD")
    client = Client()
    client.force_login(who.user)
    return client


def tried(client: Client, *rows: dict[str, str], name: str = "personal.csv", **more: str) -> Job:
    file = SimpleUploadedFile(name, as_csv("staff", rows))
    answer = client.post(PAGE, {"kind": "staff", "file": file, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    run_due()
    return Job.objects.latest("pk")


def page_of(client: Client, job: Job, query: str = "") -> str:
    text = client.get(f"/jobb/{job.public_id}/{query}").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.split("<main", 1)[1]))


def a_crowd(count: int = 20) -> list[dict[str, str]]:
    return [employment(f"P{number:02}", "SDN-FARSTA", "2020-01-01") for number in range(count)]


def test_the_changes_are_shown_before_they_are_made(coordinator: Client, city: Path) -> None:
    run_import("staff", write(city, "staff", a_crowd()))
    before = picture()
    file = [{**a_crowd()[0], "befattning": "Ny befattning"}, *a_crowd()[2:]]
    new = employment("NY", "HR-HANN-FORE", "2024-01-01", fornamn="Nova", efternamn="Ny")
    job = tried(coordinator, *file, new, full="on", force="on")
    assert job.state == JobState.DONE
    text = page_of(coordinator, job)
    assert "Avslutas 2" in text  # P01, and A of the base city; B had ended before
    assert "Ändrade 1" in text
    assert "Nya 1" in text
    assert "HR-HANN-FORE (1)" in text
    changed = page_of(coordinator, job, "?visa=changed")
    assert "→ Ny befattning" in changed
    brought = page_of(coordinator, job, "?visa=new")
    assert "Nova Ny" in brought
    assert "→" not in brought
    ended = page_of(coordinator, job, "?visa=ended")
    assert "P01" in ended
    assert "tills vidare →" in ended
    assert picture() == before


def test_many_that_would_end_are_worth_a_question(coordinator: Client, city: Path) -> None:
    run_import("staff", write(city, "staff", a_crowd(100)))
    job = tried(coordinator, *a_crowd(95), full="on")
    assert "6 av 101 pågående anställningar avslutas. Är filen hel?" in page_of(coordinator, job)
    few = tried(coordinator, *a_crowd(100), full="on")
    assert "Är filen hel?" not in page_of(coordinator, few)


def test_a_long_list_is_paged(coordinator: Client, city: Path) -> None:
    job = tried(coordinator, *a_crowd(120))
    first, last = page_of(coordinator, job), page_of(coordinator, job, "?visa=new&sida=3")
    assert "Sida 1 av 3" in first
    assert "P00" in first
    assert "P119" in last
    assert "P00" not in last


def test_protected_people_are_counted_and_not_named(coordinator: Client, city: Path) -> None:
    hidden = employment("HEMLIG", "E-BARN", "2020-01-01", fornamn="Hemma", skyddad="ja")
    run_import("staff", write(city, "staff", [hidden]))
    later = employment("DOLD", "SDN-JARVA", "2024-01-01", fornamn="Dolda", skyddad="ja")
    job = tried(coordinator, {**hidden, "befattning": "Annan"}, later)
    text = page_of(coordinator, job) + page_of(coordinator, job, "?visa=new")
    assert text.count("Skyddade uppgifter") == 2
    with private_storage().open(place_of(job)) as kept:
        content = kept.read()
    report = reporting.Report(io.BytesIO(content))
    said = str(report.changes("changed", 1) + report.changes("new", 1))
    for secret in ("HEMLIG", "Hemma", "E-BARN", "DOLD", "Dolda", "SDN-JARVA"):
        assert secret not in text
        assert secret not in said


def test_who_becomes_protected_later_is_not_named_either(coordinator: Client, city: Path) -> None:
    run_import("staff", write(city, "staff", a_crowd(1)))
    job = tried(coordinator, {**a_crowd(1)[0], "befattning": "Annan"})
    assert "P00" in page_of(coordinator, job)
    Person.objects.filter(person_id="P00").update(protected=True)
    text = page_of(coordinator, job)
    assert "P00" not in text
    assert "Skyddade uppgifter" in text


def test_whose_changes_were_seen_is_written_down(coordinator: Client, city: Path) -> None:
    run_import("staff", write(city, "staff", a_crowd(3)))
    rows = [{**row, "befattning": "Annan"} for row in a_crowd(3)]
    job = tried(coordinator, *rows)
    for _twice in range(2):
        page_of(coordinator, job)
    [entry] = AuditEntry.objects.filter(event=AuditEvent.IMPORT_SEEN)
    people = set(entry.subjects.values_list("person__person_id", flat=True))
    assert people == {"P00", "P01", "P02"}


def marked(client: Client, job: Job) -> tuple[list[str], str]:
    """The marked cells, and the text of the section of rows in their places."""
    html = client.get(f"/jobb/{job.public_id}/").content.decode()
    section = html.split('id="in-place"', 1)[1].split("</section>", 1)[0]
    return re.findall(r"<mark>(.*?)</mark>", section), re.sub(r"<[^>]+>", " ", section)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_bad_cell_is_marked_among_the_rows_around_it(
    coordinator: Client, city: Path, ending: str
) -> None:
    rows = a_crowd(9)
    rows[4] = {**rows[4], "chef": "kanske", "fran": "2024-02-30"}
    if ending == "csv":
        job = tried(coordinator, *rows)
    else:
        book, content = Workbook(), io.BytesIO()
        for row in ([*COLUMNS["staff"]], *([r.get(n) for n in COLUMNS["staff"]] for r in rows)):
            book.active.append(row)
        book.save(content)
        file = SimpleUploadedFile("personal.xlsx", content.getvalue())
        coordinator.post(PAGE, {"kind": "staff", "file": file})
        run_due()
        job = Job.objects.latest("pk")
    assert job.state == JobState.FAILED
    cells, text = marked(coordinator, job)
    assert sorted(cells) == ["2024-02-30", "kanske"]
    shown = {key for key in (row["person_id"] for row in rows) if key in text}
    assert shown == {"P03", "P04", "P05"}
    assert "”ja” eller ”nej”" in text
    errors = coordinator.get(f"/jobb/{job.public_id}/fel/").content.decode("utf-8-sig")
    assert "rad 6, kolumn chef;kanske;" in errors


def test_the_row_of_somebody_protected_shows_only_what_is_wrong(
    coordinator: Client, city: Path
) -> None:
    rows = a_crowd(3)
    rows[1] = employment(
        "HEMLIG", "E-BARN", "2020-01-01", fornamn="Hemma", skyddad="ja", chef="kanske"
    )
    rows[2] = {**rows[2], "skyddad": "JA", "fornamn": "Dolda"}
    cells, text = marked(coordinator, tried(coordinator, *rows))
    assert cells == ["kanske"]
    assert text.count("Skyddade uppgifter") == 2
    for secret in ("HEMLIG", "Hemma", "E-BARN", "Dolda", "P02"):
        assert secret not in text
    assert "P00" in text


def test_no_more_bad_rows_are_drawn_than_anybody_reads(
    coordinator: Client, city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "MOST_SHOWN_BAD", 3)
    rows = [{**row, "chef": "kanske"} for row in a_crowd(8)]
    job = tried(coordinator, *rows)
    cells, text = marked(coordinator, job)
    assert len(cells) == 3
    assert "3 av 8 rader med fel visas" in text


def test_text_in_a_file_is_only_text(coordinator: Client, city: Path) -> None:
    row = {**a_crowd(1)[0], "fornamn": "<script>alert(1)</script>", "chef": "<b>x</b>"}
    html = coordinator.get(f"/jobb/{tried(coordinator, row).public_id}/").content.decode()
    assert "<script>alert" not in html
    assert "<mark>&lt;b&gt;x&lt;/b&gt;</mark>" in html


def test_the_report_goes_with_the_file(coordinator: Client, city: Path) -> None:
    job = tried(coordinator, *a_crowd(2))
    assert private_storage().exists(place_of(job))
    remove_old_files(now=timezone.now() + KEPT / 2)
    assert private_storage().exists(place_of(job))
    remove_old_files(now=timezone.now() + KEPT)
    assert not private_storage().exists(place_of(job))
    assert coordinator.get(f"/jobb/{job.public_id}/").status_code == 200


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"kind": "absence", "full": "on"}, "full"),
        ({"kind": "staff", "force": "on"}, "force"),
    ],
)
def test_what_goes_with_a_full_file_only_is_said(
    coordinator: Client, given: dict[str, str], wrong: str
) -> None:
    answer = coordinator.post(PAGE, {"file": SimpleUploadedFile("x.csv", b"x"), **given})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [wrong]


def test_a_full_file_that_would_end_too_many_is_refused_and_still_shown(
    coordinator: Client, city: Path
) -> None:
    run_import("staff", write(city, "staff", a_crowd()))
    job = tried(coordinator, *a_crowd(2), full="on")
    assert job.state == JobState.FAILED
    assert "Avslutas 19" in page_of(coordinator, job)


def test_imports_made_are_listed_and_each_says_what_it_changed(
    coordinator: Client, city: Path
) -> None:
    run_import("staff", write(city, "staff", a_crowd(3)))
    run_import("staff", write(city, "staff", [{**a_crowd(1)[0], "befattning": "Annan"}]))
    listed = coordinator.get(PAGE).content.decode()
    links = re.findall(r'href="(/inlasning/gjorda/\d+/)"', listed)
    assert len(links) == len(set(links))
    text = coordinator.get(links[0]).content.decode()
    assert re.search(r"<ins[^>]*>Annan</ins>", text)
    assert "P00" in text
    assert "P01" not in text
    assert coordinator.get("/inlasning/gjorda/999999/").status_code == 404
