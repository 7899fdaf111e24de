"""Leaves that count: whoever is on one, and the last one that ended (STATUS.md 4)."""

import numpy as np

from tracking.status.engine.days import FOREVER, NO_DAY, SPAN, Days, Flags, Numbers, covers, runs
from tracking.status.engine.facts import Away
from tracking.status.engine.stretches import located
from tracking.status.rules import LEAVE_COUNTS_FROM_DAYS


def leaves(people: Numbers, away: Away, day: int) -> tuple[Flags, Days]:
    """For each of the people: on leave that counts, and last day of the latest one that ended."""
    at, mine = located(people, away.person)
    some = np.flatnonzero(mine & (away.start < away.end))
    some = some[np.argsort(at[some] * SPAN + away.start[some], kind="stable")]
    person, start, end = runs(at[some], away.start[some], away.end[some])
    counts = (end - start >= LEAVE_COUNTS_FROM_DAYS) | (end == FOREVER)
    person, start, end = person[counts], start[counts], end[counts]
    on_leave = np.zeros(len(people), dtype=bool)
    on_leave[person[covers(start, end, day)]] = True
    ended = np.full(len(people), NO_DAY, dtype=np.int64)
    over = (end <= day) & (end != FOREVER)
    np.maximum.at(ended, person[over], end[over] - 1)
    return on_leave, ended
