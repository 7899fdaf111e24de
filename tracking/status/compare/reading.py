"""Where people stand in one state on the way from one report to the other, as the engine says."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy
import pandas
from numpy.typing import NDArray

from tracking.status.compare.moves import OUTSIDE
from tracking.status.engine import compute_near, day_of
from tracking.status.engine.computing import compute
from tracking.status.engine.ground import Ground, ground_at
from tracking.status.known import Known
from tracking.status.rules import Status

STATUSES = tuple(Status)

Numbers = NDArray[numpy.int64]


class State(NamedTuple):
    """A day, and through which batch each kind of fact is read."""

    as_of: date
    known: Known


class Scope(NamedTuple):
    """What is looked at: a unit with all below it, maybe one business area (folded), targets."""

    unit: str
    area: str | None
    targets: tuple[str, ...]


class Table(NamedTuple):
    """Everybody in the audience of a target through the scope's unit and area.

    `key`, rising: the person's primary key times the number of the scope's targets, plus the
    target's place among them. `status`: a place in STATUSES.
    """

    key: Numbers
    status: NDArray[numpy.int8]

    def at(self, keys: Numbers) -> NDArray[numpy.int8]:
        """The standing of each key; OUTSIDE for those who are not there."""
        found = numpy.full(len(keys), OUTSIDE, dtype=numpy.int8)
        if len(self.key):
            place = numpy.searchsorted(self.key, keys).clip(max=len(self.key) - 1)
            there = self.key[place] == keys
            found[there] = self.status[place[there]]
        return found


def standings(state: State, scope: Scope, people: Sequence[int], targets: Collection[str]) -> Table:
    """Where these people (rising) stand against these of the scope's targets."""
    ground = ground_at(state.as_of, state.known, targets)
    frames = compute_near(ground, state.known, people)
    wanted = _inside(ground, scope)[frames.places["unit"].to_numpy()]
    if scope.area is not None:
        areas = numpy.array([area == scope.area for area in ground.areas], dtype=bool)
        wanted &= areas[frames.places["area"].to_numpy()]
    inside = numpy.unique(_keys(ground, scope, frames.places)[wanted])
    keys = _keys(ground, scope, frames.status)
    counted = numpy.isin(keys, inside)
    keys, status = keys[counted], frames.status["status"].to_numpy()[counted]
    order = numpy.argsort(keys)
    return Table(keys[order], status[order])


class Dates(NamedTuple):
    """When each person's targets are due, and through which day what is reached is valid."""

    due_on: Mapping[tuple[int, str], date | None]
    valid_through: Mapping[tuple[int, str], date | None]


def dates(state: State, scope: Scope, people: Sequence[int]) -> Dates:
    """Of these people against the scope's targets, by person and target."""
    ground = ground_at(state.as_of, state.known, scope.targets)
    rows = compute(ground, state.known, people).status
    codes = [ground.targets[target].code for target in rows["target"]]
    keys = list(zip(map(int, rows["person"]), codes, strict=True))
    return Dates(
        dict(zip(keys, (day_of(int(day)) for day in rows["due_on"]), strict=True)),
        dict(zip(keys, (day_of(int(day)) for day in rows["valid_through"]), strict=True)),
    )


def _inside(ground: Ground, scope: Scope) -> NDArray[numpy.bool_]:
    """Whether each of the ground's units is the scope's or below it."""
    below = ground.tree.subtree(scope.unit)
    return numpy.array([unit in below for unit in ground.units], dtype=bool)


def _keys(ground: Ground, scope: Scope, rows: pandas.DataFrame) -> Numbers:
    at = {code: place for place, code in enumerate(scope.targets)}
    places = numpy.array([at[target.code] for target in ground.targets], dtype=numpy.int64)
    people: Numbers = rows["person"].to_numpy(numpy.int64)
    keys: Numbers = people * len(scope.targets) + places[rows["target"].to_numpy()]
    return keys
