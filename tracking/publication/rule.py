"""The rule of a publication: which cells are withheld, and how the others are said (STATUS.md 6).

What is withheld follows from who is counted where, never from how they have done: a cell that was
withheld for what it says would say it by being withheld (docs/adr on what figures leave).
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

LEAST_BASE = 20
STEP = 5
WITHHELD = ".."
NOBODY = ""  # the target applies to nobody there


class Place(NamedTuple):
    """Where a cell stands: a unit's code and a target's. The city's own unit is one of them, and
    so is what lies in the city outside every committee, which is never shown.
    """

    unit: str
    target: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of a cell: those the target applies to, those who count, and how many are done."""

    audience: frozenset[Hashable]
    base: frozenset[Hashable]
    done: int

    @property
    def is_small(self) -> bool:
        """Whether they are so few that nothing may be said of them."""
        return bool(self.audience) and len(self.base) < LEAST_BASE


class Way(NamedTuple):
    """What it takes to have reached a target: ways of courses, and how long they hold."""

    courses: tuple[frozenset[str], ...]
    months: int | None

    def gives(self, other: "Way") -> bool:
        """Whether whoever is done with this target is done with the other as well, always."""
        lasts = other.months is None or (self.months is not None and self.months <= other.months)
        return lasts and all(any(less <= way for less in other.courses) for way in self.courses)


def said(crowds: Mapping[Place, Crowd], ways: Mapping[str, Way]) -> dict[Place, str]:
    """What is published of each cell: a band, `..`, or nothing where the target is nobody's."""
    withheld = withheld_places(crowds, ways)
    return {
        place: WITHHELD
        if place in withheld
        else band(crowd.done, len(crowd.base))
        if crowd.audience
        else NOBODY
        for place, crowd in crowds.items()
    }


def withheld_places(crowds: Mapping[Place, Crowd], ways: Mapping[str, Way]) -> set[Place]:
    """Cells of fewer than 20, and those that tell of one: the city's where any committee is
    withheld, and any other that counts everybody of a small one for a target that gives its.
    """
    small = {place: crowd for place, crowd in crowds.items() if crowd.is_small}
    withheld = set(small)
    for place, crowd in crowds.items():
        if place not in withheld and _tells(place, crowd, small, ways):
            withheld.add(place)
    return withheld


def _tells(
    place: Place, crowd: Crowd, small: Mapping[Place, Crowd], ways: Mapping[str, Way]
) -> bool:
    return any(
        ways[place.target].gives(ways[other.target]) and _holds(crowd, few)
        for other, few in small.items()
    )


def _holds(crowd: Crowd, few: Crowd) -> bool:
    """Whether the crowd holds all of the few: then it may give them away."""
    return few.audience <= crowd.audience or (bool(few.base) and few.base <= crowd.base)


def band(done: int, base: int) -> str:
    """The share in words: five percentage points wide, rounded down first; 100 means all."""
    share = done * 100 // base
    if share == 100:
        return "100 %"
    low = share // STEP * STEP
    return f"{low}–{low + STEP - 1} %"


def bands() -> Collection[str]:
    """Every band there is, from the lowest."""
    return (*(band(low, 100) for low in range(0, 100, STEP)), "100 %")
