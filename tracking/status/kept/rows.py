"""The engine's frames as rows of the database, many at a time."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
from pandas import DataFrame

from foundation.bulk import insert_rows
from tracking.status.engine import Frames, Ground
from tracking.status.models import ALL_AREAS, COUNTED, Generation, TargetStatus, UnitCount, area_key

STATUS_FIELDS = (
    "generation",
    "person",
    "target_code",
    "status",
    "completed_on",
    "valid_through",
    "due_on",
    "start",
    "places",
)
COUNT_FIELDS = ("generation", "unit_code", "target_code", "area", *COUNTED)


def insert_statuses(generation: Generation, ground: Ground, frames: Frames) -> int:
    """Everybody's rows of these frames; gives how many. Inside a transaction."""
    return insert_rows(TargetStatus, STATUS_FIELDS, status_rows(generation, ground, frames))


def status_rows(
    generation: Generation, ground: Ground, frames: Frames
) -> Iterator[tuple[Any, ...]]:
    """A row for each person and target, in STATUS_FIELDS' order."""
    table = frames.status.sort_values(["person", "target"], kind="stable")
    codes = np.array([target.code for target in ground.targets], dtype=object)
    columns = [
        table["person"].tolist(),
        codes[table["target"].to_numpy()].tolist(),
        table["status"].tolist(),
        *(days(table[name].to_numpy()) for name in STATUS_FIELDS[4:8]),
        _places(ground, frames.places),
    ]
    return ((generation.pk, *row) for row in zip(*columns, strict=True))


def days(ordinals: "np.ndarray[Any, Any]") -> list[str | None]:
    """Day numbers as ISO texts; 0 is no day."""
    found, at = np.unique(ordinals, return_inverse=True)
    texts = [date.fromordinal(int(day)).isoformat() if day else None for day in found]
    return list(np.array(texts, dtype=object)[at])


def _places(ground: Ground, places: DataFrame) -> list[str]:
    """For each person and target in order, the places as `moving.places_text` writes them."""
    if places.empty:
        return []
    pairs = places["unit"].to_numpy().astype(np.int64) * (len(ground.areas) + 1)
    found, at = np.unique(pairs + places["area"].to_numpy(), return_inverse=True)
    named = [_pair(ground, int(pair)) for pair in found]
    rank = np.empty(len(named), dtype=np.int64)
    rank[sorted(range(len(named)), key=named.__getitem__)] = np.arange(len(named))
    person, target = places["person"].to_numpy(), places["target"].to_numpy()
    order = np.lexsort((rank[at], target, person))
    person, target, at = person[order], target[order], at[order]
    fresh = np.flatnonzero((np.diff(person) != 0) | (np.diff(target) != 0)) + 1
    starts = np.concatenate(([0], fresh))
    sizes = np.diff(np.concatenate((starts, [len(at)])))
    alone = np.array([json.dumps([pair], ensure_ascii=False) for pair in named], dtype=object)
    texts = alone[at[starts]]
    for group in np.flatnonzero(sizes > 1):
        begin = starts[group]
        held = [named[one] for one in at[begin : begin + sizes[group]]]
        texts[group] = json.dumps(held, ensure_ascii=False)
    return list(texts)


def _pair(ground: Ground, pair: int) -> tuple[str, str]:
    unit, area = divmod(pair, len(ground.areas) + 1)
    return ground.units[unit], ground.areas[area]


def insert_counts(generation: Generation, ground: Ground, counted: DataFrame) -> int:
    """A row for each unit, target and area; gives how many. Inside a transaction."""
    return insert_rows(UnitCount, COUNT_FIELDS, count_rows(generation, ground, counted))


def count_rows(
    generation: Generation, ground: Ground, counted: DataFrame
) -> Iterator[tuple[Any, ...]]:
    """The engine's counts in COUNT_FIELDS' order."""
    for (unit, target, area), numbers in named_counts(ground, counted):
        yield (generation.pk, unit, target, area, *numbers)


def named_counts(
    ground: Ground, counted: DataFrame
) -> Iterator[tuple[tuple[str, str, str], list[int]]]:
    """The engine's counts by unit, target and area key as they are kept."""
    keys = [ALL_AREAS if area is None else area_key(area) for area in (None, *ground.areas)]
    codes = [target.code for target in ground.targets]
    numbers = counted.iloc[:, 3:].to_numpy().tolist()
    where = zip(
        counted["unit"].tolist(),
        counted["target"].tolist(),
        counted["area"].tolist(),
        numbers,
        strict=True,
    )
    for unit, target, area, row in where:
        yield (ground.units[unit], codes[target], keys[area + 1]), row
