"""Status of people and units on any day, as known at any moment: reads facts, writes nothing.

One pass over the facts of the people asked for: the number of queries does not depend on how many
they are, and the work grows as people × targets.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from foundation.facts import FactQuerySet, batch_at
from foundation.intervals import DAWN, FOREVER, Interval
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.ledger.models import Completion, Start
from tracking.organisation.models import Absence, Employment
from tracking.organisation.queries import OrganisationHistory, organisation_history
from tracking.status.audience import AudienceDays, Work, post
from tracking.status.results import StatusTable, TargetResult, UnitSummary
from tracking.status.rules import (
    PersonFacts,
    best_reached,
    counting_leaves,
    decide,
    due_date,
)
from tracking.status.target_rows import target_row, target_rows
from tracking.targets.models import Exemption

__all__ = ["StatusTable", "TargetResult", "UnitSummary", "status_table", "summary"]
__all__ += ["target_row", "target_rows"]  # what a target asks for, beside what was found of it


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
    return computed_table(
        as_of=as_of,
        batch=batch_at(known_at),
        unit=unit,
        persons=persons,
        targets=targets,
        steps=steps,
    )


def computed_table(
    *,
    as_of: date,
    batch: int | None = None,
    unit: str | None = None,
    persons: Collection[int] | None = None,
    targets: Collection[str] | None = None,
    steps: Steps = UNWATCHED,
) -> StatusTable:
    """The same from the facts, known through a batch (None: now), whatever is kept.

    Eight queries, whatever the numbers.
    """
    history = organisation_history(batch)
    tree = history.on(as_of)
    rows = [row for row in target_rows(batch, targets) if row.in_force.covers(as_of)]
    inside = None if unit is None else tree.subtree(unit)
    works = _works(batch, _people_there(batch, as_of, history, inside, persons))
    facts = _facts(batch, works.keys(), as_of)
    exemptions = _exempt_on(batch, works.keys(), as_of)
    days = AudienceDays(history)
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


def summary(
    table: StatusTable, *, unit: str | None = None, area: str | None = None
) -> list[UnitSummary]:
    """Counts per unit, each with all below it, and target; by unit and target code.

    A person counts once in a unit however many employments lead there (STATUS.md 3). Units where
    nobody is in the audience are left out. `unit`: that unit and all below it; `area`: only those
    in the audience through an employment in this business area (folded).
    """
    wanted = None if unit is None else table.units.subtree(unit)
    found: dict[tuple[str, str], UnitSummary] = {}
    for result in table.results:
        held = {place.unit for place in result.places if area is None or place.area == area}
        reached = {code for placed in held for code in table.units.path(placed)}
        for code in reached if wanted is None else reached & wanted:
            key = (code, result.target)
            if key not in found:
                found[key] = UnitSummary(*key, target_share=table.targets[result.target].share)
            found[key].counts[result.status] += 1
    return [found[key] for key in sorted(found)]


def _people_there(
    batch: int | None,
    as_of: date,
    history: OrganisationHistory,
    inside: set[str] | None,
    persons: Collection[int] | None,
) -> FactQuerySet:
    """Employments on the day, of those asked for; whoever has none is in no audience."""
    there = Employment.objects.known_by(batch).on(as_of)
    if persons is not None:
        there = there.filter(person__in=persons)
    if inside is not None:
        tree = history.on(as_of)
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
