"""How fast a target is being reached, and how fast it must be: a straight line of eight weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tracking.forecast.points import Point
from tracking.status.rules import TargetRow
from tracking.targets.models import Level

# So far back the line looks; what was done before says little of the pace now.
LOOKS_BACK = timedelta(weeks=8)
# A line over fewer days than these would be drawn from chance.
SHORTEST = timedelta(weeks=3)
WEEK = 7


@dataclass(frozen=True, slots=True)
class Pace:
    """People a week. None: that can't be told.

    `per_week`: how many more are done each week, lately; fewer where validity runs out or people
    leave. `needed_per_week`: how many more it takes each week to reach the goal by its day; 0 when
    it is reached. `reaches`: whether the line gets there in time; None without a day, or without
    enough points to draw one.
    """

    per_week: float | None
    needed_per_week: float | None
    reaches: bool | None
    missing: int = 0  # people who are needed still


def pace(points: Sequence[Point], target: TargetRow, base: int, as_of: date) -> Pace:
    """The pace on `as_of`, of points in order of their days; the last says how it stands.

    `base`: those who count on `as_of`: the goal is a share of them.
    """
    until = [point for point in points if point.day <= as_of]
    done = until[-1].counts.done if until else 0
    line = slope([point for point in until if point.day >= as_of - LOOKS_BACK])
    per_week = None if line is None else float(line * WEEK)
    if target.level == Level.OFFERED or not base:
        return Pace(per_week, None, None)
    missing = max(0, -(-target.share * base // 100) - done)
    if not missing:
        return Pace(per_week, 0.0, True)
    if target.due_on is None:
        return Pace(per_week, None, None, missing)
    days = (target.due_on - as_of).days
    if days <= 0:
        return Pace(per_week, None, False, missing)
    reaches = None if line is None else line * days >= missing
    return Pace(per_week, missing * WEEK / days, reaches, missing)


def slope(points: Sequence[Point]) -> Fraction | None:
    """People a day of the straight line that lies nearest to the points (least squares), exactly.

    None where they span fewer days than SHORTEST.
    """
    if len(points) < 2 or points[-1].day - points[0].day < SHORTEST:
        return None
    days = [(point.day - points[0].day).days for point in points]
    done = [point.counts.done for point in points]
    n, total = len(points), sum(days)
    above = n * sum(x * y for x, y in zip(days, done, strict=True)) - total * sum(done)
    below = n * sum(x * x for x in days) - total * total
    return Fraction(above, below)
