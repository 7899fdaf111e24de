"""What forecasts of a past day, made some weeks before it, come to when the day has come.

Beside the straight line of the pace, and beside "as it stands": each told only of what was known
on the evening it would have been made.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tracking.forecast.outlook import Counting, Standing
from tracking.forecast.pace import LOOKS_BACK, slope
from tracking.forecast.points import Point
from tracking.forecast.prognosis import WEEKS, Outlook, Prognosis, prognosis
from tracking.status.results import UnitSummary
from tracking.status.rules import Status

WEEK = timedelta(weeks=1)


class Hindsight(NamedTuple):
    """One forecast of a unit's share (per cent), and what it was: errors in percentage points."""

    unit: str
    target: str
    error: float
    line_error: float  # of the straight line
    as_is_error: float  # of "as it stands"
    held: bool  # the interval held what came
    width: float  # of the interval
    base: int  # those who counted when the day had come


def hindsight(
    counting: Counting, day: date, weeks: int, targets: frozenset[str]
) -> Iterator[Hindsight]:
    """Forecasts of `day` made so many weeks before it, of every unit and these targets.

    Only where both can be told: the forecast, and the straight line it is held against.
    """
    made_on = day - weeks * WEEK
    came = counting.of(day, day, targets)
    for (unit, target), standing in sorted(came.items()):
        outlooks = outlooks_of(counting, (unit, target), day, made_on, targets)
        forecast = prognosis(outlooks, day, 100)
        line = _line(counting, (unit, target), made_on, day, targets)
        if forecast is None or line is None or not standing.base:
            continue
        yield _held_against(unit, target, standing, forecast, *line)


def outlooks_of(
    counting: Counting,
    where: tuple[str, str],
    day: date,
    made_on: date,
    targets: frozenset[str],
) -> list[Outlook]:
    """The outlooks on `day` of a unit and target, week by week, through `made_on`."""
    found = []
    for back in range(WEEKS, -1, -1):
        known_on = made_on - back * WEEK
        standing = counting.of(day, known_on, targets).get(where)
        if standing is not None:
            found.append(Outlook(known_on, *standing))
    return found


def _line(
    counting: Counting,
    where: tuple[str, str],
    made_on: date,
    day: date,
    targets: frozenset[str],
) -> tuple[float, float] | None:
    """Where the pace's straight line leads, and how it stood: per cent. None without a line."""
    points = []
    for back in range(LOOKS_BACK // WEEK, -1, -1):
        on = made_on - back * WEEK
        standing = counting.of(on, on, targets).get(where)
        if standing is not None:
            points.append(Point(on, _summary(where, standing)))
    if not points or points[-1].day != made_on or not points[-1].counts.base:
        return None
    rise = slope(points)
    if rise is None:
        return None
    now = points[-1].counts
    there = now.done + float(rise) * (day - made_on).days
    return min(100.0, max(0.0, 100 * there / now.base)), 100 * now.done / now.base


def _summary(where: tuple[str, str], standing: Standing) -> UnitSummary:
    counts = dict.fromkeys(Status, 0)
    counts[Status.DONE] = standing.done
    counts[Status.NOT_STARTED] = standing.base - standing.done
    return UnitSummary(*where, 100, counts)


def _held_against(
    unit: str, target: str, came: Standing, forecast: Prognosis, line: float, as_is: float
) -> Hindsight:
    share = 100 * came.done / came.base
    # Half a person to each side: a share can't be anything between two people.
    half = 50 / came.base
    return Hindsight(
        unit=unit,
        target=target,
        base=came.base,
        error=abs(forecast.middle - share),
        line_error=abs(line - share),
        as_is_error=abs(as_is - share),
        held=forecast.low - half <= share <= forecast.high + half,
        width=forecast.high - forecast.low,
    )
