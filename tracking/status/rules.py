"""The one definition of a status (STATUS.md 4 and 5), in plain Python over one person's facts.

Nothing here reads the database or the clock. Intervals are half-open; the days given back are
whole calendar days that include the last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from foundation.intervals import FOREVER, Interval, merged, plus_days, plus_months
from tracking.targets.expressions import Audience
from tracking.targets.models import Level

LEAVE_COUNTS_FROM_DAYS = 30
EXPIRES_SOON_DAYS = 60


class Status(StrEnum):
    """What a person has reached of a target, as files say it. The order is that of the rule."""

    EXEMPT = "undantagen"
    DONE = "klar"
    EXPIRED = "utgangen"
    OVERDUE = "forsenad"
    STARTED = "pagaende"
    NOT_STARTED = "ej_paborjad"


class Rule(StrEnum):
    """Which sentence of STATUS.md 5 decided, for a person in the audience; in the rule's order."""

    ON_LEAVE = "on_leave"
    EXEMPTED = "exempted"
    VALID = "valid"
    NO_LONGER_VALID = "no_longer_valid"
    PAST_DUE = "past_due"
    BEGUN = "begun"
    NOT_BEGUN = "not_begun"

    @property
    def status(self) -> Status:
        """The status it gives."""
        return _GIVES[self]


_GIVES = {
    Rule.ON_LEAVE: Status.EXEMPT,
    Rule.EXEMPTED: Status.EXEMPT,
    Rule.VALID: Status.DONE,
    Rule.NO_LONGER_VALID: Status.EXPIRED,
    Rule.PAST_DUE: Status.OVERDUE,
    Rule.BEGUN: Status.STARTED,
    Rule.NOT_BEGUN: Status.NOT_STARTED,
}


class DueBasis(StrEnum):
    """What a due date is counted from (STATUS.md 4)."""

    FIXED = "fixed"  # the target's own day
    STRETCH = "stretch"  # the first day in the audience
    LEAVE = "leave"  # the last day of the latest leave that counts and has ended


class DueStep(NamedTuple):
    """One day the due date can't be before: `days` after `since`."""

    basis: DueBasis
    since: date
    days: int
    gives: date


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A knowledge target as known at one batch, its two languages parsed."""

    code: str
    name: str
    programme_goal: str
    courses: tuple[tuple[str, ...], ...]
    audience: Audience
    audience_text: str
    level: str
    share: int
    due_on: date | None
    days_new_employee: int | None
    validity_months: int | None
    valid_from: date | None
    valid_to: date | None
    source: str
    is_assumption: bool

    @property
    def course_codes(self) -> frozenset[str]:
        """Every course that some alternative needs."""
        return frozenset(code for alternative in self.courses for code in alternative)

    @property
    def in_force(self) -> Interval:
        """The days on which the target holds."""
        return Interval(self.valid_from or date.min, self.valid_to or FOREVER)


class Reached(NamedTuple):
    """An alternative with a completion of every course it needs."""

    on: date
    valid_through: date | None  # None: without end


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of one person, apart from where they work."""

    leaves: tuple[Interval, ...]  # absences as recorded, in any order
    completions: Mapping[str, Sequence[date]]  # by course
    starts: Mapping[str, date]  # by course


def counting_leaves(absences: Sequence[Interval]) -> list[Interval]:
    """Absences that overlap or follow on each other are one; it counts from 30 days' length."""
    return [leave for leave in merged(absences) if _counts(leave)]


def _counts(leave: Interval) -> bool:
    return leave.last_day is None or leave.days >= LEAVE_COUNTS_FROM_DAYS


def due_date(
    target: TargetRow, *, start: date, leaves: Sequence[Interval], day: date
) -> date | None:
    """The day by which the target must be reached; None when there is no such day.

    `start` is the first day of the stretch in the audience; `leaves` are those that count.
    """
    steps = due_steps(target, start=start, leaves=leaves, day=day)
    return max((step.gives for step in steps), default=None)


def due_steps(
    target: TargetRow, *, start: date, leaves: Sequence[Interval], day: date
) -> list[DueStep]:
    """The days of which the latest is the due date; none when there is no due date."""
    days = target.days_new_employee
    if target.level == Level.OFFERED or (target.due_on is None and days is None):
        return []
    steps = [DueStep(DueBasis.STRETCH, start, days or 0, plus_days(start, days or 0))]
    if target.due_on is not None:
        steps.insert(0, DueStep(DueBasis.FIXED, target.due_on, 0, target.due_on))
    ended = [leave.last_day for leave in leaves if leave.last_day and leave.last_day < day]
    if ended:
        last, more = max(ended), max(days or 0, LEAVE_COUNTS_FROM_DAYS)
        steps.append(DueStep(DueBasis.LEAVE, last, more, plus_days(last, more)))
    return steps


def best_reached(
    target: TargetRow, completions: Mapping[str, Sequence[date]], day: date
) -> Reached | None:
    """The reached alternative that lasts longest; among equals the one reached earliest."""
    found = (reached(target, each, completions, day) for each in target.courses)
    return best_of([each for each in found if each is not None])


def reached(
    target: TargetRow,
    alternative: Sequence[str],
    completions: Mapping[str, Sequence[date]],
    day: date,
) -> Reached | None:
    """An alternative with a completion of each course on or before the day, else None."""
    latest: list[date] = []
    for code in alternative:
        dates = [on for on in completions.get(code, ()) if on <= day]
        if not dates:
            return None
        latest.append(max(dates))
    return Reached(max(latest), _valid_through(latest, target.validity_months))


def best_of(found: Sequence[Reached]) -> Reached | None:
    """The one that lasts longest; among equals the one reached earliest."""
    return min(found, key=lambda each: (-_lasts(each).toordinal(), each.on), default=None)


def _lasts(reached: Reached) -> date:
    return reached.valid_through or FOREVER


def _valid_through(latest: Sequence[date], months: int | None) -> date | None:
    if months is None:
        return None
    ends = [plus_months(on, months) for on in latest]
    return min((end for end in ends if end is not None), default=None)


def decide(
    target: TargetRow,
    *,
    day: date,
    facts: PersonFacts,
    leaves: Sequence[Interval],
    exempt: bool,
    best: Reached | None,
    due: date | None,
) -> Status:
    """The first status that holds, for a person in the audience on `day` (STATUS.md 5)."""
    rule = deciding_rule(
        target, day=day, facts=facts, leaves=leaves, exempt=exempt, best=best, due=due
    )
    return rule.status


def deciding_rule(
    target: TargetRow,
    *,
    day: date,
    facts: PersonFacts,
    leaves: Sequence[Interval],
    exempt: bool,
    best: Reached | None,
    due: date | None,
) -> Rule:
    """The first rule that holds, for a person in the audience on `day` (STATUS.md 5)."""
    if any(leave.covers(day) for leave in leaves):
        return Rule.ON_LEAVE
    if exempt:
        return Rule.EXEMPTED
    if best is not None:
        valid = best.valid_through is None or best.valid_through >= day
        return Rule.VALID if valid else Rule.NO_LONGER_VALID
    if due is not None and due < day:
        return Rule.PAST_DUE
    return Rule.BEGUN if _has_begun(target, facts, day) else Rule.NOT_BEGUN


def _has_begun(target: TargetRow, facts: PersonFacts, day: date) -> bool:
    begun = (facts.starts.get(code) for code in target.course_codes)
    done = (on for code in target.course_codes for on in facts.completions.get(code, ()))
    return any(on is not None and on <= day for on in (*begun, *done))
