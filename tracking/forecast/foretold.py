"""Reads the forecasts of units and targets, with what such forecasts have been worth."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from tracking.forecast.models import Forecast
from tracking.forecast.prognosis import Outlook, Prognosis
from tracking.forecast.verdict import Verdict

# A share of fewer people jumps; figures that leave the city have the same limit (STATUS.md 6).
LEAST_BASE = 20
# Forecasts are made anew each week; one this old is of a worker that stands still.
OLDEST = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class Foretold:
    """A forecast that was made, and the verdict on those before it."""

    due_on: date
    share: int  # the goal
    prognosis: Prognosis
    outlook: Outlook
    verdict: Verdict

    @property
    def is_shown(self) -> bool:
        """Whether it may stand on a page: else the straight line does."""
        return self.verdict.is_good and self.outlook.base >= LEAST_BASE


Forecasts = dict[tuple[str, str], Foretold]


def forecasts(units: Collection[str], targets: Collection[str], *, today: date) -> Forecasts:
    """The latest forecasts by unit and target, shown or not. One query."""
    rows = Forecast.objects.filter(
        unit_code__in=units,
        target_code__in=targets,
        due_on__gte=today,
        made_on__gte=today - OLDEST,
    )
    return {(row.unit_code, row.target_code): _foretold(row) for row in rows}


def _foretold(row: Forecast) -> Foretold:
    return Foretold(
        due_on=row.due_on,
        share=row.share,
        prognosis=Prognosis(
            low=row.low,
            middle=row.middle,
            high=row.high,
            chance=row.chance,
            per_week=row.per_week,
            needed_per_week=row.needed_per_week,
            weeks_left=row.weeks_left,
        ),
        outlook=Outlook(row.made_on, row.base, row.done),
        verdict=Verdict(
            row.tried_weeks, row.tried, row.error, row.line_error, row.as_is_error, row.held
        ),
    )
