"""The pace: a straight line of eight weeks, and what it takes to be there in time."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.forecast.pace import Pace, pace, slope
from tracking.forecast.points import Point
from tracking.status.results import UnitSummary
from tracking.status.rules import Status, TargetRow
from tracking.targets.expressions import parse_audience
from tracking.targets.models import Level

TODAY = date(2026, 3, 29)
WEEK = timedelta(weeks=1)


def a_target(due_on: date | None, share: int = 100, level: str = Level.SHALL) -> TargetRow:
    return TargetRow(
        code="T",
        name="T",
        programme_goal="3",
        courses=(("K",),),
        audience=parse_audience(""),
        audience_text="",
        level=level,
        share=share,
        due_on=due_on,
        days_new_employee=None,
        validity_months=None,
        valid_from=None,
        valid_to=None,
        source="",
        is_assumption=False,
    )


def points(*done: int) -> list[Point]:
    """One a week, the last today."""
    first = TODAY - WEEK * (len(done) - 1)
    return [
        Point(first + WEEK * at, UnitSummary("U", "T", 100, {Status.DONE: number}))
        for at, number in enumerate(done)
    ]


def test_a_target_on_its_way_says_both_paces_and_that_it_gets_there() -> None:
    found = pace(points(10, 12, 14, 16, 18), a_target(TODAY + 5 * WEEK), 26, TODAY)
    assert found == Pace(2.0, 8 / 5, True, missing=8)


def test_a_target_too_slow_does_not_get_there_and_says_what_it_takes() -> None:
    found = pace(points(10, 11, 12, 13), a_target(TODAY + 4 * WEEK), 33, TODAY)
    assert found == Pace(1.0, 5.0, False, missing=20)


def test_the_line_that_is_there_on_the_very_day_is_in_time() -> None:
    assert pace(points(0, 1, 2, 3), a_target(TODAY + 7 * WEEK), 10, TODAY).reaches is True
    assert (
        pace(points(0, 1, 2, 3), a_target(TODAY + 7 * WEEK - timedelta(1)), 10, TODAY).reaches
        is False
    )


def test_the_goal_is_compared_exactly() -> None:
    # 66.7 % of 3 is 2.001 people: a share of 67 takes three of three.
    assert pace(points(2, 2, 2, 2), a_target(TODAY + WEEK, share=67), 3, TODAY).missing == 1
    assert pace(points(2, 2, 2, 2), a_target(TODAY + WEEK, share=66), 3, TODAY).missing == 0


@pytest.mark.parametrize(
    ("target", "base", "expected"),
    [
        (a_target(TODAY - WEEK), 10, Pace(0.0, None, False, missing=6)),  # the day has passed
        (a_target(None), 10, Pace(0.0, None, None, missing=6)),  # there is no day
        (a_target(TODAY + WEEK), 4, Pace(0.0, 0.0, True)),  # reached already
        (a_target(TODAY + WEEK), 0, Pace(0.0, None, None)),  # nobody counts
        (a_target(TODAY + WEEK, level=Level.OFFERED), 10, Pace(0.0, None, None)),
    ],
)
def test_without_a_way_to_go_nothing_is_foretold(
    target: TargetRow, base: int, expected: Pace
) -> None:
    assert pace(points(4, 4, 4, 4), target, base, TODAY) == expected


def test_a_line_over_few_days_is_not_drawn() -> None:
    found = pace(points(1, 3, 5), a_target(TODAY + WEEK), 10, TODAY)
    assert found == Pace(None, 5.0, None, missing=5)
    assert pace([], a_target(TODAY + WEEK), 10, TODAY) == Pace(None, 10.0, None, missing=10)


def test_only_the_last_eight_weeks_are_looked_at() -> None:
    old = [Point(TODAY - 30 * WEEK, points(500)[0].counts)]
    recent = points(10, 12, 14, 16)
    assert pace([*old, *recent], a_target(None), 99, TODAY).per_week == 2.0


@given(
    done=st.lists(st.integers(0, 5000), min_size=4, max_size=9),
    by=st.integers(-50, 50),
)
def test_the_line_tilts_with_its_points_and_does_not_care_how_high_they_lie(
    done: list[int], by: int
) -> None:
    line = slope(points(*done))
    lifted = slope(points(*[number + 7 for number in done]))
    tilted = slope(points(*[number + by * at for at, number in enumerate(done)]))
    assert line is not None
    assert lifted == line
    assert tilted == line + Fraction(by, 7)
