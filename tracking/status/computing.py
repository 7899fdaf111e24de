"""Status from the facts: plain over the people asked for, whatever is kept.

One pass over their facts: the number of queries does not depend on how many they are, and the
work grows as people × targets.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext

from foundation.facts import FactQuerySet
from foundation.intervals import DAWN, FOREVER, Interval
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.ledger.models import Completion, Start
from tracking.organisation.models import Absence, Employment
from tracking.organisation.queries import OrganisationDay
from tracking.status.audience import Work, post
from tracking.status.engine import ground_at
from tracking.status.known import Known
from tracking.status.results import StatusTable, TargetResult
from tracking.status.rules import (
    PersonFacts,
    best_reached,
    counting_leaves,
    decide,
    due_date,
)
from tracking.targets.models import Exemption


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

    Eight queries, whatever the numbers.
    """
    ground = ground_at(as_of, Known.through(batch), targets)
    tree, rows, days = ground.tree, ground.targets, ground.audience_days
    inside = None if unit is None else tree.subtree(unit)
    works = _works(batch, people_there(batch, as_of, tree, inside, persons))
    facts = _facts(batch, works.keys(), as_of)
    exemptions = _exempt_on(batch, works.keys(), as_of)
    results: list[TargetResult] = []
    for person, held in steps.each(works.items(), gettext("Working out status"), len(works)):
        known = facts[person]
        leaves = counting_leaves(known.leaves)
        for target in rows:
            stretch = days.stretch(target, held, as_of)
            if stretch is None:
                continue
            places = days.places_on(target, held, as_of)
            if inside is not None and inside.isdisjoint(place.unit for place in places):
                continue
            best = best_reached(target, known.completions, as_of)
            due = due_date(target, start=stretch.start, leaves=leaves, day=as_of)
            status = decide(
                target,
                day=as_of,
                facts=known,
                leaves=leaves,
                exempt=(person, target.code) in exemptions,
                best=best,
                due=due,
            )
            results.append(
                TargetResult(
                    person=person,
                    target=target.code,
                    status=status,
                    completed_on=best.on if best else None,
                    valid_through=best.valid_through if best else None,
                    due_on=due,
                    start=stretch.start,
                    places=places,
                )
            )
    return StatusTable(as_of, results, {row.code: row for row in rows}, tree)


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


def _works(batch: int | None, there: FactQuerySet) -> dict[int, list[Work]]:
    """Every employment, on any day, of the people in `there`, by person."""
    posts: dict[tuple[Any, ...], Any] = {}
    works: dict[int, list[Work]] = defaultdict(list)
    rows = (
        Employment.objects.known_by(batch)
        .filter(person__in=there.values("person"))
        .order_by("person_id", "valid_from", "unit_code")
        .values_list(
            "person_id",
            "valid_from",
            "valid_to",
            "unit_code",
            "position",
            "business_area",
            "is_manager",
        )
    )
    for person, start, end, *said in rows:
        key = tuple(said)
        if key not in posts:
            posts[key] = post(*key)
        works[person].append(Work(posts[key], Interval(start, end or FOREVER)))
    return works


def _of(queryset: FactQuerySet, people: Iterable[int]) -> FactQuerySet:
    """Only facts of these people, when naming them is cheaper than reading all."""
    keys = list(people)
    return queryset.filter(person__in=keys) if len(keys) <= 500 else queryset


def _facts(batch: int | None, people: Collection[int], as_of: date) -> dict[int, PersonFacts]:
    leaves: dict[int, list[Interval]] = defaultdict(list)
    for person, start, end in _of(Absence.objects.known_by(batch), people).values_list(
        "person_id", "valid_from", "valid_to"
    ):
        leaves[person].append(Interval(start or DAWN, end or FOREVER))
    completions: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    done = _of(Completion.objects.known_by(batch).filter(on__lte=as_of), people)
    for person, course, on in done.values_list("person_id", "course_code", "on"):
        completions[person][course].append(on)
    starts: dict[int, dict[str, date]] = defaultdict(dict)
    begun = _of(Start.objects.known_by(batch).filter(on__lte=as_of), people)
    for person, course, on in begun.values_list("person_id", "course_code", "on"):
        starts[person][course] = on
    return {
        person: PersonFacts(
            tuple(leaves.get(person, ())), completions.get(person, {}), starts.get(person, {})
        )
        for person in people
    }


def _exempt_on(batch: int | None, people: Collection[int], as_of: date) -> set[tuple[int, str]]:
    exemptions = _of(Exemption.objects.known_by(batch).on(as_of), people)
    return set(exemptions.values_list("person_id", "target_code"))
