"""The rule of STATUS.md 4 and 5 over columns: due dates, the best alternative, the status."""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from tracking.status.engine.days import FOREVER, NO_DAY, Days, Numbers, plus_months
from tracking.status.engine.facts import Facts
from tracking.status.engine.leaves import leaves
from tracking.status.engine.stretches import located
from tracking.status.rules import LEAVE_COUNTS_FROM_DAYS, Status, TargetRow
from tracking.targets.models import Level

ORDER = {status: number for number, status in enumerate(Status)}


class Best(NamedTuple):
    """The best reached alternative of each person; NO_DAY where there is none, or no end."""

    on: Days
    through: Days


class Decided(NamedTuple):
    """What is found of each member, in order."""

    status: Numbers
    best: Best
    due: Days


class Judge:
    """Everything of some people that a status follows from, by their index."""

    def __init__(self, people: Numbers, facts: Facts, day: int) -> None:
        self._day = day
        self._column = {code: at for at, code in enumerate(facts.courses)}
        self._on_leave, self._leave_ended = leaves(people, facts.away, day)
        shape = (len(people), len(facts.courses))
        self._latest = np.full(shape, NO_DAY, dtype=np.int32)
        at, mine = located(people, facts.done.person)
        latest = self._latest.reshape(-1)  # the same numbers, in a row
        where = at[mine] * len(facts.courses) + facts.done.course[mine]
        np.maximum.at(latest, where, facts.done.day[mine].astype(np.int32))
        self._begun = self._latest != NO_DAY
        at, mine = located(people, facts.begun.person)
        self._begun[at[mine], facts.begun.course[mine]] = True
        at, mine = located(people, facts.exempt.person)
        self._exempt = (at[mine], facts.exempt.target[mine])

    def decide(self, number: int, target: TargetRow, members: Numbers, start: Days) -> Decided:
        """The status of the members of the target with this number, who are in since `start`."""
        exempt = np.zeros(len(self._on_leave), dtype=bool)
        exempt[self._exempt[0][self._exempt[1] == number]] = True
        best = self._best(target, members)
        due = self._due(target, members, start)
        columns = [self._column[code] for code in sorted(target.course_codes)]
        begun = reduce(
            np.logical_or,
            (self._begun[members, column] for column in columns),
            np.zeros(len(members), dtype=bool),
        )
        reached = best.on != NO_DAY
        status = np.select(
            [
                self._on_leave[members] | exempt[members],
                reached & ((best.through == NO_DAY) | (best.through >= self._day)),
                reached,
                (due != NO_DAY) & (due < self._day),
                begun,
            ],
            [
                ORDER[Status.EXEMPT],
                ORDER[Status.DONE],
                ORDER[Status.EXPIRED],
                ORDER[Status.OVERDUE],
                ORDER[Status.STARTED],
            ],
            ORDER[Status.NOT_STARTED],
        )
        return Decided(status, best, due)

    def _due(self, target: TargetRow, members: Numbers, start: Days) -> Days:
        days = target.days_new_employee
        if target.level == Level.OFFERED or (target.due_on is None and days is None):
            return np.full(len(members), NO_DAY, dtype=np.int64)
        due = np.minimum(start + (days or 0), FOREVER)
        if target.due_on is not None:
            due = np.maximum(due, target.due_on.toordinal())
        ended = self._leave_ended[members]
        after = np.minimum(ended + max(days or 0, LEAVE_COUNTS_FROM_DAYS), FOREVER)
        found: Days = np.where(ended != NO_DAY, np.maximum(due, after), due)
        return found

    def _best(self, target: TargetRow, members: Numbers) -> Best:
        on = np.full(len(members), NO_DAY, dtype=np.int64)
        through = np.full(len(members), NO_DAY, dtype=np.int64)
        lasts = np.full(len(members), NO_DAY, dtype=np.int64)
        for alternative in target.courses:
            latest = [self._of_course(code, members) for code in alternative]
            reached = reduce(np.logical_and, (days != NO_DAY for days in latest))
            this_on = reduce(np.maximum, latest)
            ends = _through(latest, target.validity_months)
            this_lasts = np.where(ends == NO_DAY, FOREVER, ends)
            better = reached & ((this_lasts > lasts) | ((this_lasts == lasts) & (this_on < on)))
            on = np.where(better, this_on, on)
            through = np.where(better, ends, through)
            lasts = np.where(better, this_lasts, lasts)
        return Best(on, through)

    def _of_course(self, code: str, members: Numbers) -> Days:
        found: Days = self._latest[members, self._column[code]].astype(np.int64)
        return found


def _through(latest: Sequence[Days], months: int | None) -> Days:
    """Last valid day of an alternative: the earliest of its courses' ends; NO_DAY without end."""
    if months is None:
        return np.full(len(latest[0]), NO_DAY, dtype=np.int64)
    ends = [plus_months(days, months) for days in latest]
    first = reduce(np.minimum, (np.where(end == NO_DAY, FOREVER + 1, end) for end in ends))
    found: Days = np.where(first > FOREVER, NO_DAY, first)
    return found
