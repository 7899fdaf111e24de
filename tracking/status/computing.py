"""Status from the facts, whatever is kept: a few people one by one, many as columns."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext

from foundation.facts import FactQuerySet
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.organisation.models import Employment
from tracking.organisation.queries import OrganisationDay
from tracking.status.engine import Ground, People, compute, ground_at, partitions
from tracking.status.engine.computing import PARTITION
from tracking.status.engine.naming import results as named
from tracking.status.known import Known
from tracking.status.plain import plain_results, read_people
from tracking.status.results import StatusTable, TargetResult

# So many people are read one by one; more are quicker as columns.
FEW = 50


def computed_table(
    *,
    as_of: date,
    batch: int | None = None,
    unit: str | None = None,
    persons: Collection[int] | None = None,
    targets: Collection[str] | None = None,
    steps: Steps = UNWATCHED,
) -> StatusTable:
    """The status on `as_of` of everybody asked for, known through a batch (None: now).

    `unit`: only people in an audience through an employment in that unit or below it, on the day;
    `persons`: primary keys; `targets`: codes.

    Six or seven queries for each ten thousand people, and two more where the process does not
    remember organisation and targets.
    """
    known = Known.through(batch)
    ground = ground_at(as_of, known, targets)
    inside = None if unit is None else ground.tree.subtree(unit)
    found: Iterator[TargetResult]
    if persons is not None and len(persons) <= FEW:
        people = read_people(persons, known, as_of)
        found = plain_results(ground.audience_days, ground.targets, people, as_of)
    else:
        parts = _parts(ground, known, inside, persons)
        found = (
            result
            for part in steps.each(parts, gettext("Working out status"))
            for result in named(ground, compute(ground, known, part))
        )
    results = [one for one in found if inside is None or not inside.isdisjoint(one.units)]
    return StatusTable(as_of, results, {row.code: row for row in ground.targets}, ground.tree)


def people_there(
    batch: int | None,
    as_of: date,
    tree: OrganisationDay,
    inside: set[str] | None,
    persons: Collection[int] | None,
) -> FactQuerySet:
    """Employments on the day, of those asked for; whoever has none is in no audience."""
    there = Employment.objects.known_by(batch).on(as_of)
    if persons is not None:
        there = there.filter(person__in=persons)
    if inside is not None:
        codes = there.values_list("unit_code", flat=True).distinct()
        there = there.filter(unit_code__in=[code for code in codes if tree.place(code) in inside])
    return there


def _parts(
    ground: Ground, known: Known, inside: set[str] | None, persons: Collection[int] | None
) -> Sequence[People]:
    """Those asked for, some thousands at a time."""
    if inside is None and persons is None:
        return partitions(known)
    keys = sorted(persons or ())
    if inside is not None:
        there = people_there(known.employments, ground.as_of, ground.tree, inside, persons)
        keys = sorted(set(there.values_list("person_id", flat=True)))
    return [keys[at : at + PARTITION] for at in range(0, len(keys), PARTITION)]
