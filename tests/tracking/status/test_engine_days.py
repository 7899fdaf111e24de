"""Columns of days do what foundation.intervals does with each of them, to the calendar's ends."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foundation import intervals
from foundation.intervals import FOREVER, Interval
from tests.factories import batch, person
from tracking.ledger.models import Completion
from tracking.status.engine.days import (
    DayNumber,
    covers,
    day_of,
    plus_months,
    runs,
)

END = FOREVER.toordinal()
near_the_ends = st.sampled_from([1, 2, 31, 59, END - 366, END - 30, END - 1, END])
numbers = near_the_ends | st.integers(1, END) | st.integers(738_000, 738_800)


@settings(deadline=None)
@given(
    st.lists(numbers, max_size=40), st.sampled_from([1, 2, 6, 12, 24, 120, 12 * 9998, 2**31 - 1])
)
@example([date(2023, 8, 31).toordinal(), date(2022, 8, 31).toordinal()], 6)
def test_months_are_added_as_to_one_day(days: list[int], months: int) -> None:
    columns = np.array([0, *days], dtype=np.int64)
    expected = [intervals.plus_months(date.fromordinal(day), months) for day in days]
    assert [day_of(int(day)) for day in plus_months(columns, months)] == [None, *expected]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), numbers, numbers), max_size=30))
def test_intervals_become_the_same_runs(drawn: list[tuple[int, int, int]]) -> None:
    rows = sorted((owner, *sorted(ends)) for owner, *ends in drawn)
    rows = [row for row in rows if row[1] < row[2]]
    columns = [np.array([row[at] for row in rows], dtype=np.int64) for at in range(3)]
    found = list(zip(*(column.tolist() for column in runs(*columns)), strict=True))
    assert found == [
        (owner, run.start.toordinal(), run.end.toordinal())
        for owner in range(4)
        for run in intervals.merged(
            Interval(date.fromordinal(start), date.fromordinal(end))
            for who, start, end in rows
            if who == owner
        )
    ]


@settings(deadline=None)
@given(numbers, numbers, numbers)
def test_a_day_is_covered_as_by_one_interval(start: int, end: int, day: int) -> None:
    interval = Interval(date.fromordinal(start), date.fromordinal(end))
    expected = interval.covers(date.fromordinal(day))
    assert covers(np.array([start]), np.array([end]), day).tolist() == [expected]


@pytest.mark.django_db
def test_the_database_numbers_days_as_python_does():
    who = person("A")
    days = [date.min, date(4, 2, 29), date(1900, 2, 28), date(2024, 2, 29), date.max]
    days += [date(1970, 1, 1) + timedelta(days=step) for step in (-1, 0, 1)]
    Completion.objects.bulk_create(
        Completion(person=who, course_code="K", on=day, source="import", batch_in=batch())
        for day in days
    )
    rows = Completion.objects.annotate(number=DayNumber("on")).values_list("on", "number")
    assert dict(rows) == {day: day.toordinal() for day in days}
