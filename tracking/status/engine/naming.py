"""The engine's frames as results by name, for whoever asks about people one by one."""

from collections.abc import Iterator

import numpy as np

from tracking.status.audience import Place
from tracking.status.engine.computing import Frames
from tracking.status.engine.days import day_of
from tracking.status.engine.ground import Ground
from tracking.status.results import TargetResult
from tracking.status.rules import Status

DAYS = ["completed_on", "valid_through", "due_on", "start"]
BY_NUMBER = list(Status)


def results(ground: Ground, frames: Frames) -> Iterator[TargetResult]:
    """A result for each row of the status, by person and then target."""
    table = frames.status.sort_values(["person", "target"], kind="stable")
    found, at = np.unique(table[DAYS].to_numpy(), return_inverse=True)
    named = np.array([day_of(int(number)) for number in found], dtype=object)
    days = named[at.reshape(len(table), len(DAYS))]
    codes = [target.code for target in ground.targets]
    for person, target, status, places, (completed, through, due, start) in zip(
        table["person"].tolist(),
        table["target"].tolist(),
        table["status"].tolist(),
        _places(ground, frames),
        days.tolist(),
        strict=True,
    ):
        yield TargetResult(
            person=person,
            target=codes[target],
            status=BY_NUMBER[status],
            completed_on=completed,
            valid_through=through,
            due_on=due,
            start=start,
            places=places,
        )


def _places(ground: Ground, frames: Frames) -> Iterator[frozenset[Place]]:
    """Where each row of the status counts, in the same order; the same set for the same places."""
    places = frames.places.sort_values(["person", "target"], kind="stable")
    if places.empty:
        return
    areas = len(ground.areas)
    pair = places["unit"].to_numpy(np.int64) * areas + places["area"].to_numpy(np.int64)
    person, target = places["person"].to_numpy(), places["target"].to_numpy()
    first = np.flatnonzero(np.diff(person, prepend=-1) | np.diff(target, prepend=-1))
    known: dict[tuple[int, ...], frozenset[Place]] = {}
    pairs, begins = pair.tolist(), first.tolist()
    for begin, end in zip(begins, [*begins[1:], len(pairs)], strict=True):
        key = tuple(pairs[begin:end])
        if key not in known:
            known[key] = frozenset(
                Place(ground.units[one // areas], ground.areas[one % areas]) for one in key
            )
        yield known[key]
