"""Who is counted in each cell of a publication, by person: what the rule decides on."""

from collections import defaultdict
from datetime import date

import numpy as np
import pandas as pd

from foundation.jobs.progress import UNWATCHED, Steps
from tracking.organisation.models import UnitKind
from tracking.publication.rule import Crowd, Place, Way
from tracking.scorecards.committees import Committee, committees_on
from tracking.status.engine import Frames, Ground, compute, ground_at, partitions
from tracking.status.known import Known
from tracking.status.models import BY_NUMBER
from tracking.status.rules import Status, TargetRow

COMMITTEES = (UnitKind.COMMITTEE, UnitKind.DISTRICT_COMMITTEE)
OUTSIDE = ""  # in the city, in no committee: companies, and what hangs nowhere


class Counted:
    """The crowds of a day as known through a batch, with what names them."""

    def __init__(self, as_of: date, batch: int | None, steps: Steps = UNWATCHED) -> None:
        known = Known.through(batch or 0)  # None: before the first, nothing
        self._ground: Ground = ground_at(as_of, known)
        tree = self._ground.tree
        self.city = tree.root or ""
        self.city_name = tree.units[self.city].name if self.city else ""
        self.committees: list[Committee] = [
            one for one in committees_on(tree) if one.kind in COMMITTEES
        ]
        self.targets: dict[str, TargetRow] = {one.code: one for one in self._ground.targets}
        self.ways = {code: way_of(target) for code, target in self.targets.items()}
        self.crowds = self._crowds(known, steps)

    def _crowds(self, known: Known, steps: Steps) -> dict[Place, Crowd]:
        audience: dict[Place, set[int]] = defaultdict(set)
        base: dict[Place, set[int]] = defaultdict(set)
        done: dict[Place, int] = defaultdict(int)
        for people in steps.each(partitions(known), "…"):
            for place, person, status in self._rows(compute(self._ground, known, people)):
                audience[place].add(person)
                if status is not Status.EXEMPT:
                    base[place].add(person)
                done[place] += status is Status.DONE
        units = [self.city, OUTSIDE, *(one.code for one in self.committees)]
        return {
            place: Crowd(frozenset(audience[place]), frozenset(base[place]), done[place])
            for place in (Place(unit, target) for unit in units for target in self.targets)
        }

    def _rows(self, frames: Frames) -> "zip[tuple[Place, int, Status]]":
        """Each person once in each cell: the city's, and that of each committee of theirs."""
        inside = frames.places[["person", "target"]].assign(
            cell=self._committee_of_unit[frames.places["unit"].to_numpy()]
        )
        whole = frames.status[["person", "target"]].assign(cell=len(self.committees) + 1)
        cells = pd.concat([inside.drop_duplicates(), whole])
        found = cells.merge(frames.status[["person", "target", "status"]], on=["person", "target"])
        units = [OUTSIDE, *(one.code for one in self.committees), self.city]
        targets = [one.code for one in self._ground.targets]
        places = [
            Place(units[cell], targets[target])
            for cell, target in zip(found["cell"].tolist(), found["target"].tolist(), strict=True)
        ]
        statuses = [BY_NUMBER[number] for number in found["status"].tolist()]
        return zip(places, found["person"].tolist(), statuses, strict=True)

    @property
    def _committee_of_unit(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """For each unit of the ground, the number of its committee; 0: in none."""
        number = {one.code: at for at, one in enumerate(self.committees, start=1)}
        tree = self._ground.tree
        return np.array(
            [
                next((number[above] for above in tree.path(unit) if above in number), 0)
                for unit in self._ground.units
            ],
            dtype=np.int64,
        )


def way_of(target: TargetRow) -> Way:
    """What it takes to have reached the target."""
    return Way(tuple(frozenset(way) for way in target.courses), target.validity_months)
