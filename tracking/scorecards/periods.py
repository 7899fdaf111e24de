"""The city's reporting periods: when they begin and end, and when they are to be reported.

An interim report and the annual report are about the year so far, so all three begin in January.
That they end with April, August and December is the city's; the days to report by are the
platform's assumption until a coordinator sets them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tracking.scorecards.models import PeriodKind

# Made when their last day to report is at most this long ago, or they begin within this time.
AROUND = timedelta(days=366)


class Period(NamedTuple):
    """A period before it is a row."""

    code: str
    kind: PeriodKind
    first_day: date
    last_day: date
    report_by: date


def periods_of_year(year: int) -> Iterator[Period]:
    """The three of a calendar year."""
    first = date(year, 1, 1)
    yield Period(f"{year}-T1", PeriodKind.TERTIAL_1, first, date(year, 4, 30), date(year, 5, 20))
    yield Period(f"{year}-T2", PeriodKind.TERTIAL_2, first, date(year, 8, 31), date(year, 9, 20))
    yield Period(f"{year}-VB", PeriodKind.ANNUAL, first, date(year, 12, 31), date(year + 1, 2, 10))


# The implementation plan: approved in June 2021, half-way report summer to autumn 2023, and the
# programme's last year. The days within those months are the platform's assumption.
_PROGRAMME_BEGAN = date(2021, 6, 1)
PROGRAMME = (
    Period(
        "2021-2025-HALVTID",
        PeriodKind.HALFWAY,
        _PROGRAMME_BEGAN,
        date(2023, 6, 30),
        date(2023, 11, 30),
    ),
    Period(
        "2021-2025-SLUT",
        PeriodKind.END,
        _PROGRAMME_BEGAN,
        date(2025, 12, 31),
        date(2026, 3, 31),
    ),
)


def periods_around(day: date) -> list[Period]:
    """Those that may be written on the day, the last ones before and the next ones ahead."""
    yearly = (one for year in range(day.year - 1, day.year + 2) for one in periods_of_year(year))
    return [
        one
        for one in (*PROGRAMME, *yearly)
        if one.report_by >= day - AROUND and one.first_day <= day + AROUND
    ]
