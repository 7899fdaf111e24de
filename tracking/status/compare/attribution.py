"""Which cause a move has: from the step it was made in, its standings, and where people worked."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from foundation.facts import FactQuerySet
from foundation.intervals import DAWN, FOREVER, Interval
from tracking.organisation.models import Employment
from tracking.organisation.queries import organisation_on
from tracking.status.compare.causes import CAUSES, Cause, Step
from tracking.status.compare.moves import OUTSIDE
from tracking.status.compare.reading import STATUSES, Scope, State
from tracking.targets.models import Exemption, Target

Numbers = NDArray[numpy.int64]
Codes = NDArray[numpy.int8]
Flags = NDArray[numpy.bool_]

EXEMPT, DONE, EXPIRED, OVERDUE, STARTED, NOT_STARTED = range(len(STATUSES))


class Stepped(NamedTuple):
    """The moves of one step, and the states before and after it."""

    person: Numbers
    target: Numbers  # place among the scope's targets
    before: Codes
    after: Codes
    states: tuple[State, State]

    @property
    def people(self) -> list[int]:
        """Everybody who moved, once."""
        return [int(person) for person in numpy.unique(self.person)]


class _Held(NamedTuple):
    """Employments that cover a state's day; `inside`: counts in the scope's unit or below it."""

    person: Numbers
    employment: Numbers
    inside: Flags

    def employs(self, people: Numbers) -> Flags:
        return numpy.isin(people, self.person)

    def employs_inside(self, people: Numbers) -> Flags:
        return numpy.isin(people, self.person[self.inside])


def causes_of(step: Step, moved: Stepped, scope: Scope) -> Codes:
    """The cause of each move, as a place in CAUSES."""
    match step:
        case Step.EMPLOYMENTS:
            return _of_employments(moved, scope)
        case Step.COMPLETIONS:
            return _of_completions(moved)
        case Step.DAY:
            return _of_time(_forward(moved), scope)
        case _:
            return _all(moved, _ALONE[step])


_ALONE: Mapping[Step, Cause] = {
    Step.UNITS: Cause.REORGANISED_LATE,
    Step.TARGETS: Cause.TARGET_CHANGED,
    Step.ABSENCES: Cause.LEAVE_LATE,
    Step.EXEMPTIONS: Cause.EXEMPTION_LATE,
}


def _all(moved: Stepped, cause: Cause) -> Codes:
    return numpy.full(len(moved.person), CAUSES.index(cause), dtype=numpy.int8)


def _choose(*cases: tuple[Flags, Cause], otherwise: Cause) -> Codes:
    """The cause of the first case that holds for each move."""
    chosen: Codes = numpy.select(
        [case for case, _cause in cases],
        [numpy.int8(CAUSES.index(cause)) for _case, cause in cases],
        default=numpy.int8(CAUSES.index(otherwise)),
    )
    return chosen


def _of_employments(moved: Stepped, scope: Scope) -> Codes:
    old, new = (_held(state, scope, moved.people) for state in moved.states)
    person = moved.person
    came, went = moved.before == OUTSIDE, moved.after == OUTSIDE
    was_inside, is_inside = old.employs_inside(person), new.employs_inside(person)
    return _choose(
        (came & ~old.employs(person), Cause.EMPLOYED_LATE),
        (went & ~new.employs(person), Cause.EMPLOYMENT_REMOVED),
        (came & ~was_inside & is_inside, Cause.MOVED_IN_LATE),
        (went & was_inside & ~is_inside, Cause.MOVED_OUT_LATE),
        otherwise=Cause.EMPLOYMENT_CORRECTED,
    )


def _of_completions(moved: Stepped) -> Codes:
    before, after = moved.before, moved.after
    return _choose(
        ((before == NOT_STARTED) & (after == STARTED), Cause.STARTED_LATE),
        (after == DONE, Cause.COMPLETED_LATE),
        ((after == EXPIRED) & (before != DONE), Cause.COMPLETED_LATE),
        otherwise=Cause.COMPLETION_CORRECTED,
    )


def _forward(moved: Stepped) -> Stepped:
    """The moves as time makes them, where the way led from a later day to an earlier one."""
    first, second = moved.states
    if first.as_of <= second.as_of:
        return moved
    return moved._replace(before=moved.after, after=moved.before, states=(second, first))


def _of_time(moved: Stepped, scope: Scope) -> Codes:
    before, after = moved.before, moved.after
    by_employment = _of_places(moved, scope)
    exempted, freed = _by_exemption(moved, scope)
    by_status = _choose(
        ((before == EXEMPT) & freed, Cause.EXEMPTION_ENDED),
        (before == EXEMPT, Cause.LEAVE_ENDED),
        ((after == EXEMPT) & exempted, Cause.EXEMPTION_BEGAN),
        (after == EXEMPT, Cause.LEAVE_BEGAN),
        (after == DONE, Cause.COMPLETED),
        (after == EXPIRED, Cause.VALIDITY_ENDED),
        (after == OVERDUE, Cause.DEADLINE_PASSED),
        ((before == NOT_STARTED) & (after == STARTED), Cause.STARTED),
        otherwise=Cause.NEW_DEADLINE,
    )
    return numpy.where((before == OUTSIDE) | (after == OUTSIDE), by_employment, by_status)


def _of_places(moved: Stepped, scope: Scope) -> Codes:
    """The causes of those who came and went, as time makes them."""
    early, late = (_held(state, scope, moved.people) for state in moved.states)
    was_there, is_there = (_in_force(state, scope)[moved.target] for state in moved.states)
    person = moved.person
    came = moved.before == OUTSIDE
    was_inside, is_inside = early.employs_inside(person), late.employs_inside(person)
    # Whoever holds the same employments on both days was moved with their unit, or by one above.
    changed = numpy.concatenate(
        [
            early.person[~numpy.isin(early.employment, late.employment)],
            late.person[~numpy.isin(late.employment, early.employment)],
        ]
    )
    same = ~numpy.isin(person, changed)
    carried = numpy.where(
        came,
        numpy.isin(person, _carried(early, late)),
        numpy.isin(person, _carried(late, early)),
    )
    return _choose(
        (came & ~was_there, Cause.TARGET_BEGAN),
        (~came & ~is_there, Cause.TARGET_ENDED),
        (came & ~early.employs(person), Cause.JOINED),
        (~came & ~late.employs(person), Cause.LEFT),
        (same | carried, Cause.REORGANISED),
        (came & ~was_inside, Cause.MOVED_IN),
        (~came & ~is_inside, Cause.MOVED_OUT),
        otherwise=Cause.ROLE_CHANGED,
    )


def _carried(outside: _Held, inside: _Held) -> Numbers:
    """People one and the same employment of whom counts outside the unit, and then inside."""
    out = outside.employment[~outside.inside]
    return inside.person[inside.inside & numpy.isin(inside.employment, out)]


def _held(state: State, scope: Scope, people: list[int]) -> _Held:
    tree = organisation_on(state.as_of, state.known.units)
    below = tree.subtree(scope.unit)
    there = Employment.objects.known_by(state.known.employments).on(state.as_of)
    rows = list(there.filter(person__in=people).values_list("person_id", "pk", "unit_code"))
    inside = {code: tree.place(code) in below for _person, _pk, code in rows}
    return _Held(
        numpy.array([person for person, _pk, _code in rows], dtype=numpy.int64),
        numpy.array([pk for _person, pk, _code in rows], dtype=numpy.int64),
        numpy.array([inside[code] for _person, _pk, code in rows], dtype=bool),
    )


def _in_force(state: State, scope: Scope) -> Flags:
    """Whether each of the scope's targets is in force on the state's day."""
    rows = Target.objects.known_by(state.known.targets).values_list(
        "code", "valid_from", "valid_to"
    )
    there = {
        code
        for code, start, end in rows
        if Interval(start or DAWN, end or FOREVER).covers(state.as_of)
    }
    return numpy.array([code in there for code in scope.targets], dtype=bool)


def _by_exemption(moved: Stepped, scope: Scope) -> tuple[Flags, Flags]:
    """Whether an exemption from the target began between the days; and whether one ended."""
    early, late = (_exempt(state, moved.people) for state in moved.states)
    pairs = [
        (int(person), scope.targets[target])
        for person, target in zip(moved.person, moved.target, strict=True)
    ]
    was = numpy.array([pair in early for pair in pairs], dtype=bool)
    now = numpy.array([pair in late for pair in pairs], dtype=bool)
    return now & ~was, was & ~now


def _exempt(state: State, people: list[int]) -> set[tuple[int, str]]:
    there: FactQuerySet = Exemption.objects.known_by(state.known.exemptions).on(state.as_of)
    return set(there.filter(person__in=people).values_list("person_id", "target_code"))
