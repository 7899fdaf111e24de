"""Small cities as a publication sees them, and what an attacker makes of what is published.

A city is groups of people: whoever is counted in the same committees for the same targets and has
done the same ones is alike. An attacker knows the rule and what was published, not the groups.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, product

from tracking.publication.rule import LEAST_BASE, WITHHELD, Crowd, Place, Way, band, said

CITY, REST = "STAD", ""
Publication = Mapping[Place, str]
Cells = tuple[tuple[int, int], ...]
# People that come beside one who stands otherwise, of each kind.
MORE = 25
# Bases and counts of people who are in one withheld cell only.
FEW = [(base, done) for base in (0, 1, 4, 11, 19) for done in {0, base // 2, base}]
Rule = Callable[[Mapping[Place, Crowd], Mapping[str, Way]], Publication]


@dataclass(frozen=True)
class Group:
    """`people` who work in `units` (none: in the city, outside every committee), to whom `targets`
    apply; `done` and `exempt` say which of those.
    """

    people: int
    units: frozenset[str]
    targets: frozenset[str]
    done: frozenset[str] = frozenset()
    exempt: frozenset[str] = frozenset()


@dataclass(frozen=True)
class World:
    """A city in one period."""

    committees: tuple[str, ...]
    ways: Mapping[str, Way]
    groups: tuple[Group, ...]

    def crowds(self) -> dict[Place, Crowd]:
        """Everybody by cell, the city's and what is outside the committees with them."""
        cells: dict[Place, tuple[set[tuple[int, int]], set[tuple[int, int]], list[int]]] = {
            Place(unit, target): (set(), set(), [0])
            for unit in (CITY, REST, *self.committees)
            for target in self.ways
        }
        for number, group in enumerate(self.groups):
            people = {(number, one) for one in range(group.people)}
            for target in group.targets:
                for unit in (CITY, *(group.units or {REST})):
                    audience, base, done = cells[Place(unit, target)]
                    audience |= people
                    if target not in group.exempt:
                        base |= people
                        done[0] += group.people if target in group.done else 0
        return {
            place: Crowd(frozenset(audience), frozenset(base), done[0])
            for place, (audience, base, done) in cells.items()
        }

    def published(self, rule: Rule = said) -> dict[Place, str]:
        """What everybody is told."""
        told = rule(self.crowds(), self.ways)
        return {place: one for place, one in told.items() if place.unit != REST}

    def with_group(self, group: Group) -> "World":
        """The same, and these people as well."""
        return replace(self, groups=(*self.groups, group))

    def without_one(self, number: int) -> "World":
        """The same, with one fewer of a group."""
        kept = replace(self.groups[number], people=self.groups[number].people - 1)
        return replace(self, groups=(*self.groups[:number], kept, *self.groups[number + 1 :]))

    def untangled(self, place: Place) -> "World":
        """A city where nobody of the cell is counted anywhere else: others are, in their stead."""
        only = frozenset({place.target})
        groups: list[Group] = []
        for group in self.groups:
            if not (place.unit in group.units and place.target in group.targets):
                groups.append(group)
                continue
            rest = group.targets - only
            groups.append(
                replace(group, targets=rest, done=group.done & rest, exempt=group.exempt & rest)
            )
            standing = {"done": group.done & only, "exempt": group.exempt & only}
            for unit in group.units - {place.unit}:
                groups.append(Group(group.people, frozenset({unit}), only, **standing))
        return replace(self, groups=tuple(groups))

    def refilled(
        self, place: Place, base: int, done: int, beside: frozenset[str] = frozenset()
    ) -> "World":
        """The same, with so many people in the cell who count, so many of them done: alone there,
        or there and in the cells of the targets `beside` in the same unit, done with none of those.
        """
        units, only = frozenset({place.unit}), frozenset({place.target})
        targets = only | beside
        others = [one for one in self.groups if (one.units, one.targets) != (units, targets)]
        made = (Group(done, units, targets, done=only), Group(base - done, units, targets))
        return replace(self, groups=(*others, *(one for one in made if one.people)))


def could_be(world: World, place: Place, rule: Rule = said) -> set[tuple[int, int]]:
    """Bases and counts of the withheld cell in cities that publish exactly the same: each is such
    a city, and so none of them can be ruled out. No more are looked for once the cell is open.
    """
    told = world.published(rule)
    found = set()
    # What is withheld because it holds the cell holds whoever takes their place there too.
    holding = frozenset(
        target
        for target, way in world.ways.items()
        if target != place.target
        and way.gives(world.ways[place.target])
        and told[Place(place.unit, target)] == WITHHELD
    )
    besides = (frozenset[str](), holding) if holding else (frozenset[str](),)
    for start, beside in product(_starts(world, place), besides):
        for base, done in FEW:
            other = _repaired(start.refilled(place, base, done, beside), told, rule)
            crowd = other.crowds()[place]
            seen = (len(crowd.base), crowd.done)
            if seen not in found and other.published(rule) == told:
                found.add(seen)
        if is_open(found):
            break
    return found


def is_open(found: set[tuple[int, int]]) -> bool:
    """Whether nothing is known of the cell: neither how many they are, nor whether all of them are
    done, or nobody.
    """
    shares = {done * 100 // base for base, done in found if base}
    return len({base for base, _done in found}) > 1 and {0, 100} <= shares


def _starts(world: World, place: Place) -> list[World]:
    """Cities in which those of the cell who are counted elsewhere too are others, more or fewer,
    all done or none of them.
    """
    here = [
        number
        for number, group in enumerate(world.groups)
        if group.people and place.unit in group.units and place.target in group.targets
    ]
    only = frozenset({place.target})
    implying = {one for one, way in world.ways.items() if way.gives(world.ways[place.target])}
    found = [world, world.untangled(place)]
    for people, done, counts in product((0, 1, 2, 12, 17), (False, True), (False, True)):
        groups = list(world.groups)
        for number in here:
            group = groups[number]
            exempt = group.exempt - only if counts else group.exempt
            standing = group.done | only if done else group.done - implying
            groups[number] = replace(
                group,
                people=people or group.people,
                done=standing - exempt,
                exempt=exempt,
            )
        found.append(replace(world, groups=tuple(groups)))
    return found


def _repaired(world: World, told: Publication, rule: Rule) -> World:
    """The same, with others beside where a committee would show something else than was told."""
    for place, words in world.published(rule).items():
        if words == told[place] or place.unit == CITY or "%" not in told[place]:
            continue
        crowd = world.crowds()[place]
        units, targets = frozenset({place.unit}), frozenset({place.target})
        for done, rest in sorted(product(range(MORE * 2), repeat=2), key=sum):
            base = len(crowd.base) + done + rest
            if base >= LEAST_BASE and band(crowd.done + done, base) == told[place]:
                for group in (Group(done, units, targets, targets), Group(rest, units, targets)):
                    world = world.with_group(group) if group.people else world
                break
    return world


def all_that_could_be(shown: str, city: str, *, withheld: int, most: int = 60) -> set[Cells]:
    """Every base and count of the `withheld` cells of fewer than 20, in a city with one committee
    that shows this band, and a total that shows `city`.

    Exact for shown bases up to `most`: people of two committees, counted once in the total, make
    both the done and the others between as many as the largest cell has and as many as all have.
    """
    fitting = [
        (base, done)
        for base in range(20, most + 1)
        for done in range(base + 1)
        if band(done, base) == shown
    ]
    few = [(base, done) for base in range(1, 20) for done in range(base + 1)]
    found = set()
    for cells in combinations_with_replacement(few, withheld):
        if any(_totals_include((*cells, one), city) for one in fitting):
            found.add(cells)
    return found


def _totals_include(cells: Cells, city: str) -> bool:
    done = [one for _base, one in cells]
    rest = [base - one for base, one in cells]
    most, least = sum(done), max(done)
    low, high = (int(city.split("–", maxsplit=1)[0].split(maxsplit=1)[0]) + more for more in (0, 4))
    if most * 100 // (most + max(rest)) < low or least * 100 // (least + sum(rest)) > high:
        return False
    return any(
        band(d, d + r) == city
        for d in range(least, most + 1)
        for r in range(max(rest), sum(rest) + 1)
    )


def stands_unchanged(
    worlds: tuple[World, World], number: int, target: str, rule: Rule = said
) -> bool:
    """Whether two cities could have published the same as these, one after the other, in which a
    person of the group stood with the target as before.

    The person is put in one of the cities as they stand in the other, and people like them, whom
    nobody knows of, come beside them until the city says what it said.
    """
    first, last = worlds
    return _could_stand(first, number, last.groups[number], target, rule) or _could_stand(
        last, number, first.groups[number], target, rule
    )


def _could_stand(world: World, number: int, like: Group, target: str, rule: Rule) -> bool:
    told, only = world.published(rule), frozenset({target})
    group = world.groups[number]
    person = replace(
        group,
        people=1,
        done=(group.done - only) | (like.done & only),
        exempt=(group.exempt - only) | (like.exempt & only),
    )
    moved = world.without_one(number).with_group(person)
    # Others in one cell each may be enough; else there are more like the person.
    if _repaired(moved, told, rule).published(rule) == told:
        return True
    for more in sorted(product(range(MORE), repeat=2), key=sum):
        other = moved
        for people, done in zip(more, (group.done | only, group.done - only), strict=True):
            if people:
                crowd = replace(group, people=people, done=done, exempt=group.exempt - only)
                other = other.with_group(crowd)
        if other.published(rule) == told:
            return True
    return False
