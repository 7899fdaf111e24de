"""The two tables that leave by command: everybody's status, every unit's counts (STATUS.md 5)."""

from collections.abc import Iterator

from foundation.formats import Cell
from tracking.organisation.models import Person
from tracking.status.queries import StatusTable, TargetResult, UnitSummary, summary

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


def status_rows(table: StatusTable) -> tuple[list[tuple[Cell, ...]], int]:
    """A row per person and target by their codes, and how many people were left out.

    People with protected identity count in every figure but stand in no export (STATUS.md 6).
    """
    people = {result.person for result in table.results}
    known = Person.objects.values_list("pk", "person_id", "protected")
    keys = {pk: (key, hidden) for pk, key, hidden in known.iterator() if pk in people}
    hidden = {pk for pk, (_key, is_hidden) in keys.items() if is_hidden}
    rows = sorted(
        status_row(keys[result.person][0], result)
        for result in table.results
        if result.person not in hidden
    )
    return rows, len(hidden)


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


def named_people(table: StatusTable) -> set[int]:
    """The people `status_rows` names."""
    hidden = Person.objects.filter(protected=True).values_list("pk", flat=True)
    return {result.person for result in table.results}.difference(hidden)


def summary_rows(table: StatusTable, *, unit: str | None = None) -> Iterator[tuple[Cell, ...]]:
    """A row per unit and target, by their codes."""
    for counts in summary(table, unit=unit):
        yield summary_row(counts)


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
