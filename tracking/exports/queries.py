"""The rows of the two tables that leave: everybody's status, every unit's counts (STATUS.md 5)."""

from foundation.formats import Cell
from tracking.status.results import TargetResult, UnitSummary

STATUS_HEADER = ("person_id", "mal", "status", "klar_datum", "giltig_till", "senast", "start")
SUMMARY_HEADER = (
    "enhet",
    "mal",
    "malgrupp",
    "undantagna",
    "klara",
    "utgangna",
    "forsenade",
    "pagaende",
    "ej_paborjade",
    "andel",
    "uppfyllt",
)


def status_row(person_id: str, result: TargetResult) -> tuple[Cell, ...]:
    """What is said of a person, by HR's key, and a target."""
    return (
        person_id,
        result.target,
        result.status.value,
        result.completed_on,
        result.valid_through,
        result.due_on,
        result.start,
    )


def summary_row(counts: UnitSummary) -> tuple[Cell, ...]:
    """What is said of a unit and a target."""
    return (
        counts.unit,
        counts.target,
        counts.audience,
        counts.exempt,
        counts.done,
        counts.expired,
        counts.overdue,
        counts.started,
        counts.not_started,
        counts.share,
        {True: "ja", False: "nej", None: None}[counts.met],
    )
