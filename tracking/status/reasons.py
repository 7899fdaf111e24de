"""What an explanation says of a person's status: every step of the rule, as values without words.

Words for people belong to reports. Intervals are half-open, as everywhere inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from foundation.intervals import Interval
from tracking.status.known import Known
from tracking.status.results import TargetResult
from tracking.status.rules import DueStep, Reached, Rule, TargetRow
from tracking.targets.expressions import Condition


class Outside(StrEnum):
    """Why a person is not in the audience on the day; the first that holds."""

    UNKNOWN_TARGET = "unknown_target"
    NOT_IN_FORCE = "not_in_force"  # the target, on that day
    NOT_EMPLOYED = "not_employed"
    NO_ORGANISATION = "no_organisation"  # the day is before the organisation's first
    NO_CLAUSE = "no_clause"  # no employment meets all conditions of any clause


class Way(StrEnum):
    """How an employment came to count where it does (STATUS.md 3)."""

    ITSELF = "itself"
    SUCCESSOR = "successor"  # its unit has ended: the one that took over, along the chain
    ENDED = "ended"  # its unit, or the last that took over, has ended: at the root
    UNKNOWN = "unknown"  # a unit nobody knows, or not yet in force: at the root
    NOWHERE = "nowhere"  # the day is before the organisation's first


@dataclass(frozen=True, slots=True)
class ConditionRead:
    """A condition of a clause, and whether an employment meets it."""

    condition: Condition
    holds: bool


@dataclass(frozen=True, slots=True)
class ClauseRead:
    """A clause: all of its conditions must hold for one and the same employment."""

    conditions: tuple[ConditionRead, ...]

    @property
    def holds(self) -> bool:
        """Whether every condition does."""
        return all(each.holds for each in self.conditions)


@dataclass(frozen=True, slots=True)
class Placement:
    """An employment on the day: where HR has it, where it counts, and which clauses hold for it.

    `clauses` are all of the audience's, in its order; none when the audience is everyone.
    """

    interval: Interval
    unit_code: str  # HR's
    position: str
    business_area: str
    is_manager: bool
    way: Way
    chain: tuple[str, ...]  # from HR's unit along those that took over
    unit: str | None  # where it counts
    path: tuple[str, ...]  # that unit and all above it
    clauses: tuple[ClauseRead, ...]

    @property
    def clause(self) -> int | None:
        """The number, from 0, of the first clause that holds."""
        holds = (at for at, clause in enumerate(self.clauses) if clause.holds)
        return next(holds, None)

    @property
    def is_inside(self) -> bool:
        """Whether it puts its person in the audience."""
        return self.unit is not None and (not self.clauses or self.clause is not None)


class StretchPart(NamedTuple):
    """Days on which one employment, counted in one unit, met one clause (None: everyone is in)."""

    interval: Interval
    unit_code: str  # HR's
    unit: str
    clause: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The unbroken days in the audience up to the day asked for.

    `parts`: what they are made of, by first day; they may overlap. `from_target`: the stretch
    begins when the target came into force, the person was there before.
    """

    start: date
    parts: tuple[StretchPart, ...]
    from_target: bool


@dataclass(frozen=True, slots=True)
class LeaveRead:
    """Absences that are one leave, and whether it is long enough to count."""

    interval: Interval
    absences: tuple[Interval, ...]
    counts: bool
    covers: bool  # the day


@dataclass(frozen=True, slots=True)
class ExemptionRead:
    """An exemption from the target that covers the day."""

    interval: Interval
    reason: str


@dataclass(frozen=True, slots=True)
class CompletionRead:
    """A completion on or before the day."""

    on: date
    source: str


@dataclass(frozen=True, slots=True)
class CourseRead:
    """A course of an alternative: what was done of it by the day. The latest completion counts."""

    code: str
    completions: tuple[CompletionRead, ...]  # the latest first
    begun_on: date | None
    valid_through: date | None  # of the latest; None without one, or without end

    @property
    def latest(self) -> date | None:
        """The day that counts."""
        return self.completions[0].on if self.completions else None


@dataclass(frozen=True, slots=True)
class AlternativeRead:
    """An alternative: reached when every course has a completion."""

    courses: tuple[CourseRead, ...]
    reached: Reached | None
    is_best: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A person's status against a target, with everything it follows from.

    Outside the audience there is no `result`, `rule` says why, and only `placements` are read.
    """

    person: int  # Person's primary key
    target_code: str
    as_of: date
    known: Known
    rule: Rule | Outside
    target: TargetRow | None
    placements: tuple[Placement, ...]
    result: TargetResult | None = None
    stretch: Stretch | None = None
    due_steps: tuple[DueStep, ...] = ()  # the latest of what they give is the due date
    leaves: tuple[LeaveRead, ...] = ()
    exemptions: tuple[ExemptionRead, ...] = ()
    alternatives: tuple[AlternativeRead, ...] = ()

    @property
    def due_step(self) -> DueStep | None:
        """The step that decided the due date; the first of equals."""
        return max(self.due_steps, key=lambda step: step.gives, default=None)

    @property
    def best(self) -> AlternativeRead | None:
        """The best reached alternative."""
        return next((each for each in self.alternatives if each.is_best), None)


def outside_because(target: TargetRow | None, as_of: date, at: Sequence[Placement]) -> Outside:
    """Why somebody with these placements is in nobody's audience."""
    if target is None:
        return Outside.UNKNOWN_TARGET
    if not target.in_force.covers(as_of):
        return Outside.NOT_IN_FORCE
    if not at:
        return Outside.NOT_EMPLOYED
    if all(each.unit is None for each in at):
        return Outside.NO_ORGANISATION
    return Outside.NO_CLAUSE
