"""When the rule writes: each step once, in good time, at most once a week."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from foundation.intervals import Interval
from tracking.reminders.hours import is_working_day, leaves_at, may_leave
from tracking.reminders.models import Why
from tracking.reminders.timing import AHEAD, STEPS, Ending, Told, lines_on, step_reached

FIRST = date(2026, 1, 1)
DAYS = 200


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_steps_are_counted_from_the_last_day() -> None:
    ending = Ending("T", Why.DUE, date(2026, 6, 30))
    left = {61: None, 60: 60, 31: 60, 30: 30, 8: 30, 7: 7, 0: 7, -1: None}
    assert {n: step_reached(ending, ending.until - timedelta(n)) for n in left} == left


@given(
    st.lists(st.integers(0, DAYS), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, DAYS), st.integers(1, 60)), max_size=2),
)
def test_every_step_is_told_once_and_not_late_and_a_week_lies_between(
    lasts: list[int], away: list[tuple[int, int]]
) -> None:
    endings = [
        Ending(f"T{number}", Why.DUE, FIRST + timedelta(last)) for number, last in enumerate(lasts)
    ]
    leaves = [
        Interval(FIRST + timedelta(start), FIRST + timedelta(start + days)) for start, days in away
    ]
    told, mails = Told(), []
    for day in (FIRST + timedelta(number) for number in range(DAYS + 1)):
        lines = lines_on(day, endings, told, leaves) if is_working_day(day) else []
        if not lines:
            continue
        mails.append((day, lines))
        told = Told(
            {**told.steps, **{one.key: step for one, step in lines}},
            {**told.targets, **{one.target: day for one, _step in lines}},
            day,
        )
    for (before, _one), (after, _other) in pairwise(mails):
        assert (after - before).days >= 7
    assert not [day for day, _lines in mails if any(leave.covers(day) for leave in leaves)]
    for ending in endings:
        said = [(day, step) for day, lines in mails for one, step in lines if one == ending]
        steps = [step for _day, step in said]
        assert steps == sorted(set(steps), reverse=True)
        for day, step in said:
            assert day <= ending.until
            assert (ending.until - day).days <= step + AHEAD
        # Somebody who is never away hears of each step before its week is over.
        if not leaves and (ending.until - FIRST).days >= STEPS[0]:
            assert steps == list(STEPS)
            for day, step in said:
                assert (ending.until - day).days >= step - 10, "a weekend and Easter, at most"


def test_mails_leave_on_working_days_in_working_hours() -> None:
    assert may_leave(at("2026-03-10T07:00:00+01:00"))
    for closed in (
        "2026-03-10T06:59:59+01:00",
        "2026-03-10T17:00:00+01:00",
        "2026-03-14T10:00:00+01:00",  # Saturday
        "2026-05-14T10:00:00+02:00",  # Ascension Day
        "2026-06-19T10:00:00+02:00",  # Midsummer Eve: no public holiday, and nobody works
        "2026-12-24T10:00:00+01:00",
    ):
        assert not may_leave(at(closed)), closed


@given(st.datetimes(at("2025-01-01"), at("2028-01-01")))
def test_what_waits_leaves_at_the_first_moment_it_may(moment: datetime) -> None:
    asked = moment.replace(tzinfo=UTC)
    found = leaves_at(asked)
    assert may_leave(found)
    assert found >= asked
    steps = int((found - asked).total_seconds() // 1800)
    assert not any(may_leave(asked + timedelta(minutes=30 * n)) for n in range(steps))
