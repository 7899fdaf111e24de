"""What everybody's status on a day stands on: the organisation, and the targets in force.

Both are the same for all people and change seldom, so a process remembers them
(`foundation.remembered`).
"""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property
from threading import Lock

import numpy as np

from foundation.remembered import Remembered, Touched, last_touched
from tracking.organisation import queries
from tracking.organisation.models import Unit
from tracking.organisation.queries import OrganisationDay, OrganisationHistory, organisation_history
from tracking.status.audience import AudienceDays
from tracking.status.engine.audience import Audiences
from tracking.status.engine.days import Numbers
from tracking.status.engine.units import NOWHERE, Rows, unit_runs
from tracking.status.known import Known
from tracking.status.rules import TargetRow
from tracking.status.target_rows import target_rows
from tracking.targets.expressions import folded
from tracking.targets.models import Target


class Texts:
    """Texts by number, in the order in which they were first met: a number never changes."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}
        self._lock = Lock()

    def numbers(self, written: Collection[str]) -> Numbers:
        """The number of each text, folded; new ones are added."""
        with self._lock:
            return np.array([self._number(folded(text)) for text in written], dtype=np.int64)

    def _number(self, text: str) -> int:
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number


class Above:
    """Every unit above each unit, itself first, as one list cut into pieces."""

    def __init__(self, units: list[str], tree: OrganisationDay) -> None:
        number = {code: at for at, code in enumerate(units)}
        paths = [[number[code] for code in tree.path(unit)] for unit in units]
        self._units = np.array([unit for path in paths for unit in path], dtype=np.int64)
        self._length = np.array([len(path) for path in paths], dtype=np.int64)
        self._first = np.cumsum(self._length) - self._length

    def spread(self, unit: Numbers) -> tuple[Numbers, Numbers]:
        """A row for each unit above each of these: the number it has here, and that unit."""
        count = self._length[unit]
        row = np.repeat(np.arange(len(unit)), count)
        step = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        return row, self._units[self._first[unit[row]] + step]


class Organisation:
    """The organisation over all days, as known at one batch: as rows, and as columns."""

    def __init__(self, history: OrganisationHistory) -> None:
        self.history = history
        self.rows = Rows(history.periods)
        self.number = {code: at for at, code in enumerate(self.rows.codes)}


class Ground:
    """Organisation and targets on a day, as known, and what the engine worked out from both.

    Nothing in it changes but `areas`, which grows as business areas are met in the facts: the
    number of one stays.
    """

    def __init__(self, as_of: date, organisation: Organisation, targets: list[TargetRow]) -> None:
        self.as_of = as_of
        self.day = as_of.toordinal()
        self.tree: OrganisationDay = organisation.history.on(as_of)
        self.targets = targets
        # The plain reading's answers of the same ground, which it remembers by post.
        self.audience_days = AudienceDays(organisation.history)
        self.units: list[str] = list(self.tree.units)
        self._area_texts = Texts()
        self.unit_number = organisation.number  # by code, of any day
        self.audiences = Audiences(targets)
        self.runs = unit_runs(organisation.rows, self.day, self.audiences.unit_atoms)
        at = {code: number for number, code in enumerate(self.units)}
        index = np.array([at.get(code, NOWHERE) for code in [*organisation.rows.codes, ""]])
        # By number of a code, and last for an unknown one: where it counts, by index in `units`.
        self.placed: Numbers = np.where(
            self.runs.placed < 0, NOWHERE, index[np.maximum(self.runs.placed, 0)]
        )

    @cached_property
    def above(self) -> Above:
        """The units above each unit of the day."""
        return Above(self.units, self.tree)

    @property
    def areas(self) -> list[str]:
        """Business areas, folded."""
        return self._area_texts.texts

    def area_numbers(self, written: Collection[str]) -> Numbers:
        """The index in `areas` of each business area, as written."""
        return self._area_texts.numbers(written)


# How many of each a process remembers: an organisation of 30,000 units takes some tens of MB.
_organisations = Remembered(2)
_targets = Remembered(4)
_grounds = Remembered(6)


def forget() -> None:
    """Forget what the process remembers."""
    queries.forget()
    for kept in (_organisations, _targets, _grounds):
        kept.clear()


def ground_at(as_of: date, known: Known, targets: Collection[str] | None = None) -> Ground:
    """What stands on the day; `targets`: only these codes. One query when it is remembered."""
    units, of_targets = _touched(known)
    rows = tuple(
        row
        for row in _rows_of(of_targets)
        if _holds(row, as_of) and (targets is None or row.code in targets)
    )
    key = (as_of, units, rows)
    ground: Ground | None = _grounds.get(key)
    if ground is None:
        ground = Ground(as_of, _organisation_of(units), list(rows))
        _grounds.keep(key, ground)
    return ground


def remembered(known: Known) -> tuple[OrganisationHistory, list[TargetRow]]:
    """The organisation over all days and every target, as known. One query when remembered."""
    units, of_targets = _touched(known)
    return _organisation_of(units).history, _rows_of(of_targets)


def ground_of(as_of: date, known: Known, targets: Iterable[TargetRow]) -> Ground:
    """What stands on the day with these targets, which need be no facts: a draft is tried so."""
    units, _of_targets = _touched(known)
    rows = [row for row in targets if _holds(row, as_of)]
    return Ground(as_of, _organisation_of(units), rows)


def _holds(row: TargetRow, on: date) -> bool:
    """Whether the target is in force on the day; one without any day never is."""
    return row.in_force.covers(on) and row.in_force.start < row.in_force.end


def _organisation_of(touched: Touched) -> Organisation:
    organisation: Organisation | None = _organisations.get(touched)
    if organisation is None:
        organisation = Organisation(organisation_history(touched.batch))
        _organisations.keep(touched, organisation)
    return organisation


def _rows_of(touched: Touched) -> list[TargetRow]:
    rows: list[TargetRow] | None = _targets.get(touched)
    if rows is None:
        rows = target_rows(touched.batch)
        _targets.keep(touched, rows)
    return rows


def _touched(known: Known) -> tuple[Touched, Touched]:
    """Which batches last touched units and targets, as known. One query."""
    units, targets = last_touched({Unit: known.units, Target: known.targets})
    return units, targets
