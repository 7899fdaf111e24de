"""Counts per unit, each with all below it, × target × business area: people once in each.

Most people have one place in an audience: they are counted where they are, and the counts carried
up the tree. Those with several places are spread over every unit above each of them first, so
that whoever meets themself on the way up is counted once.
"""

import numpy as np
import pandas as pd

from tracking.status.engine.computing import Frames
from tracking.status.engine.days import Numbers
from tracking.status.engine.ground import Ground
from tracking.status.rules import Status

ALL_AREAS = -1
STATUSES = [status.value for status in Status]


def count(ground: Ground, frames: Frames) -> pd.DataFrame:
    """`unit`, `target`, `area` (indexes; area -1: whatever the area), and people by status.

    Rows where nobody counts are left out; by unit, target and area. Counts of partitions add up.
    """
    target, unit, area, who, status = _placed(frames)
    cells = _Cells(len(ground.targets), len(ground.areas))
    alone = np.bincount(who, minlength=len(frames.status))[who] == 1
    for wanted in (area, np.full(len(area), ALL_AREAS)):
        here = cells.of(unit, target, wanted, status)
        kept, people = np.unique(here[alone], return_counts=True)
        row, above = ground.above.spread(cells.unit(kept))
        cells.add(cells.moved(kept[row], above), people[row])
        several = np.flatnonzero(~alone)
        row, above = ground.above.spread(unit[several])
        rows = len(frames.status)
        once = np.unique(cells.moved(here[several[row]], above) * rows + who[several[row]]) // rows
        cells.add(once, np.ones(len(once), dtype=np.int64))
    return cells.frame()


def _placed(frames: Frames) -> tuple[Numbers, ...]:
    """By place: target, unit, area, row of the status, and the status."""
    places, status = frames.places, frames.status
    person, target = places["person"].to_numpy(), places["target"].to_numpy(np.int64)
    beyond = int(status["person"].max()) + 1 if len(status) else 1
    keys = status["target"].to_numpy(np.int64) * beyond + status["person"].to_numpy()
    who = np.searchsorted(keys, target * beyond + person)
    found = status["status"].to_numpy(np.int64)[who]
    return target, places["unit"].to_numpy(np.int64), places["area"].to_numpy(np.int64), who, found


class _Cells:
    """People by unit, target, area and status, each such cell a number."""

    def __init__(self, targets: int, areas: int) -> None:
        self._per_target = (areas + 1) * len(STATUSES)
        self._per_unit = max(targets, 1) * self._per_target
        self._cells: list[Numbers] = [np.zeros(0, dtype=np.int64)]
        self._people: list[Numbers] = [np.zeros(0, dtype=np.int64)]

    def of(self, unit: Numbers, target: Numbers, area: Numbers, status: Numbers) -> Numbers:
        """The cell of each row."""
        within = (area + 1) * len(STATUSES) + status
        return unit * self._per_unit + target * self._per_target + within

    def unit(self, cell: Numbers) -> Numbers:
        """The unit of each cell."""
        return cell // self._per_unit

    def moved(self, cell: Numbers, unit: Numbers) -> Numbers:
        """The same cells of these units."""
        return cell % self._per_unit + unit * self._per_unit

    def add(self, cell: Numbers, people: Numbers) -> None:
        """So many people more in each cell; one may come several times."""
        self._cells.append(cell)
        self._people.append(people)

    def frame(self) -> pd.DataFrame:
        """A row for each unit, target and area, a column for each status."""
        cell, which = np.unique(np.concatenate(self._cells), return_inverse=True)
        people = np.bincount(which, np.concatenate(self._people), len(cell)).astype(np.int64)
        row, at = np.unique(cell // len(STATUSES), return_inverse=True)
        table = np.zeros((len(row), len(STATUSES)), dtype=np.int64)
        table[at, cell % len(STATUSES)] = people
        within = row * len(STATUSES) % self._per_unit
        keys = {
            "unit": self.unit(row * len(STATUSES)),
            "target": within // self._per_target,
            "area": within % self._per_target // len(STATUSES) - 1,
        }
        counts = {name: table[:, number] for number, name in enumerate(STATUSES)}
        return pd.DataFrame({**keys, **counts}, copy=False)
