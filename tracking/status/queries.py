"""Status of people on any day, as known at any moment: read where it is kept, else computed."""

from collections.abc import Collection
from datetime import date, datetime

from foundation.facts import batch_at
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.status.computing import computed_table
from tracking.status.kept.reading import kept_table
from tracking.status.results import StatusTable, TargetResult, UnitSummary, summary
from tracking.status.target_rows import target_row, target_rows

__all__ = [
    "StatusTable",
    "TargetResult",
    "UnitSummary",
    "computed_table",
    "status_table",
    "summary",
    "target_row",
    "target_rows",
]


def status_table(
    *,
    as_of: date,
    known_at: datetime | None = None,
    unit: str | None = None,
    persons: Collection[int] | None = None,
    targets: Collection[str] | None = None,
    steps: Steps = UNWATCHED,
) -> StatusTable:
    """Status on `as_of`, as known at `known_at` (None: now), of everybody asked for.

    `unit`: only people in an audience through an employment in that unit or below it, on the day;
    `persons`: primary keys; `targets`: codes.
    """
    if known_at is None:
        kept = kept_table(as_of=as_of, unit=unit, persons=persons, targets=targets)
        if kept is not None:
            return kept
    return computed_table(
        as_of=as_of,
        batch=batch_at(known_at),
        unit=unit,
        persons=persons,
        targets=targets,
        steps=steps,
    )
