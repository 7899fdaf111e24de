"""A city's organisation: the districts with their two real mergers, departments, units of thirty.

Department by department a district has as many units as it has people for; where those are more
than anybody lists on a page, sections stand between. Every unit of a merged district has one unit
of before that it took over.
"""

import random
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from bench.city.areas import CITY_WIDE, DISTRICT_AREAS, STAFF_AREA, STAFF_ROLES, CityWide
from config.demo.districts import DISTRICTS, FIRST_DAY, ROOT, District

PEOPLE_PER_UNIT = 30
MOST_CHILDREN = 24
# People in a committee's or department's own staff, its manager included.
OWN_STAFF = 4.0

Roles = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class UnitToday:
    """A unit of today: what `organisation.csv` says of it, who works there, and what it was."""

    code: str
    name: str
    kind: str
    parent: str
    area: str
    roles: Roles
    size: float  # relative number of staff
    first: date = FIRST_DAY
    was: str = ""  # code of the unit it took over; "" when it is as old as the organisation


@dataclass(frozen=True, slots=True)
class EndedUnit:
    """A unit that ended when another took over."""

    code: str
    name: str
    kind: str
    parent: str
    replaced_by: str
    replaced_on: date


class Organisation:
    """Units of today and of before, and how many people of `staff` work in each of today's."""

    def __init__(self, staff: int, seed: int) -> None:
        self._rng = random.Random(f"{seed}:organisation")
        self.units: list[UnitToday] = [
            UnitToday(ROOT, "Stockholms stad", "kommun", "", STAFF_AREA, STAFF_ROLES, 1)
        ]
        self.ended: list[EndedUnit] = []
        for one in CITY_WIDE:
            self._committee(one, staff * one.size / 100)
        today = [one for one in DISTRICTS if one.last is None]
        left = staff * (1 - sum(one.size for one in CITY_WIDE) / 100)
        scales = sum(one.scale for one in today)
        for district in today:
            self._district(district, left * district.scale / scales)
        self.headcounts = _shared_out(staff, [unit.size for unit in self.units])

    def _committee(self, given: CityWide, people: float) -> None:
        code = given.code
        self._add(code, given.name, given.kind, ROOT, given.area, given.roles, OWN_STAFF)
        self._units(code, given.name, code, given.area, given.roles, people - OWN_STAFF)

    def _district(self, district: District, people: float) -> None:
        before = [one for one in DISTRICTS if one.replaced_by == district.code]
        code, name, first = district.code, district.name, district.first
        kind = "stadsdelsnamnd"
        title = f"{name} stadsdelsnämnd"
        self._add(code, title, kind, ROOT, STAFF_AREA, STAFF_ROLES, OWN_STAFF, first)
        for old in before:
            title = f"{old.name} stadsdelsnämnd"
            self.ended.append(EndedUnit(old.code, title, kind, ROOT, code, first))
        sizes = sum(area.size for area in DISTRICT_AREAS)
        for area in DISTRICT_AREAS:
            department, kind = f"{code}-{area.suffix}", "avdelning"
            called = f"Avdelningen för {area.area}"
            self._add(
                *(department, f"{called}, {name}", kind, code, area.area, area.roles, OWN_STAFF),
                first,
            )
            for old in before:
                self.ended.append(
                    EndedUnit(
                        *(f"{old.code}-{area.suffix}", f"{called}, {old.name}", kind, old.code),
                        *(department, first),
                    )
                )
            mine = people * area.size / sizes - OWN_STAFF
            title = f"{area.area[0].upper()}{area.area[1:]}"
            self._units(
                *(department, title, department, area.area, area.roles, mine),
                first=first,
                before=[(f"{old.code}-{area.suffix}", old.name) for old in before],
                place=name,
            )

    def _units(
        self,
        prefix: str,
        title: str,
        parent: str,
        area: str,
        roles: Roles,
        people: float,
        first: date = FIRST_DAY,
        before: list[tuple[str, str]] | None = None,
        place: str = "",
    ) -> None:
        """Units of about thirty; each of a merged department took over one of before, in turn."""
        number = max(1, round(people / PEOPLE_PER_UNIT))
        parts = [self._rng.uniform(0.6, 1.4) for _ in range(number)]
        sections = self._sections(prefix, title, parent, area, roles, number, first)
        for at, part in enumerate(parts):
            where = f" {at + 1}, {place}" if place else f", enhet {at + 1}"
            code = f"{prefix}-{at + 1:02d}"
            was = ""
            if before:
                old, old_place = before[at % len(before)]
                was = f"{old}-{at // len(before) + 1:02d}"
                name = f"{title} {at // len(before) + 1}, {old_place}"
                self.ended.append(EndedUnit(was, name, "enhet", old, code, first))
            self._add(
                *(code, f"{title}{where}", "enhet", sections[at], area, roles),
                *(max(0.0, people) * part / sum(parts), first, was),
            )

    def _sections(
        self,
        prefix: str,
        title: str,
        parent: str,
        area: str,
        roles: Roles,
        number: int,
        first: date,
    ) -> list[str]:
        """The unit right above each of `number` units: `parent`, or one of the sections below."""
        if number <= MOST_CHILDREN:
            return [parent] * number
        many = -(-number // MOST_CHILDREN)
        codes = [f"{prefix}-S{at + 1}" for at in range(many)]
        parents = self._sections(f"{prefix}-S", title, parent, area, roles, many, first)
        for at, code in enumerate(codes):
            name = f"{title}, sektion {at + 1}"
            self._add(code, name, "avdelning", parents[at], area, roles, 2, first)
        return [codes[at * many // number] for at in range(number)]

    def _add(
        self,
        code: str,
        name: str,
        kind: str,
        parent: str,
        area: str,
        roles: Roles,
        size: float,
        first: date = FIRST_DAY,
        was: str = "",
    ) -> None:
        self.units.append(UnitToday(code, name, kind, parent, area, roles, size, first, was))


def _shared_out(whole: int, sizes: list[float]) -> list[int]:
    """`whole` as whole numbers in proportion to the sizes, that sum up exactly."""
    total = sum(sizes)
    edges = [round(whole * edge / total) for edge in accumulate(sizes)]
    return [edge - before for edge, before in zip(edges, [0, *edges[:-1]], strict=True)]
