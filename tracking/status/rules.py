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
    if target.level == Level.OFFERED:
        return None
    days = target.days_new_employee
    if target.due_on is None and days is None:
        return None
    dates = [target.due_on] if target.due_on else []
    dates.append(start if days is None else plus_days(start, days))
    due = max(dates)
    ended = [leave.last_day for leave in leaves if leave.last_day and leave.last_day < day]
    if ended:
        due = max(due, plus_days(max(ended), max(days or 0, LEAVE_COUNTS_FROM_DAYS)))
    return due


def best_reached(
    target: TargetRow, completions: Mapping[str, Sequence[date]], day: date
) -> Reached | None:
    """The reached alternative that lasts longest; among equals the one reached earliest."""
    best: Reached | None = None
    for alternative in target.courses:
        latest: list[date] = []
        for code in alternative:
            dates = [on for on in completions.get(code, ()) if on <= day]
            if not dates:
                break
            latest.append(max(dates))
        else:
            reached = Reached(max(latest), _valid_through(latest, target.validity_months))
            if (
                best is None
                or _lasts(reached) > _lasts(best)
                or (_lasts(reached) == _lasts(best) and reached.on < best.on)
            ):
                best = reached
    return best


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
    if exempt or any(leave.covers(day) for leave in leaves):
        return Status.EXEMPT
    if best is not None:
        valid = best.valid_through is None or best.valid_through >= day
        return Status.DONE if valid else Status.EXPIRED
    if due is not None and due < day:
        return Status.OVERDUE
    for code in target.course_codes:
        begun = facts.starts.get(code)
        if begun is not None and begun <= day:
            return Status.STARTED
        if any(on <= day for on in facts.completions.get(code, ())):
            return Status.STARTED
    return Status.NOT_STARTED
