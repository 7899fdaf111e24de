"""What would come of a target before it is published: who comes in, who falls out, which share.

The same engine as every figure, over a target that is no fact yet beside the one that is: what is
tried here is what the reports say once it has been published.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext

from foundation.jobs.progress import UNWATCHED, Steps
from tracking.organisation.queries import OrganisationDay
from tracking.status.engine import (
    ALL_AREAS,
    Frames,
    Ground,
    compute,
    count,
    ground_of,
    partitions,
)
from tracking.status.engine.days import Numbers
from tracking.status.known import Known
from tracking.status.queries import UnitSummary
from tracking.status.rules import Status, TargetRow


@dataclass(slots=True)
class Side:
    """A target in some units: people by status, and who is in its audience there."""

    counts: dict[str, UnitSummary] = field(default_factory=dict)
    people: dict[str, set[int]] = field(default_factory=dict)

    def of(self, unit: str) -> set[int]:
        """Keys of the people in the audience through the unit or below it."""
        return self.people.get(unit, set())


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft beside the target as it is known, on one day, in the same units."""

    as_of: date
    tree: OrganisationDay
    units: Sequence[str]
    before: Side
    after: Side

    def came(self, unit: str) -> set[int]:
        """People who would be in the audience there, and are not."""
        return self.after.of(unit) - self.before.of(unit)

    def left(self, unit: str) -> set[int]:
        """People who are in the audience there, and would not be."""
        return self.before.of(unit) - self.after.of(unit)


def day_of(draft: TargetRow, today: date) -> date:
    """The day to try a draft on: today, or the nearest day on which it is to hold."""
    if draft.valid_from and today < draft.valid_from:
        return draft.valid_from
    if draft.valid_to and draft.valid_to <= today:
        return draft.valid_to - timedelta(days=1)
    return today


def trial(
    *,
    draft: TargetRow,
    present: TargetRow | None,
    as_of: date,
    units: Sequence[str],
    tree: OrganisationDay,
    known: Known | None = None,
    steps: Steps = UNWATCHED,
) -> Trial:
    """The draft, and the target as it is (None: there is none), in these units on the day.

    A few queries for every ten thousand people. `tree`: the organisation of the day.
    """
    known = Known.through(None) if known is None else known
    sides = [(Side(), ground_of(as_of, known, [row] if row else [])) for row in (present, draft)]
    people = partitions(known)
    for some in steps.each(people, gettext("Working out what would change"), len(people)):
        for side, ground in sides:
            if ground.targets:
                _add(side, ground, compute(ground, known, some), units)
    return Trial(as_of, tree, units, sides[0][0], sides[1][0])


def _add(side: Side, ground: Ground, frames: Frames, units: Iterable[str]) -> None:
    number = {code: at for at, code in enumerate(ground.units)}
    wanted = {number[code]: code for code in units if code in number}
    _add_counts(side, ground, frames, wanted)
    _add_people(side, ground, frames, wanted)


def _add_counts(side: Side, ground: Ground, frames: Frames, wanted: dict[int, str]) -> None:
    [target] = ground.targets
    table = count(ground, frames)
    mine = table[(table["area"] == ALL_AREAS) & table["unit"].isin(list(wanted))]
    for row in mine.to_dict("records"):
        unit = wanted[int(row["unit"])]
        if unit not in side.counts:
            side.counts[unit] = UnitSummary(unit, target.code, target.share)
        for status in Status:
            side.counts[unit].counts[status] += int(row[status.value])


def _add_people(side: Side, ground: Ground, frames: Frames, wanted: dict[int, str]) -> None:
    person, unit = _pairs(ground, frames.places)
    for at, code in wanted.items():
        side.people.setdefault(code, set()).update(person[unit == at].tolist())


def _pairs(ground: Ground, places: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """Everybody with every unit they are in, those above included."""
    row, above = ground.above.spread(places["unit"].to_numpy(np.int64))
    person: Any = places["person"].to_numpy(np.int64)
    return person[row], above
