"""Days and half-open intervals."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.intervals import (
    FOREVER,
    Interval,
    common,
    half_open,
    merged,
    moment_known,
    plus_days,
    plus_months,
    without,
)

FIRST = date(2023, 1, 1)
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start = draw(days)
    end = draw(st.one_of(st.just(FOREVER), st.integers(1, 15).map(lambda n: start + timedelta(n))))
    return Interval(start, end)


def covered(parts: list[Interval]) -> set[date]:
    every = [FIRST + timedelta(days=n) for n in range(80)]
    return {day for day in every if any(part.covers(day) for part in parts)}


@given(st.lists(intervals(), max_size=6))
def test_merging_keeps_the_days_and_leaves_gaps_between(parts: list[Interval]) -> None:
    result = merged(parts)
    assert covered(result) == covered(parts)
    assert all(a.end < b.start for a, b in pairwise(result))


@given(intervals(), st.lists(intervals(), max_size=5))
def test_what_is_left_is_the_whole_without_the_parts(
    whole: Interval, parts: list[Interval]
) -> None:
    assert covered(without(whole, parts)) == covered([whole]) - covered(parts)


@given(intervals(), intervals())
def test_common_days_are_those_of_both(one: Interval, other: Interval) -> None:
    both = common(one, other)
    assert covered([both] if both else []) == covered([one]) & covered([other])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2022, 3, 1), 24, date(2024, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 12, 31), 1, date(2024, 1, 31)),
    ],
)
def test_months_are_added_and_clipped_to_the_months_last_day(
    day: date, months: int, expected: date
) -> None:
    assert plus_months(day, months) == expected


def test_dates_past_the_calendar_have_no_end() -> None:
    assert plus_months(date(9999, 1, 1), 12) is None
    assert plus_days(date(9999, 12, 1), 90) == FOREVER


def test_a_file_ending_on_the_calendars_last_day_means_no_end() -> None:
    assert half_open(date(2023, 1, 1), date(9999, 12, 31)) == Interval(date(2023, 1, 1), FOREVER)
    assert half_open(date(2023, 1, 1), date(2023, 1, 1)).days == 1


def test_a_moment_needs_its_offset() -> None:
    assert moment_known("2024-05-15T12:00:00+02:00").utcoffset() == timedelta(hours=2)
    with pytest.raises(ValueError, match="2024-05-15"):
        moment_known("2024-05-15T12:00:00")
