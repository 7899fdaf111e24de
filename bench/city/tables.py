"""Facts of a made-up city's people as columns of numbers.

Days are ordinals and -1 is "none"; units, roles and courses are positions in the lists of
`bench.city.plan.CityPlan`; a person's index is their number in the city.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from bench.city.calendar import Days

NONE = -1


@dataclass(slots=True)
class Table:
    """Columns of equal length."""

    def rows(self, chosen: Days) -> Self:
        """Those rows: by position or by a mask."""
        return type(self)(*(getattr(self, one.name)[chosen] for one in fields(self)))

    @classmethod
    def together(cls, *parts: Self) -> Self:
        """The rows of all, one after the other."""
        return cls(
            *(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(cls))
        )


@dataclass(slots=True)
class Known(Table):
    """Facts of people: known from one night until another (-1: still)."""

    person: Days
    night_in: Days
    night_out: Days


@dataclass(slots=True)
class Employments(Known):
    """`end` is exclusive; -1: until further notice."""

    unit: Days
    role: Days
    manager: Days
    first: Days
    end: Days


@dataclass(slots=True)
class Spans(Known):
    """Absences and exemptions: `what` is a kind of leave, or a target."""

    what: Days
    first: Days
    end: Days


@dataclass(slots=True)
class Takings(Known):
    """Starts and completions of courses."""

    course: Days
    on: Days
    source: Days


@dataclass(slots=True)
class People:
    """A stretch of the city's people, `begin` to `end` by index, with all that is known of them."""

    begin: int
    end: int
    first_names: Days
    last_names: Days
    protected: Days
    employments: Employments
    absences: Spans
    starts: Takings
    completions: Takings
    exemptions: Spans


def first_of(*key: Days) -> Days:
    """Positions of the rows that are the first with their key, in the order they stand in."""
    packed = np.zeros(len(key[0]), dtype=np.int64)
    for part in key:
        low = int(part.min()) if len(part) else 0
        packed = packed * (int(part.max()) - low + 1 if len(part) else 1) + part - low
    return np.sort(np.unique(packed, return_index=True)[1])


def without_overlaps(table: Employments) -> Employments:
    """Without the rows that begin while another of the same person and unit still holds."""
    order = np.lexsort((table.first, table.unit, table.person))
    table = table.rows(order)
    end = np.where(table.end < 0, np.iinfo(np.int64).max, table.end)
    keep = np.ones(len(end), dtype=bool)
    same = (table.person[1:] == table.person[:-1]) & (table.unit[1:] == table.unit[:-1])
    keep[1:] = ~(same & (table.first[1:] < end[:-1]))
    return table.rows(keep & (end > table.first))
