"""How units have come to where they stand on the targets of a page, and where that leads them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from foundation.charts.trends import At
from foundation.intervals import STOCKHOLM
from tracking.forecast.foretold import Forecasts, Foretold, forecasts
from tracking.forecast.pace import LOOKS_BACK, Pace, pace
from tracking.forecast.points import Point
from tracking.forecast.trend import Trends, trend
from tracking.status.figures import Figures
from tracking.status.queries import UnitSummary
from tracking.targets.models import Level


@dataclass(frozen=True, slots=True)
class Progress:
    """The points behind a page's figures, read once; empty where none can stand beside them.

    Points are kept over all business areas, and each as it was known on its day. So a page of one
    area has none, and the pace is told only where the page knows what its own day knew: otherwise
    what was learnt later would look like a leap.
    """

    as_of: date
    trends: Trends = field(default_factory=dict)
    tells_pace: bool = False
    tells_forecast: bool = False
    forecasts: Forecasts = field(default_factory=dict)

    def points(self, counts: UnitSummary) -> list[Point]:
        """The unit's points on the target, with the page's own figure last where it belongs."""
        kept = self.trends.get((counts.unit, counts.target), [])
        if not self.tells_pace or counts.area:
            return kept
        return [*(one for one in kept if one.day < self.as_of), Point(self.as_of, counts)]

    def day_of(self, point: Point) -> date | None:
        """The point's day; None where it is the page's own figure, as known on the page."""
        return None if self.tells_pace and point.day == self.as_of else point.day

    def pace(self, found: Figures, counts: UnitSummary) -> Pace | None:
        """The pace; None where it is not told."""
        if not self.tells_pace or counts.area:
            return None
        target = found.targets[counts.target]
        return pace(self.points(counts), target, counts.base, self.as_of)

    def forecast(self, found: Figures, counts: UnitSummary) -> Foretold | None:
        """The forecast, where it may be shown: then it stands where the pace would."""
        told = self.forecasts.get((counts.unit, counts.target))
        target = found.targets[counts.target]
        if told is None or not told.is_shown or counts.area or not counts.base:
            return None
        # One of the target as it was before it was corrected says nothing.
        return told if (told.due_on, told.share) == (target.due_on, target.share) else None

    def expects_forecast(self, found: Figures, counts: UnitSummary) -> bool:
        """Whether a forecast would stand here, if only there were enough to build one on."""
        expected = self.tells_forecast and _is_to_come(found, counts.target, self.as_of)
        return expected and self.forecast(found, counts) is None

    def reported(self, counts: UnitSummary) -> UnitSummary | None:
        """What was known on the very day, where that is kept and is not what the page shows."""
        if self.tells_pace:
            return None
        kept = self.trends.get((counts.unit, counts.target), [])
        return next((one.counts for one in kept if one.day == self.as_of), None)


def progress_of(
    found: Figures,
    whole: Collection[str],
    parts: Collection[str],
    targets: Collection[str],
    *,
    known_at: datetime | None,
    today: date,
    area: str = "",
) -> Progress:
    """The points of these units: all there are of `whole`, the latest of `parts`; one query.

    And, of today, what is foretold of those whose day is to come; one more.
    """
    as_of = found.stand.as_of
    if area:
        return Progress(as_of)
    known_on = today if known_at is None else known_at.astimezone(STOCKHOLM).date()
    until = min(as_of, known_on)
    trends = trend([*whole, *parts], targets, until, since=as_of - LOOKS_BACK, whole=whole)
    if not as_of == known_on == today:
        return Progress(as_of, trends, known_on == as_of)
    to_come = [code for code in targets if _is_to_come(found, code, today)]
    told = forecasts([*whole, *parts], to_come, today=today) if to_come else {}
    return Progress(as_of, trends, tells_pace=True, tells_forecast=True, forecasts=told)


def _is_to_come(found: Figures, code: str, day: date) -> bool:
    """Whether the target has a goal to reach by a day after this one."""
    target = found.targets[code]
    return target.level != Level.OFFERED and target.due_on is not None and target.due_on > day


def shares(points: Collection[Point]) -> list[At]:
    """The points as shares of those who counted, for a chart; exactly, not rounded down."""
    return [
        At(one.day, one.counts.done * 100 / one.counts.base) for one in points if one.counts.base
    ]
