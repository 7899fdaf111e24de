"""The comparison of two reports on a unit: who stands otherwise, and why (docs/adr/0034).

Between the two lie states in which one kind of fact after the other is known as in the second
report, and then the day is the second's. What a person's standing does from one state to the next
has the cause of that step, so the causes of every count add up to its difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy
from django.utils.translation import gettext
from numpy.typing import NDArray

from foundation.jobs.progress import UNWATCHED, Steps
from tracking.organisation.models import Employment, Unit
from tracking.organisation.queries import organisation_on
from tracking.status.compare.attribution import Stepped, causes_of
from tracking.status.compare.causes import CAUSES, ORDER, Cause, Step
from tracking.status.compare.changed import KINDS, OF_PEOPLE, codes_changed, people_changed
from tracking.status.compare.moves import moves
from tracking.status.compare.reading import STATUSES, Scope, State, standings
from tracking.status.known import Known
from tracking.status.queries import target_rows
from tracking.status.rules import Status
from tracking.targets.models import Target

PEOPLE_AT_ONCE = 10_000

Numbers = NDArray[numpy.int64]
Codes = NDArray[numpy.int8]


class Side(NamedTuple):
    """A report: its day, and the last batch it knows of."""

    as_of: date
    batch: int


@dataclass(frozen=True, slots=True)
class Change:
    """What one cause does to the counts of a target: for each status, how many more."""

    people: int  # who moved, whichever way
    by_status: dict[Status, int]

    @property
    def audience(self) -> int:
        """How many more the target is for."""
        return sum(self.by_status.values())


class Moved(NamedTuple):
    """Everybody's moves, a place in each column.

    The person's key, the target's place in the scope, the cause's in CAUSES, and the standings
    (places in STATUSES, or OUTSIDE) before and after.
    """

    person: Numbers
    target: Numbers
    cause: Codes
    before: Codes
    after: Codes

    def only(self, these: NDArray[numpy.bool_] | Numbers) -> "Moved":
        """Some of them, by flag or by place."""
        return Moved(
            self.person[these],
            self.target[these],
            self.cause[these],
            self.before[these],
            self.after[these],
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What lies between two reports on a unit."""

    before: Side
    after: Side
    scope: Scope
    moves: Moved

    def changes(self) -> dict[str, dict[Cause, Change]]:
        """By target and cause, in the order of both; targets where nobody moved are left out."""
        found: dict[str, dict[Cause, Change]] = {}
        kinds = self.moves.target * len(CAUSES) + self.moves.cause
        for kind in numpy.unique(kinds):
            target, cause = divmod(int(kind), len(CAUSES))
            of = self.moves.only(kinds == kind)
            came = numpy.bincount(of.after + 1, minlength=len(STATUSES) + 1)
            went = numpy.bincount(of.before + 1, minlength=len(STATUSES) + 1)
            more = [int(number) for number in (came - went)[1:]]
            change = Change(len(of.person), dict(zip(STATUSES, more, strict=True)))
            found.setdefault(self.scope.targets[target], {})[CAUSES[cause]] = change
        return found


class Comparing:
    """A comparison about to be made: what has to be read is known, and how much that is."""

    def __init__(
        self,
        before: Side,
        after: Side,
        *,
        unit: str,
        area: str | None = None,
        targets: Sequence[str] | None = None,
    ) -> None:
        """`area`: folded; `targets`: only these codes."""
        self.before, self.after = before, after
        # Always gone in the same direction, so that exchanging the sides only changes signs.
        self.first, self.last = sorted((before, after), key=lambda side: (side.batch, side.as_of))
        self.states = _states(self.first, self.last)
        self.scope = Scope(unit, area, tuple(self._targets(targets)))

    def _targets(self, wanted: Sequence[str] | None) -> list[str]:
        """Codes of the targets in force in either report."""
        return sorted(
            {
                row.code
                for side in (self.first, self.last)
                for row in target_rows(side.batch, wanted)
                if row.in_force.covers(side.as_of)
            }
        )

    @cached_property
    def _changed_people(self) -> dict[Step, frozenset[int]]:
        batches = self.first.batch, self.last.batch
        if self.first.batch == self.last.batch:
            return dict.fromkeys(OF_PEOPLE, frozenset())
        return {step: people_changed(step, *batches) for step in OF_PEOPLE}

    @cached_property
    def _units_changed(self) -> bool:
        return bool(codes_changed(Unit, self.first.batch, self.last.batch))

    @cached_property
    def _targets_changed(self) -> frozenset[str]:
        return codes_changed(Target, self.first.batch, self.last.batch)

    @cached_property
    def reads(self) -> list[tuple[list[int], tuple[str, ...]]]:
        """Whose standing against which targets may differ: people (rising), targets."""
        there = self._there()
        targets = self.scope.targets
        if self.first.as_of != self.last.as_of or self._units_changed:
            return [(sorted(there), targets)]
        changed = tuple(code for code in targets if code in self._targets_changed)
        others = tuple(code for code in targets if code not in self._targets_changed)
        about = there.intersection(*[frozenset().union(*self._changed_people.values())])
        return [(sorted(there), changed), (sorted(about), others)]

    @property
    def size(self) -> int:
        """How many people × targets have to be worked out, at the least twice."""
        return sum(len(people) * len(targets) for people, targets in self.reads)

    def compared(self, steps: Steps = UNWATCHED) -> Comparison:
        """Work it out, some thousands of people at a time."""
        parts = [
            (people[at : at + PEOPLE_AT_ONCE], targets)
            for people, targets in self.reads
            for at in range(0, len(people) if targets else 0, PEOPLE_AT_ONCE)
        ]
        found = [
            self._part(people, targets)
            for people, targets in steps.each(parts, gettext("Comparing"), len(parts))
        ]
        moved = Moved(*(numpy.concatenate(column) for column in zip(_NOBODY, *found, strict=True)))
        if (self.before, self.after) != (self.first, self.last):
            moved = moved._replace(before=moved.after, after=moved.before)
        return Comparison(self.before, self.after, self.scope, moved)

    def _part(self, people: list[int], targets: tuple[str, ...]) -> Moved:
        """The moves of these people against these targets."""
        width = len(self.scope.targets)
        first = standings(self.states[0], self.scope, people, targets)
        last = standings(self.states[-1], self.scope, people, targets)
        keys = numpy.union1d(first.key, last.key)
        keys = keys[first.at(keys) != last.at(keys)]
        columns = [first.at(keys)]
        for step, state in zip(ORDER[:-1], self.states[1:-1], strict=True):
            columns.append(self._followed(step, state, keys, columns[-1]))
        columns.append(last.at(keys))
        found = moves(numpy.column_stack(columns))
        key = keys[found.row]
        person, target = key // width, key % width
        cause = numpy.zeros(len(key), dtype=numpy.int8)
        for at, step in enumerate(ORDER):
            of = found.step == at
            if of.any():
                states = self.states[at], self.states[at + 1]
                moved = Stepped(person[of], target[of], found.before[of], found.after[of], states)
                cause[of] = causes_of(step, moved, self.scope)
        return Moved(person, target, cause, found.before, found.after)

    def _followed(self, step: Step, state: State, keys: Numbers, standing: Codes) -> Codes:
        """The standings once the step's facts are known as in the last report."""
        width = len(self.scope.targets)
        person = keys // width
        match step:
            case Step.UNITS:
                touched = numpy.full(len(keys), self._units_changed)
            case Step.TARGETS:
                codes = [code in self._targets_changed for code in self.scope.targets]
                touched = numpy.array(codes, dtype=bool)[keys % width]
            case _:
                touched = numpy.isin(person, list(self._changed_people[step]))
        if not touched.any():
            return standing
        people = [int(one) for one in numpy.unique(person[touched])]
        targets = [self.scope.targets[at] for at in numpy.unique(keys[touched] % width)]
        followed = standing.copy()
        followed[touched] = standings(state, self.scope, people, targets).at(keys[touched])
        return followed

    def _there(self) -> frozenset[int]:
        """Everybody who works in the unit, or below it, in either report."""
        sides = {self.first, self.last}
        return frozenset().union(*(_employed(side, self.scope.unit) for side in sides))


_NOBODY = Moved(
    *(numpy.empty(0, dtype=kind) for kind in ("int64", "int64", "int8", "int8", "int8"))
)


def _employed(side: Side, unit: str) -> frozenset[int]:
    tree = organisation_on(side.as_of, side.batch)
    below = tree.subtree(unit)
    there = Employment.objects.known_by(side.batch).on(side.as_of)
    codes = tree.counting_in(below)
    if codes is not None:
        there = there.filter(unit_code__in=codes)
    return frozenset(there.values_list("person_id", flat=True))


def _states(first: Side, last: Side) -> list[State]:
    """From one report to the other: after each step, what is known and of which day."""
    known = Known.through(first.batch)
    states = [State(first.as_of, known)]
    for step in ORDER[:-1]:
        known = known._replace(**dict.fromkeys(KINDS[step], last.batch))
        states.append(State(first.as_of, known))
    return [*states, State(last.as_of, known)]
