"""How a day comes out as far as it is known on another: the status engine's own counts of it.

The engine is asked for the deadline's day with what is known now. So validity that ends before
it, employments, leaves and exemptions that end or begin, and a reorganisation that is decided are
counted by the one definition of status, and nothing is guessed.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from foundation.facts import batch_at
from tracking.forecast.keeping import end_of
from tracking.status.engine import compute, count, ground_at, partitions
from tracking.status.kept.rows import named_counts
from tracking.status.known import Known
from tracking.status.models import ALL_AREAS, NUMBERS
from tracking.status.rules import Status


class Standing(NamedTuple):
    """Of a unit's audience on a day: those who count, and are done."""

    base: int
    done: int


Standings = dict[tuple[str, str], Standing]  # by unit and target


class Counting:
    """Counts of days as known on evenings; remembers those it has made.

    Evenings between which nothing became known are one and the same.
    """

    def __init__(self, units: Collection[str]) -> None:
        """`units`: those that are wanted."""
        self.counted = 0  # days counted, for whoever measures
        self._units = frozenset(units)
        self._made: dict[tuple[date, int, frozenset[str]], Standings] = {}
        self._batches: dict[date, int] = {}

    def of(self, as_of: date, known_on: date, targets: frozenset[str]) -> Standings:
        """`as_of` as known on the evening of `known_on`; `targets`: only these."""
        if known_on not in self._batches:
            self._batches[known_on] = batch_at(end_of(known_on)) or 0
        key = as_of, self._batches[known_on], targets
        if key not in self._made:
            self._made[key] = self._count(*key)
            self.counted += 1
        return self._made[key]

    def _count(self, as_of: date, batch: int, targets: frozenset[str]) -> Standings:
        known = Known.through(batch)
        ground = ground_at(as_of, known, targets)
        found: Standings = {}
        for part in partitions(known) if ground.targets else ():
            frames = compute(ground, known, part)
            for (unit, target, area), numbers in named_counts(ground, count(ground, frames)):
                if area != ALL_AREAS or unit not in self._units:
                    continue
                base = sum(numbers) - numbers[NUMBERS[Status.EXEMPT]]
                before = found.get((unit, target), Standing(0, 0))
                done = before.done + numbers[NUMBERS[Status.DONE]]
                found[unit, target] = Standing(before.base + base, done)
        return found
