"""Who is in each audience on the day, since when without a break, and where.

An employment and the runs of its unit have days in common: *pieces*. A piece is in an audience or
it is not. Since no piece begins after the day, the stretch that ends with the day is the last run
of each person's pieces, if it reaches the day.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tracking.status.engine.audience import Table
from tracking.status.engine.days import (
    FOREVER,
    SPAN,
    Days,
    Flags,
    Numbers,
    covers,
    runs,
)
from tracking.status.engine.facts import Held
from tracking.status.engine.ground import Ground
from tracking.status.engine.units import NOWHERE, distinct


class Members(NamedTuple):
    """Those in an audience on the day, and where: a row for each place, once."""

    person: Numbers  # by index in the people
    start: Days  # first day of the stretch
    placed: Numbers  # person of each place
    unit: Numbers
    area: Numbers


class Pieces:
    """Days that an employment and a run of its unit have in common, by person and first day."""

    def __init__(self, ground: Ground, held: Held) -> None:
        there = np.unique(held.person[covers(held.start, held.end, ground.day)])
        self.people = there
        which, mine = located(there, held.person)
        which, start, end, unit = which[mine], held.start[mine], held.end[mine], held.unit[mine]
        first = ground.runs.first
        count = first[unit + 1] - first[unit]
        row = np.repeat(np.arange(len(unit)), count)
        # The runs of each employment's unit, one after the other.
        run = np.arange(len(row)) + np.repeat(first[unit] - (np.cumsum(count) - count), count)
        starts = np.maximum(start[row], ground.runs.start[run])
        ends = np.minimum(end[row], ground.runs.end[run])
        kept = np.flatnonzero((starts < ends) & (ground.runs.which[run] != NOWHERE))
        kept = kept[np.argsort(which[row[kept]] * SPAN + starts[kept], kind="stable")]
        row, run = row[kept], run[kept]
        self.person, self.start, self.end = which[row], starts[kept], ends[kept]
        self.unit = ground.placed[unit[row]]
        areas = ground.area_numbers(held.areas)
        self.area = areas[held.area[mine][row]] if len(row) else row
        today = np.flatnonzero(covers(self.start, self.end, ground.day))
        # By person, unit and area, so that the places of any audience are in order.
        order = np.lexsort((self.area[today], self.unit[today], self.person[today]))
        self._today = today[order]
        own = (
            ground.audiences.positions(held.positions)[held.position[mine]]
            | ground.audiences.areas(held.areas)[held.area[mine]]
            | ground.audiences.managers()[held.is_manager[mine].astype(np.int64)]
        )
        bits, own_row = distinct(own)
        self._by_unit = ground.runs.which[run]
        self._by_own = own_row[row]
        self._day = ground.day
        self._tables = ground.audiences.tables(ground.runs.bits, bits)

    def members(self) -> Iterator[Members]:
        """The members of each audience, in order."""
        for table in self._tables:
            yield self._members(table)

    def _members(self, table: Table) -> Members:
        meets = table[self._by_unit, self._by_own]
        inside = np.flatnonzero(meets)
        person, start, end = runs(self.person[inside], self.start[inside], self.end[inside])
        last = np.flatnonzero(np.append(person[1:] != person[:-1], True)) if len(person) else person
        # Who begins on the calendar's very last day has, as an interval, no day at all.
        last = last[covers(start[last], end[last], self._day) & (start[last] < FOREVER)]
        return Members(person[last], start[last], *self._places(self._today[meets[self._today]]))

    def _places(self, today: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Person, unit and area of these pieces, each place once."""
        person, unit, area = self.person[today], self.unit[today], self.area[today]
        new = np.ones(len(today), dtype=bool)
        new[1:] = (person[1:] != person[:-1]) | (unit[1:] != unit[:-1]) | (area[1:] != area[:-1])
        return person[new], unit[new], area[new]


def located(people: Numbers, person: Numbers) -> tuple[Numbers, Flags]:
    """The index of each person in the sorted `people`, and whether they are among them."""
    if len(people) == 0:
        return np.zeros(len(person), dtype=np.int64), np.zeros(len(person), dtype=bool)
    at = np.minimum(np.searchsorted(people, person), len(people) - 1)
    found: Flags = people[at] == person
    return at, found
