"""Forecasts of a small city: told of what was known, kept by night, read in one query."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.facts import FactBatch, open_batch
from tests.factories import employ, person, target, unit
from tracking.forecast.foretelling import (
    forget_forecasts,
    make_forecasts,
    missing_runs,
    wanted_runs,
)
from tracking.forecast.foretold import Forecasts, forecasts
from tracking.forecast.hindsight import hindsight, outlooks_of
from tracking.forecast.models import Forecast, ForecastRun, ForecastTried
from tracking.forecast.outlook import Counting, Standing
from tracking.forecast.prognosis import WEEKS
from tracking.forecast.verdict import TRIED_DAYS, TRIED_WEEKS, Verdict, tried_for
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import Employment, Person, UnitKind

TODAY = date(2024, 5, 15)  # a Wednesday
SUNDAY = date(2024, 5, 12)
DUE = date(2024, 8, 31)
WEEK = timedelta(weeks=1)
pytestmark = pytest.mark.django_db


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def learn(who: Person, on: date, known: date | None = None) -> None:
    batch = open_batch(origin="test", recorded_at=at(known or on))
    Completion.objects.create(
        person=who, course_code="KURS", on=on, source=CompletionSource.IMPORT, batch_in=batch
    )


def city(people: int, *, known_since: date = date(2024, 1, 1), **of_target: object) -> list[Person]:
    """So many people in the lowest of four levels, known since long ago; one is protected."""
    unit("STAD")
    unit("SDN", "STAD", UnitKind.DISTRICT_COMMITTEE)
    unit("AVD", "SDN")
    unit("A", "AVD")
    found = [person(f"p{number}", protected=number == 1) for number in range(people)]
    for one in found:
        employ(one, "A")
    made = target("T", share=50)
    type(made).objects.filter(pk=made.pk).update(due_on=DUE, **of_target)
    FactBatch.objects.update(recorded_at=at(known_since))
    return found


def counting() -> Counting:
    return Counting(["STAD", "A"])


def test_an_outlook_counts_what_is_known_of_the_day_and_guesses_nothing() -> None:
    people = city(5, validity_months=6)
    # Valid through 31 July: not on the deadline's day. The next through 30 September.
    learn(people[0], on=date(2024, 1, 31))
    learn(people[1], on=date(2024, 3, 30))
    # Leaves on 30 June, as is known already.
    Employment.objects.filter(person=people[2]).update(valid_to=date(2024, 7, 1))
    targets = frozenset({"T"})
    assert counting().of(SUNDAY, SUNDAY, targets)["STAD", "T"] == Standing(base=5, done=2)
    assert counting().of(DUE, SUNDAY, targets)["STAD", "T"] == Standing(base=4, done=1)


def test_outlooks_are_as_known_on_their_evenings() -> None:
    people = city(3)
    learn(people[0], on=date(2024, 3, 1), known=date(2024, 4, 20))
    found = outlooks_of(counting(), ("A", "T"), DUE, SUNDAY, frozenset({"T"}))
    assert len(found) == WEEKS + 1
    assert [one.done for one in found if one.known_on < date(2024, 4, 20)] == [0] * 10
    assert [one.done for one in found if one.known_on > date(2024, 4, 20)] == [1] * 4


def test_evenings_between_which_nothing_became_known_are_counted_once() -> None:
    city(2)
    asked = counting()
    outlooks_of(asked, ("A", "T"), DUE, SUNDAY, frozenset({"T"}))
    assert asked.counted == 1


def test_looking_back_holds_the_forecast_against_what_came() -> None:
    people = city(10)
    for number in range(6):  # one more each second week until the end of March, then none
        learn(people[number], on=date(2024, 1, 7) + 2 * number * WEEK)
    day = date(2024, 4, 28)
    (one,) = hindsight(Counting(["A"]), day, 4, frozenset({"T"}))
    # Made on 31 March: six of ten were done, and so it stayed.
    assert (one.unit, one.target, one.base) == ("A", "T", 10)
    assert one.as_is_error == 0
    # The line: on the nine Sundays from 4 February 3 3 4 4 5 5 6 6 6, as whole numbers of weeks
    # 0 to 8. Mean week 4; Σ(x - 4)·y = -12 - 9 - 8 - 4 + 0 + 5 + 12 + 18 + 24 = 26; Σ(x - 4)² = 60.
    # Four weeks on it promises 26 / 60 × 4 = 1.733 people more, of ten: 17.33 points too many.
    assert one.line_error == pytest.approx(100 * 26 / 60 * 4 / 10)
    assert 0 < one.error < one.line_error
    assert one.held


def told() -> Forecasts:
    return forecasts(["STAD", "SDN", "AVD", "A"], ["T"], today=TODAY)


def test_forecasts_are_made_of_larger_units_and_read_in_one_query() -> None:
    people = city(30)
    for number, one in enumerate(people[:13]):
        learn(one, on=date(2024, 2, 10) + number * WEEK)
    assert make_forecasts(today=TODAY) == 0
    with CaptureQueriesContext(connection) as asked:
        found = told()
    assert len(asked) == 1
    # Not of the lowest unit: one person there is too large a part.
    assert {where for where, _target in found} == {"STAD", "SDN", "AVD"}
    whole = found["STAD", "T"]
    assert (whole.due_on, whole.share) == (DUE, 50)
    # The protected are counted, as in every figure.
    assert (whole.outlook.known_on, whole.outlook.base, whole.outlook.done) == (SUNDAY, 30, 13)
    # Two weeks before the thirteenth of 11 February nobody was done: 12 more in 13 weeks.
    assert whole.prognosis.per_week == pytest.approx(12 / 13)
    assert whole.prognosis.low <= whole.prognosis.middle <= whole.prognosis.high
    assert whole.verdict.weeks == 0  # nothing was known early enough to look back so far
    with CaptureQueriesContext(connection) as asked:
        forecasts(["STAD"], ["T"], today=TODAY)
    assert len(asked) == 1


def test_the_same_facts_always_give_the_same_forecast() -> None:
    for number, one in enumerate(city(25)[:9]):
        learn(one, on=date(2024, 2, 10) + number * WEEK)
    make_forecasts(today=TODAY)
    before = told()
    forget_forecasts()
    assert told() == {}
    make_forecasts(today=TODAY)
    assert told() == before


def test_they_are_made_a_few_at_a_time_the_deadlines_last() -> None:
    city(3, known_since=date(2023, 12, 1))
    wanted = [(date(2024, 4, 30), 4), (date(2024, 3, 31), 4), (SUNDAY, 0)]
    assert missing_runs(TODAY) == wanted
    assert make_forecasts(today=TODAY, most=1) == 2
    assert missing_runs(TODAY) == wanted[1:]
    assert make_forecasts(today=TODAY) == 0
    assert missing_runs(TODAY) == []


def test_six_month_ends_are_looked_back_on_near_and_far() -> None:
    city(3, known_since=date(2023, 1, 2))
    wanted = wanted_runs(TODAY)
    assert len(wanted) == TRIED_DAYS * len(TRIED_WEEKS) + 1
    assert min(wanted) == (date(2023, 11, 30), 4)


def test_a_young_history_is_looked_back_on_only_as_far_as_it_reaches() -> None:
    city(3, known_since=date(2024, 1, 1))
    # 4 + 13 weeks before 30 April is 2 January; every other would begin before anything was known.
    assert missing_runs(TODAY) == [(date(2024, 4, 30), 4), (SUNDAY, 0)]


def test_what_is_learnt_of_a_day_that_was_told_has_it_told_anew() -> None:
    people = city(25)
    make_forecasts(today=TODAY)
    assert told()["STAD", "T"].outlook.done == 0
    learn(people[0], on=date(2024, 5, 1), known=SUNDAY)
    assert (SUNDAY, 0) in missing_runs(TODAY)
    make_forecasts(today=TODAY)
    assert told()["STAD", "T"].outlook.done == 1


def test_a_day_too_long_ago_is_not_looked_back_on_any_more() -> None:
    city(3)
    old = {"day": date(2023, 10, 31), "weeks": 4}
    ForecastRun.objects.create(batch=1, made_at=at(TODAY), **old)
    errors = {"error": 1, "line_error": 1, "as_is_error": 1, "held": True}
    ForecastTried.objects.create(unit_code="STAD", target_code="T", **old, **errors)
    make_forecasts(today=TODAY)
    assert not ForecastRun.objects.filter(**old).exists()
    assert set(ForecastTried.objects.values_list("day", flat=True)) == {date(2024, 4, 30)}


def test_what_is_offered_has_no_forecast_nor_has_a_deadline_that_has_passed() -> None:
    city(3, level="erbjuden")
    passed = target("P", share=50)
    type(passed).objects.filter(pk=passed.pk).update(due_on=SUNDAY)
    FactBatch.objects.update(recorded_at=at(date(2024, 1, 1)))
    make_forecasts(today=TODAY)
    assert not Forecast.objects.exists()


def test_a_forecast_that_nobody_renews_goes_from_pages() -> None:
    city(3)
    make_forecasts(today=TODAY)
    assert forecasts(["STAD"], ["T"], today=SUNDAY + 2 * WEEK)
    assert not forecasts(["STAD"], ["T"], today=SUNDAY + timedelta(days=15))


@pytest.mark.parametrize(
    ("verdict", "is_good"),
    [
        (Verdict(13, 6, error=2, line_error=4, as_is_error=3, held=5), True),
        (Verdict(13, 6, error=4, line_error=4, as_is_error=5, held=6), False),  # not better
        (Verdict(13, 6, error=3, line_error=4, as_is_error=2, held=6), False),  # "as it stands" is
        (Verdict(13, 3, error=2, line_error=4, as_is_error=3, held=3), False),  # too few
        (Verdict(13, 6, error=2, line_error=4, as_is_error=3, held=3), False),  # misses too often
    ],
)
def test_a_forecast_is_shown_where_those_before_it_were_better(
    verdict: Verdict, is_good: bool
) -> None:
    assert verdict.is_good is is_good


@pytest.mark.parametrize(
    ("weeks", "judged"), [(1, 4), (8, 4), (9, 13), (19, 13), (20, 26), (39, 26), (39.1, None)]
)
def test_a_forecast_is_judged_by_those_that_looked_as_far(weeks: float, judged: int | None) -> None:
    assert tried_for(weeks) == judged
