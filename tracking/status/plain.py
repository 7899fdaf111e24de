"""The plain reading of the rule: a few people's facts as objects, person by person.

For a few it is quicker than columns; for many the engine says the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from foundation.intervals import FOREVER, Interval
from tracking.ledger.models import Completion, Start
from tracking.organisation.models import Absence, Employment
from tracking.status.audience import AudienceDays, Work, post
from tracking.status.known import Known
from tracking.status.results import TargetResult
from tracking.status.rules import (
    PersonFacts,
    TargetRow,
    best_reached,
    counting_leaves,
    decide,
    due_date,
)
from tracking.targets.models import Exemption


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with an employment on the day, and what is known of them."""

    person: int
    works: list[Work]  # of any day
    facts: PersonFacts
    exempt_from: frozenset[str]  # targets, on the day


def plain_results(
    days: AudienceDays,
    targets: Collection[TargetRow],
    people: Iterable[Somebody],
    as_of: date,
) -> Iterator[TargetResult]:
    """The result of each against each target whose audience they are in."""
    for somebody in people:
        leaves = counting_leaves(somebody.facts.leaves)
        for target in targets:
            stretch = days.stretch(target, somebody.works, as_of)
            if stretch is None:
                continue
            best = best_reached(target, somebody.facts.completions, as_of)
            due = due_date(target, start=stretch.start, leaves=leaves, day=as_of)
            status = decide(
                target,
                day=as_of,
                facts=somebody.facts,
                leaves=leaves,
                exempt=target.code in somebody.exempt_from,
                best=best,
                due=due,
            )
            yield TargetResult(
                person=somebody.person,
                target=target.code,
                status=status,
                completed_on=best.on if best else None,
                valid_through=best.valid_through if best else None,
                due_on=due,
                start=stretch.start,
                places=days.places_on(target, somebody.works, as_of),
            )


def read_people(persons: Collection[int], known: Known, as_of: date) -> list[Somebody]:
    """Those of these people (primary keys) who have an employment on the day. Five queries."""
    works = _works(persons, known)
    there = {
        person: held
        for person, held in works.items()
        if any(work.interval.covers(as_of) for work in held)
    }
    leaves = _leaves(there, known)
    completions, starts = _completions(there, known, as_of), _starts(there, known, as_of)
    exempt = _exempt(there, known, as_of)
    return [
        Somebody(
            person,
            held,
            PersonFacts(
                tuple(leaves.get(person, ())),
                completions.get(person, {}),
                starts.get(person, {}),
            ),
            frozenset(exempt.get(person, ())),
        )
        for person, held in there.items()
    ]


def _works(persons: Collection[int], known: Known) -> dict[int, list[Work]]:
    rows = (
        Employment.objects.known_by(known.employments)
        .filter(person__in=persons)
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
    works: dict[int, list[Work]] = defaultdict(list)
    for person, start, end, *said in rows:
        works[person].append(Work(post(*said), Interval(start, end or FOREVER)))
    return works


def _leaves(persons: Collection[int], known: Known) -> dict[int, list[Interval]]:
    found: dict[int, list[Interval]] = defaultdict(list)
    away = Absence.objects.known_by(known.absences).filter(person__in=persons)
    for person, start, end in away.values_list("person_id", "valid_from", "valid_to"):
        found[person].append(Interval(start, end or FOREVER))
    return found


def _completions(
    persons: Collection[int], known: Known, as_of: date
) -> dict[int, dict[str, list[date]]]:
    found: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    done = Completion.objects.known_by(known.completions).filter(person__in=persons)
    rows = done.filter(on__lte=as_of).values_list("person_id", "course_code", "on")
    for person, course, on in rows:
        found[person][course].append(on)
    return found


def _starts(persons: Collection[int], known: Known, as_of: date) -> dict[int, dict[str, date]]:
    found: dict[int, dict[str, date]] = defaultdict(dict)
    begun = Start.objects.known_by(known.starts).filter(person__in=persons, on__lte=as_of)
    for person, course, on in begun.values_list("person_id", "course_code", "on"):
        found[person][course] = on
    return found


def _exempt(persons: Collection[int], known: Known, as_of: date) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    held = Exemption.objects.known_by(known.exemptions).on(as_of).filter(person__in=persons)
    for person, code in held.values_list("person_id", "target_code"):
        found[person].append(code)
    return found
