"""The kept points: as known on their day, kept once, thinned with time, read in one query."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.facts import FactBatch, open_batch
from foundation.outbox import OutboxRow
from tests.factories import employ, person, target, unit
from tracking.forecast.keeping import keep_points, missing_days, wanted_days
from tracking.forecast.models import TrendCount, TrendDay
from tracking.forecast.tasks import AT_ONCE, KEEP, keep_trend
from tracking.forecast.trend import trend
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import Person, UnitKind

TODAY = date(2024, 5, 15)  # a Wednesday
pytestmark = pytest.mark.django_db


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


@pytest.fixture
def city() -> list[Person]:
    """Known from 5 January 2024 on: four levels, two people in the lowest."""
    unit("STAD")
    unit("SDN", "STAD", UnitKind.DISTRICT_COMMITTEE)
    unit("AVD", "SDN")
    unit("A", "AVD")
    people = [person("anna"), person("bo")]
    for one in people:
        employ(one, "A")
    target("T", share=50)
    FactBatch.objects.update(recorded_at=at(date(2024, 1, 5)))
    return people


def learn(who: Person, on: date, known: date) -> None:
    batch = open_batch(origin="test", recorded_at=at(known))
    Completion.objects.create(
        person=who, course_code="KURS", on=on, source=CompletionSource.IMPORT, batch_in=batch
    )


def days_of(unit_code: str) -> list[tuple[date, int]]:
    found = trend([unit_code], ["T"], TODAY).get((unit_code, "T"), [])
    return [(point.day, point.counts.done) for point in found]


def test_week_ends_of_a_quarter_then_month_ends_and_none_before_anything_was_known(
    city: list[Person],
) -> None:
    days = wanted_days(TODAY)
    assert days[:3] == [date(2024, 5, 12), date(2024, 5, 5), date(2024, 4, 30)]
    assert days == sorted(days, reverse=True)
    assert days[-1] == date(2024, 1, 31)


def test_a_point_is_what_was_known_that_day(city: list[Person]) -> None:
    learn(city[0], on=date(2024, 3, 1), known=date(2024, 4, 20))
    keep_points(today=TODAY)
    assert dict(days_of("STAD"))[date(2024, 3, 31)] == 0
    assert dict(days_of("STAD"))[date(2024, 4, 21)] == 1


def test_what_is_learnt_later_changes_no_point(city: list[Person]) -> None:
    keep_points(today=TODAY)
    before = days_of("A")
    learn(city[0], on=date(2024, 3, 1), known=TODAY)
    keep_points(today=TODAY)
    assert before == days_of("A")


def test_a_history_recorded_before_a_kept_day_is_counted_in(city: list[Person]) -> None:
    keep_points(today=TODAY)
    learn(city[0], on=date(2024, 1, 10), known=date(2024, 1, 12))
    keep_points(today=TODAY)
    assert {done for _day, done in days_of("STAD")} == {1}


def test_days_are_kept_a_few_at_a_time_the_latest_first(city: list[Person]) -> None:
    left = keep_points(today=TODAY, most=3)
    assert [kept.day for kept in TrendDay.objects.order_by("-day")] == wanted_days(TODAY)[:3]
    assert left == len(missing_days(TODAY)) == len(wanted_days(TODAY)) - 3
    assert keep_points(today=TODAY) == 0
    assert missing_days(TODAY) == []


def test_small_units_have_a_quarter_and_large_ones_keep_their_month_ends(
    city: list[Person],
) -> None:
    later = TODAY + timedelta(days=200)
    keep_points(today=TODAY)
    small = [day for day, _done in days_of("A")]
    assert min(small) >= TODAY - timedelta(weeks=13)
    keep_points(today=later)
    assert trend(["A"], ["T"], TODAY) == {}
    assert [day for day, _done in days_of("AVD")] == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
    ]
    assert set(TrendDay.objects.values_list("day", flat=True)) == set(wanted_days(later))
    assert not TrendCount.objects.exclude(
        day__in=TrendDay.objects.values_list("day", flat=True)
    ).exists()


def test_a_page_reads_its_trends_in_one_query(city: list[Person]) -> None:
    keep_points(today=TODAY, most=4)
    for units in (["STAD"], ["STAD", "SDN", "AVD"]):
        with CaptureQueriesContext(connection) as asked:
            found = trend(units, ["T"], TODAY)
        assert len(asked) == 1
        assert {unit for unit, _target in found} == set(units)
    assert found["SDN", "T"][0].counts.target_share == 50


def test_points_after_the_day_asked_for_are_not_there(city: list[Person]) -> None:
    keep_points(today=TODAY)
    until = date(2024, 4, 30)
    assert max(point.day for point in trend(["STAD"], ["T"], until)["STAD", "T"]) == until


def test_before_the_first_fact_there_is_nothing_to_keep() -> None:
    assert keep_points(today=TODAY) == 0
    assert trend(["STAD"], ["T"], TODAY) == {}


def test_the_worker_takes_a_few_days_and_leaves_the_rest_for_its_next_turn(
    city: list[Person],
) -> None:
    with time_machine.travel("2024-05-15 12:00:00+02:00", tick=False):
        keep_trend()
        assert TrendDay.objects.count() == AT_ONCE
        assert OutboxRow.objects.filter(task=KEEP).count() == 1
        OutboxRow.objects.all().delete()
        keep_points(today=TODAY)
        keep_trend()
    assert not OutboxRow.objects.exists()


def test_the_command_counts_what_is_missing_and_afresh_everything(city: list[Person]) -> None:
    said = StringIO()
    call_command("keep_trend", "--today", TODAY.isoformat(), stdout=said)
    whole = len(wanted_days(TODAY))
    assert said.getvalue() == f"{whole} tidigare dagar räknade.\n"
    TrendCount.objects.update(done=99)
    call_command("keep_trend", "--today", TODAY.isoformat(), "--afresh", stdout=said)
    assert said.getvalue().splitlines()[1] == f"{whole} tidigare dagar räknade."
    assert not TrendCount.objects.filter(done=99).exists()
