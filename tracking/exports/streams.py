"""The tables that leave by command, in their order and a few people at a time: flat memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from django.db.models.functions import Collate

from foundation.bulk import chunks
from foundation.formats import Cell, Said, cell_text
from tracking.organisation.models import Person
from tracking.status.engine import (
    Frames,
    Ground,
    compute,
    compute_near,
    count,
    ground_at,
    partitions,
)
from tracking.status.kept.counts import Counts
from tracking.status.kept.rows import days, named_counts
from tracking.status.known import Known
from tracking.status.models import ALL_AREAS, BY_NUMBER, COUNTED
from tracking.status.results import UnitSummary
from tracking.status.rules import Status

PEOPLE_AT_ONCE = 5_000
DAYS = ("completed_on", "valid_through", "due_on", "start")


@dataclass(slots=True)
class StatusStream:
    """Everybody's status on a stand. Read `rows` to the end; then `named` and `hidden` are known.

    People with protected identity count in every figure but stand in no export (STATUS.md 6).
    """

    ground: Ground
    known: Known
    unit: str | None = None
    named: set[int] = field(default_factory=set)  # keys of those whom the rows name
    hidden: int = 0

    def rows(self, *, said: bool = False) -> Iterator[tuple[Cell, ...]]:
        """person_id, target, status and four days, ordered by the first two.

        `said`: as text files say them, days as well.
        """
        inside = None if self.unit is None else self.ground.tree.subtree(self.unit)
        by_code = np.argsort([target.code for target in self.ground.targets])
        rank = np.argsort(by_code)
        for people in chunks(_people(), PEOPLE_AT_ONCE):
            keys = {int(pk): (cell_text(key), hidden) for pk, key, hidden in people}  # type: ignore[arg-type]
            frames = compute_near(self.ground, self.known, sorted(keys))
            yield from self._rows(_inside(self.ground, frames, inside), keys, rank, said=said)

    def _rows(
        self, frames: Frames, keys: dict[int, tuple[str, Any]], rank: Any, *, said: bool
    ) -> Iterator[tuple[Cell, ...]]:
        table = frames.status[frames.status["person"].isin(keys)]
        place = {pk: at for at, pk in enumerate(keys)}
        person = table["person"].to_numpy()
        order = np.lexsort((rank[table["target"].to_numpy()], table["person"].map(place)))
        codes = [cell_text(target.code) for target in self.ground.targets]
        columns = [
            person[order].tolist(),
            table["target"].to_numpy()[order].tolist(),
            table["status"].to_numpy()[order].tolist(),
            *((days if said else _dates)(table[name].to_numpy()[order]) for name in DAYS),
        ]
        hidden = {pk for pk in set(columns[0]) if keys[pk][1]}
        self.hidden += len(hidden)
        self.named.update(set(columns[0]) - hidden)
        kind: type[tuple[Cell, ...]] = Said if said else tuple
        statuses = [status.value for status in BY_NUMBER]
        for pk, target, status, *dates in zip(*columns, strict=True):
            if pk not in hidden:
                yield kind((keys[pk][0], codes[target], statuses[status], *dates))


def status_stream(
    *, as_of: date, batch: int | None, unit: str | None = None, targets: list[str] | None = None
) -> StatusStream:
    """The status of everybody on the day, known through the batch (None: now)."""
    known = Known.through(batch)
    return StatusStream(ground_at(as_of, known, targets), known, unit)


def unit_summaries(
    *, as_of: date, batch: int | None, unit: str | None = None, targets: list[str] | None = None
) -> Iterator[UnitSummary]:
    """Counts of every unit and target on the day, by their codes; `unit`: it and all below it."""
    known = Known.through(batch)
    ground = ground_at(as_of, known, targets)
    wanted = None if unit is None else ground.tree.subtree(unit)
    sums: Counts = {}
    for part in partitions(known):
        for where, numbers in named_counts(ground, count(ground, compute(ground, known, part))):
            if where[2] == ALL_AREAS and (wanted is None or where[0] in wanted):
                row = sums.setdefault(where, [0] * len(COUNTED))
                row[:] = map(sum, zip(row, numbers, strict=True))
    shares = {target.code: target.share for target in ground.targets}
    for (code, target, _area), numbers in sorted(sums.items()):
        yield UnitSummary(code, target, shares[target], dict(zip(Status, numbers, strict=True)))


def _people() -> Iterator[tuple[Any, ...]]:
    """Key, HR's key and whether protected, by HR's key in the order of code points."""
    order = Collate("person_id", "C" if connection.vendor == "postgresql" else "BINARY")
    rows = Person.objects.order_by(order).values_list("pk", "person_id", "protected")
    return rows.iterator(chunk_size=PEOPLE_AT_ONCE)


def _inside(ground: Ground, frames: Frames, inside: set[str] | None) -> Frames:
    """Only what is so through an employment inside."""
    if inside is None:
        return frames
    numbers = [at for at, code in enumerate(ground.units) if code in inside]
    held = frames.places[frames.places["unit"].isin(numbers)]
    wanted = held[["person", "target"]].drop_duplicates()
    return Frames(frames.status.merge(wanted, on=["person", "target"]), held)


def _dates(ordinals: Any) -> list[date | None]:
    """Day numbers as dates; 0 is no day."""
    found, at = np.unique(ordinals, return_inverse=True)
    days = np.array([date.fromordinal(int(day)) if day else None for day in found], dtype=object)
    return list(days[at])
