"""What conditions on units find, for every unit code and every era of the organisation at once.

A target asks little of the organisation: is this unit, or one of these types, on the way up? Each
such condition is an *atom*, a bit. For each era the bits of all units are carried down the tree at
once, and for each code (of a unit, or ended, or unknown) those of the place where its employments
count. Eras in which nothing changes for a code become one *run*, so that an employment meets a
handful of runs however often the city was reorganised.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracking.organisation.queries import UnitPeriod
from tracking.status.engine.days import FOREVER, Days, Flags, Numbers, covers
from tracking.targets.expressions import Condition

# A row's bits, in words of 63 (the sign is left alone); at least one.
Bits = npt.NDArray[np.int64]
WORD = 63
NOWHERE = -1
NO_PARENT = -2  # the root's; -1 is a parent nobody knows


class Atom(NamedTuple):
    """A condition's question without its "not": does any of the values apply?"""

    key: str
    values: frozenset[str]


def atoms(conditions: Sequence[Condition], keys: Sequence[str]) -> list[Atom]:
    """Each different question that the conditions of these keys ask."""
    return list(dict.fromkeys(Atom(c.key, c.values) for c in conditions if c.key in keys))


def words(count: int) -> int:
    """How many words hold so many bits."""
    return max(1, -(-count // WORD))


def bits_of(hits: Sequence[int], size: int) -> Bits:
    """The row of bits in which these are set."""
    row = np.zeros(size, dtype=np.int64)
    for bit in hits:
        row[bit // WORD] |= 1 << (bit % WORD)
    return row


def has_bit(bits: Bits, bit: int) -> Flags:
    """Which rows have the bit."""
    found: Flags = (bits[:, bit // WORD] >> (bit % WORD)) & 1 == 1
    return found


def distinct(bits: Bits) -> tuple[Bits, Numbers]:
    """The different rows, and for each row which of them it is."""
    if bits.shape[1] == 1:
        values, which = np.unique(bits[:, 0], return_inverse=True)
        return values[:, np.newaxis], which
    rows, which = np.unique(bits, axis=0, return_inverse=True)
    return rows, which.reshape(-1)


class Rows:
    """The rows of `organisation.csv` as columns; texts as numbers."""

    def __init__(self, periods: Sequence[UnitPeriod]) -> None:
        self.codes = sorted({period.code for period in periods})
        number = {code: at for at, code in enumerate(self.codes)}
        self.kinds = sorted({period.kind for period in periods})
        kind = {name: at for at, name in enumerate(self.kinds)}
        self.code = np.array([number[each.code] for each in periods], dtype=np.int64)
        self.kind = np.array([kind[each.kind] for each in periods], dtype=np.int64)
        self.parent = np.array(
            [number.get(each.parent, -1) if each.parent else NO_PARENT for each in periods],
            dtype=np.int64,
        )
        self.start = np.array([each.interval.start.toordinal() for each in periods], np.int64)
        self.end = np.array([each.interval.end.toordinal() for each in periods], np.int64)
        # The last row of a code says who takes over, and from when; periods come in order.
        self.successor = np.full(len(self.codes), -1, dtype=np.int64)
        self.ended = np.full(len(self.codes), FOREVER, dtype=np.int64)
        for each in periods:
            self.successor[number[each.code]] = number.get(each.replaced_by, -1)
            self.ended[number[each.code]] = each.interval.end.toordinal()
        self.eras = np.unique(np.concatenate([self.start, self.end])) if periods else self.start
        self.eras = self.eras[self.eras < FOREVER]


@dataclass(frozen=True, slots=True)
class UnitRuns:
    """For each code, and last for any unknown one: its runs in order, up to the day asked for.

    The runs of code number c are those from `first[c]` up to `first[c + 1]`. `which` is the row of
    `bits` that holds in a run, -1 where nobody is anywhere.
    """

    first: Numbers
    start: Days
    end: Days
    which: Numbers
    bits: Bits
    placed: Numbers  # by code: number of the code where it counts on the day, NOWHERE if none


class _Era:
    """The tree during one era."""

    def __init__(self, rows: Rows, day: int) -> None:
        count = len(rows.codes)
        there = np.flatnonzero(covers(rows.start, rows.end, day))
        self.row = np.full(count, -1, dtype=np.int64)
        self.row[rows.code[there]] = there
        self.in_force = self.row >= 0
        self.parent = np.where(self.in_force, rows.parent[self.row], -1)
        roots = np.flatnonzero(self.in_force & (self.parent == NO_PARENT))
        self.root = int(roots[0]) if len(roots) else NOWHERE
        self.placed = self._places(rows, day)

    def _places(self, rows: Rows, day: int) -> Numbers:
        """Where each code counts: itself, else who took over, along the chain; else the root."""
        count = len(rows.codes)
        if self.root == NOWHERE:
            return np.full(count + 1, NOWHERE, dtype=np.int64)
        here = np.arange(count)
        follows = (rows.successor >= 0) & (rows.ended <= day)
        step = np.where(self.in_force, here, np.where(follows, rows.successor, self.root))
        # Each turn jumps twice as far. A circle never arrives, whatever the number of turns.
        for _turn in range(count.bit_length()):
            further = step[step]
            if np.array_equal(further, step):
                break
            step = further
        step = np.where(self.in_force[step], step, self.root)
        return np.append(step, self.root)

    def bits(self, own: Bits) -> Bits:
        """By code and last for an unknown one: its bits and those above, where it counts."""
        if self.root == NOWHERE:
            return np.full((len(self.placed), own.shape[1]), NOWHERE, dtype=np.int64)
        here = np.arange(len(self.row))
        known = (self.parent >= 0) & self.in_force[np.maximum(self.parent, 0)]
        above = np.where(known, self.parent, here)
        found = own
        for _turn in range(len(self.row).bit_length() + 1):
            wider = found | found[above]
            further = above[above]
            if np.array_equal(further, above) and np.array_equal(wider, found):
                break
            found, above = wider, further
        return found[self.placed]


def unit_runs(rows: Rows, day: int, asked: Sequence[Atom]) -> UnitRuns:
    """The runs of every code up to `day`."""
    size = words(len(asked))
    of_code, of_kind = _own_bits(rows, asked, size)
    count = len(rows.codes) + 1
    before = np.full((count, size), NOWHERE, dtype=np.int64)
    placed = np.full(count, NOWHERE, dtype=np.int64)
    codes: list[Numbers] = []
    starts: list[Days] = []
    bits: list[Bits] = []
    for began in rows.eras[rows.eras <= day].tolist():
        era = _Era(rows, began)
        kinds = np.where(era.in_force, rows.kind[era.row], -1)
        now = era.bits(of_code | of_kind[kinds])
        changed = np.flatnonzero((now != before).any(axis=1))
        codes.append(changed)
        starts.append(np.full(len(changed), began, dtype=np.int64))
        bits.append(now[changed])
        before, placed = now, era.placed
    if not codes:
        empty = np.zeros(0, dtype=np.int64)
        none = np.zeros((0, size), dtype=np.int64)
        return UnitRuns(np.zeros(count + 1, np.int64), empty, empty, empty, none, placed)
    return _gathered(
        np.concatenate(codes), np.concatenate(starts), np.concatenate(bits), count, placed
    )


def _own_bits(rows: Rows, asked: Sequence[Atom], size: int) -> tuple[Bits, Bits]:
    """The bits a unit has by its code, and by its type; no type, last, has none."""

    def of(key: str, texts: Sequence[str]) -> Bits:
        found = np.zeros((len(texts), size), dtype=np.int64)
        number = {text: at for at, text in enumerate(texts)}
        for bit, atom in enumerate(asked):
            if atom.key == key:
                for value in atom.values & number.keys():
                    found[number[value], bit // WORD] |= 1 << (bit % WORD)
        return found

    return of("enhet", rows.codes), of("enhetstyp", [*rows.kinds, ""])


def _gathered(code: Numbers, start: Days, bits: Bits, count: int, placed: Numbers) -> UnitRuns:
    """Runs sorted by code; each lasts until the next of its code, the last one on."""
    order = np.argsort(code, kind="stable")
    code, start, bits = code[order], start[order], bits[order]
    end = np.full(len(code), FOREVER, dtype=np.int64)
    follows = np.flatnonzero(code[1:] == code[:-1])
    end[follows] = start[follows + 1]
    different, which = distinct(bits)
    which = np.where(different[which, 0] == NOWHERE, NOWHERE, which)
    first = np.searchsorted(code, np.arange(count + 1))
    return UnitRuns(first, start, end, which, different, placed)
