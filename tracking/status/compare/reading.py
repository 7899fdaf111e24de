"""Where people stand in one state on the way from one report to the other."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from tracking.organisation.models import Employment
from tracking.organisation.queries import organisation_history
from tracking.status.audience import AudienceDays
from tracking.status.compare.moves import OUTSIDE
from tracking.status.known import Known
from tracking.status.queries import _exempt_on, _facts, _works, target_rows
from tracking.status.rules import (
    PersonFacts,
    Status,
    best_reached,
    counting_leaves,
    decide,
    due_date,
)

STATUSES = tuple(Status)


class State(NamedTuple):
    """A day, and through which batch each kind of fact is read."""

    as_of: date
    known: Known


class Scope(NamedTuple):
    """What is looked at: a unit with all below it, maybe one business area (folded), targets."""

    unit: str
    area: str | None
    targets: tuple[str, ...]


class Table(NamedTuple):
    """Everybody in the audience of a target through the scope's unit and area.

    `key`, rising: the person's primary key times the number of the scope's targets, plus the
    target's place among them. `status`: a place in STATUSES.
    """

    key: NDArray[numpy.int64]
    status: NDArray[numpy.int8]

    def at(self, keys: NDArray[numpy.int64]) -> NDArray[numpy.int8]:
        """The standing of each key; OUTSIDE for those who are not there."""
        found = numpy.full(len(keys), OUTSIDE, dtype=numpy.int8)
        if len(self.key):
            place = numpy.searchsorted(self.key, keys).clip(max=len(self.key) - 1)
            there = self.key[place] == keys
            found[there] = self.status[place[there]]
        return found


def standings(
    state: State, scope: Scope, people: Collection[int], targets: Collection[str]
) -> Table:
    """Where these people stand against these of the scope's targets."""
    as_of, known = state
    history = organisation_history(known.units)
    tree = history.on(as_of)
    inside = tree.subtree(scope.unit)
    rows = [row for row in target_rows(known.targets, targets) if row.in_force.covers(as_of)]
    there = Employment.objects.known_by(known.employments).on(as_of).filter(person__in=people)
    works = _works(known.employments, there)
    absences = _facts(known.absences, works.keys(), as_of)
    completions = _facts(known.completions, works.keys(), as_of)
    starts = _facts(known.starts, works.keys(), as_of)
    exempt = _exempt_on(known.exemptions, works.keys(), as_of)
    days = AudienceDays(history)
    found = []
    for person, held in works.items():
        leaves = counting_leaves(absences[person].leaves)
        done = completions[person].completions
        facts = PersonFacts(absences[person].leaves, done, starts[person].starts)
        for target in rows:
            stretch = days.stretch(target, held, as_of)
            places = days.places_on(target, held, as_of)
            if stretch is None or not any(
                place.unit in inside and scope.area in {None, place.area} for place in places
            ):
                continue
            status = decide(
                target,
                day=as_of,
                facts=facts,
                leaves=leaves,
                exempt=(person, target.code) in exempt,
                best=best_reached(target, done, as_of),
                due=due_date(target, start=stretch.start, leaves=leaves, day=as_of),
            )
            key = person * len(scope.targets) + scope.targets.index(target.code)
            found.append((key, STATUSES.index(status)))
    found.sort()
    table = numpy.array(found, dtype=numpy.int64).reshape(-1, 2)
    return Table(table[:, 0], table[:, 1].astype(numpy.int8))
