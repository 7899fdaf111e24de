"""A period's figures are published once, after its closing, and never otherwise."""

import csv
from datetime import timedelta
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client

from foundation.working import run_due
from tests.factories import account
from tests.tracking.publication.conftest import NOW, staff
from tracking.audit.models import AuditEntry, AuditEvent
from tracking.exports.streams import unit_summaries
from tracking.organisation.models import Person
from tracking.publication.actions import NotClosed, publication_hash, publish
from tracking.publication.counting import COMMITTEES, Counted
from tracking.publication.models import Publication
from tracking.scorecards.models import PeriodClosing, ReportingPeriod

People = dict[str, Person]
TOLD = [
    ("STAD", "T1", ".."),
    ("SN", "T1", ".."),
    ("SDN-1", "T1", "30–34 %"),
    ("SDN-2", "T1", "100 %"),
    ("STAD", "T2", "30–34 %"),
    ("SDN-1", "T2", "30–34 %"),
]


def told(publication: Publication) -> list[tuple[str, str, str]]:
    return [(one["enhet"], one["mal"], one["andel"]) for one in publication.cells]


def published(period: ReportingPeriod) -> Publication:
    return publish(period=period, actor="test", now=NOW)


def test_committees_are_told_in_bands_and_what_is_small_is_not(
    closing: PeriodClosing, period: ReportingPeriod
) -> None:
    assert told(published(period)) == TOLD


def test_every_cell_counts_as_the_reports_do(closing: PeriodClosing) -> None:
    counted = Counted(closing.as_of, closing.batch_id)
    summaries = {
        (one.unit, one.target): one
        for one in unit_summaries(as_of=closing.as_of, batch=closing.batch_id)
    }
    units = {counted.city, *(one.code for one in counted.committees)}
    found = {
        tuple(place): (len(crowd.audience), len(crowd.base), crowd.done)
        for place, crowd in counted.crowds.items()
        if place.unit in units and crowd.audience
    }
    assert found == {
        place: (one.audience, one.base, one.done)
        for place, one in summaries.items()
        if place[0] in units
    }
    assert {one.kind for one in counted.committees} == set(COMMITTEES)


def test_it_is_made_once_and_stays(closing: PeriodClosing, period: ReportingPeriod) -> None:
    first = published(period)
    staff("SDN-1", 30, 30, "ny")
    again = publish(period=period, actor="test", now=NOW + timedelta(days=40))
    assert (again.pk, again.cells, again.made_at) == (first.pk, first.cells, NOW)
    assert again.hash == publication_hash(again)
    assert AuditEntry.objects.filter(event=AuditEvent.FIGURES_PUBLISHED).count() == 1


def test_what_became_known_after_the_closing_is_not_in_it(
    closing: PeriodClosing, period: ReportingPeriod
) -> None:
    staff("SN", 30, 30, "ny")
    assert told(published(period)) == TOLD


def test_the_database_refuses_to_change_it(closing: PeriodClosing, period: ReportingPeriod) -> None:
    made = published(period)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=made.pk).update(cells=[])
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=made.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.create(closing=closing, cells=[], made_at=NOW, hash="")


def test_nothing_of_a_period_that_is_not_closed_is_public(period: ReportingPeriod) -> None:
    with pytest.raises(NotClosed):
        published(period)


def public(output: Path, *more: str, period: str = "2026-T2") -> bytes:
    call_command("export_summary", "--public", period, "--output", str(output), *more)
    return output.read_bytes()


def test_the_command_writes_exactly_it_and_the_same_each_time(
    closing: PeriodClosing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = public(tmp_path / "a.csv")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == [
        "period",
        "enhet",
        "enhet_namn",
        "mal",
        "mal_namn",
        "andel",
        "forklaring",
    ]
    assert [(row[1], row[3], row[5]) for row in rows[1:]] == TOLD
    assert "Färre än 20 personer" in rows[1][6]
    assert public(tmp_path / "b.csv") == content
    assert public(tmp_path / "a.xlsx") == public(tmp_path / "b.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [row[5].value for row in workbook.worksheets[0].iter_rows(min_row=2)] == [
        words for _unit, _target, words in TOLD
    ]
    assert workbook.sheetnames[-1] == "Om filen"


@pytest.mark.parametrize(
    "more",
    [["--as-of=2026-08-31"], ["--target=T1"], ["--unit=SN"], ["--known-at=2026-09-01"]],
)
def test_the_command_refuses_any_other_question(
    closing: PeriodClosing, tmp_path: Path, more: list[str]
) -> None:
    with pytest.raises(CommandError, match="samma för alla"):
        public(tmp_path / "a.csv", *more)


def test_the_command_says_why_there_is_nothing(period: ReportingPeriod, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="inte stängt 2026-T2"):
        public(tmp_path / "a.csv")
    with pytest.raises(CommandError, match="ingen rapportperiod"):
        public(tmp_path / "a.csv", period="1999-T1")
    assert list(tmp_path.iterdir()) == []


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(account(who))
    return client


def test_a_coordinator_makes_it_sees_it_and_fetches_it(
    city: People, closing: PeriodClosing, tmp_path: Path
) -> None:
    client = signed_in(city["coordinator"])
    assert "Publicera 2026-T2" in client.get("/publicerat/").content.decode()
    job = client.post("/publicerat/2026-T2/gor/").headers["Location"]
    run_due()
    assert "/publicerat/2026-T2/" in client.get(job).content.decode()
    page = client.get("/publicerat/2026-T2/").content.decode()
    assert "30–34 %" in page
    file = client.get("/publicerat/2026-T2/fil/csv/").content
    assert file == public(tmp_path / "a.csv")


def test_who_follows_up_the_whole_city_sees_it_and_only_a_coordinator_makes_it(
    city: People, closing: PeriodClosing, period: ReportingPeriod
) -> None:
    published(period)
    seen = {
        who: [
            signed_in(city[who]).get("/publicerat/2026-T2/").status_code,
            signed_in(city[who]).get("/publicerat/2026-T2/fil/csv/").status_code,
            signed_in(city[who]).post("/publicerat/2026-T2/gor/").status_code,
        ]
        for who in city
    }
    assert seen == {
        "coordinator": [200, 200, 302],
        "auditor": [200, 200, 403],
        "contact": [403, 403, 403],
    }
