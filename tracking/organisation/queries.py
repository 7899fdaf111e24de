"""Where units hang, and where an employment counts, on any day (STATUS.md 3).

`OrganisationHistory` is the organisation as known at some batch, over all days; between two days
on which some unit row begins or ends nothing moves, so every question is answered per *era*
(such a stretch of days), once. `OrganisationDay` is one era's tree.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from django.db import connection

from foundation.intervals import FOREVER, Interval
from foundation.remembered import Remembered, last_touched
from foundation.sorting import swedish
from tracking.organisation.models import Unit


class UnitRow(NamedTuple):
    """A unit as it stands on one day."""

    code: str
    name: str
    kind: str
    parent: str


class UnitPeriod(NamedTuple):
    """One row of `organisation.csv`: what a unit is during its interval."""

    code: str
    name: str
    kind: str
    parent: str
    interval: Interval
    replaced_by: str


class Placing(NamedTuple):
    """Where an employment counts on a day, and how it came there.

    `chain`: the codes asked for, from the employment's own along those that took over; the last of
    them is `unit`, unless nothing took over and it is the root that counts. None: nobody is
    anywhere, for the organisation has not begun.
    """

    unit: str | None
    chain: tuple[str, ...]


class OrganisationDay:
    """The tree of units on one day, and where employments count on it."""

    def __init__(self, units: dict[str, UnitRow], successors: dict[str, str]) -> None:
        """`successors`: for units ended before the day, the unit that took over."""
        self.units = units
        self._successors = successors
        roots = [unit.code for unit in units.values() if not unit.parent]
        self.root: str | None = roots[0] if roots else None
        self._children: dict[str, list[str]] = defaultdict(list)
        for unit in units.values():
            self._children[unit.parent].append(unit.code)
        self._paths: dict[str, tuple[str, ...]] = {}

    def children(self, code: str) -> list[str]:
        """Codes of the units directly below, by name."""
        return sorted(
            self._children.get(code, []), key=lambda child: swedish(self.units[child].name)
        )

    def path(self, code: str) -> tuple[str, ...]:
        """The unit and every unit above it, the unit first and the root last."""
        known = self._paths.get(code)
        if known is None:
            codes: list[str] = []
            here = code
            while here in self.units and here not in codes:
                codes.append(here)
                here = self.units[here].parent
            known = self._paths[code] = tuple(codes)
        return known

    def subtree(self, code: str) -> set[str]:
        """The unit and all units below it; empty when it is not in force."""
        if code not in self.units:
            return set()
        found, waiting = {code}, [code]
        while waiting:
            for child in self._children.get(waiting.pop(), []):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return found

    def place(self, unit_code: str) -> str | None:
        """The unit where an employment in `unit_code` counts; None before the first day.

        The unit itself, else the unit that took over after it ended, along the chain; else the
        root: an employment in a unit nobody knows counts in the city only.
        """
        return self.placing(unit_code).unit

    def placing(self, unit_code: str) -> Placing:
        """The same, and how it was found."""
        chain = [unit_code]
        if self.root is None:
            return Placing(None, (unit_code,))
        while chain[-1] not in self.units:
            code = self._successors.get(chain[-1], "")
            if not code or code in chain:
                return Placing(self.root, tuple(chain))
            chain.append(code)
        return Placing(chain[-1], tuple(chain))

    def counting_in(self, units: Collection[str]) -> frozenset[str] | None:
        """The codes whose employments count in these units, which come with all below them.

        None where the root is among them: there every code counts, also one nobody knows.
        """
        if self.root is None:
            return frozenset()
        if self.root in units:
            return None
        ended = {code for code in self._successors if code not in self.units}
        return frozenset(units).union(code for code in ended if self.place(code) in units)


class OrganisationHistory:
    """The organisation over all days, as known at one batch."""

    def __init__(self, periods: Iterable[UnitPeriod]) -> None:
        self._periods = sorted(periods, key=lambda period: (period.code, period.interval.start))
        ends = {edge for period in self._periods for edge in period.interval}
        self._edges = sorted(ends - {FOREVER})
        self._days: dict[int, OrganisationDay] = {}

    @cached_property
    def _last_rows(self) -> dict[str, UnitPeriod]:
        return {period.code: period for period in self._periods}

    @property
    def periods(self) -> list[UnitPeriod]:
        """Every row, by code and first day."""
        return self._periods

    def knows(self, code: str) -> bool:
        """Whether the unit stands in the organisation on any day."""
        return code in self._last_rows

    def has_begun(self, code: str, day: date) -> bool:
        """Whether the unit was in force on the day or some day before."""
        return any(row.interval.start <= day for row in self._rows.get(code, ()))

    def eras(self) -> list[Interval]:
        """The stretches of days between changes, in order, from the organisation's first day."""
        edges = [*self._edges, FOREVER]
        return [Interval(*pair) for pair in pairwise(edges)]

    @cached_property
    def _rows(self) -> dict[str, list[UnitPeriod]]:
        rows: dict[str, list[UnitPeriod]] = defaultdict(list)
        for period in self._periods:
            rows[period.code].append(period)
        return dict(rows)

    @cached_property
    def _roots(self) -> list[UnitPeriod]:
        return [period for period in self._periods if not period.parent]

    def periods_of(self, code: str) -> list[UnitPeriod]:
        """What the unit has been and is to be, in order; empty for one nobody knows."""
        return self._rows.get(code, [])

    def row_on(self, code: str, day: date) -> UnitPeriod | None:
        """What the unit is on the day; None when it is not in force."""
        rows = self._rows.get(code, ())
        return next((row for row in reversed(rows) if row.interval.covers(day)), None)

    def standing(self, unit_code: str, day: date) -> tuple[UnitPeriod, ...]:
        """Where an employment in `unit_code` counts on the day, with every unit above, it first.

        Nothing before the organisation's first day. As `on(day)` has it, without making the tree.
        """
        here = self._placed_on(unit_code, day)
        found: list[UnitPeriod] = []
        while here is not None and here not in found:
            found.append(here)
            here = self.row_on(here.parent, day) if here.parent else None
        return tuple(found)

    def _placed_on(self, unit_code: str, day: date) -> UnitPeriod | None:
        root = next((row for row in self._roots if row.interval.covers(day)), None)
        seen, code = {unit_code}, unit_code
        while root is not None:
            row = self.row_on(code, day)
            if row is not None:
                return row
            last = self._last_rows.get(code)
            code = last.replaced_by if last is not None and last.interval.end <= day else ""
            if not code or code in seen:
                break
            seen.add(code)
        return root

    def on(self, day: date) -> OrganisationDay:
        """The tree on `day`; without units before the organisation's first day."""
        era = bisect_right(self._edges, day) - 1
        if era not in self._days:
            self._days[era] = self._build(self._edges[era]) if era >= 0 else OrganisationDay({}, {})
        return self._days[era]

    def _build(self, day: date) -> OrganisationDay:
        units = {
            period.code: UnitRow(period.code, period.name, period.kind, period.parent)
            for period in self._periods
            if period.interval.covers(day)
        }
        successors = {
            code: last.replaced_by
            for code, last in self._last_rows.items()
            if last.replaced_by and last.interval.end <= day
        }
        return OrganisationDay(units, successors)


# An organisation of 30,000 units takes some tens of MB.
_histories = Remembered(2)


def organisation_history(batch: int | None = None) -> OrganisationHistory:
    """The organisation known after batch number `batch` (None: now).

    One query when the process remembers it, and another one when not. Within a transaction it is
    read: what is written there may be rolled back.
    """
    if connection.in_atomic_block:
        return _read_history(batch)
    (touched,) = last_touched({Unit: batch})
    history: OrganisationHistory | None = _histories.get(touched)
    if history is None:
        history = _read_history(touched.batch)
        _histories.keep(touched, history)
    return history


def forget() -> None:
    """Forget what the process remembers."""
    _histories.clear()


def _read_history(batch: int | None) -> OrganisationHistory:
    rows = Unit.objects.known_by(batch).values_list(
        "code", "name", "kind", "parent_code", "valid_from", "valid_to", "replaced_by_code"
    )
    return OrganisationHistory(
        UnitPeriod(code, name, kind, parent, Interval(start, end or FOREVER), replaced)
        for code, name, kind, parent, start, end, replaced in rows
    )


def organisation_on(day: date, batch: int | None = None) -> OrganisationDay:
    """The tree of units on `day`, as known after `batch` (None: now). As `organisation_history`."""
    return organisation_history(batch).on(day)
