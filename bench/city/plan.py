"""What a made-up city is made of: everything but its people, and who holds which post."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from bench.city.areas import DEPUTY_MANAGER, HEADS, PEOPLE_PER_DEPUTY, STAFF_AREA
from bench.city.calendar import Calendar, Days
from bench.city.organisation import Organisation, UnitToday
from bench.city.targets import COURSES, Goal, goals
from config.demo.districts import FIRST_DAY

HIRED_FIRST = FIRST_DAY.toordinal()
FORMER = 0.12  # so many have left, to each who is employed
LEAVES = ("föräldraledighet", "sjukfrånvaro", "studieledighet", "vård av barn")
SOURCES = ("plattform", "narvaro", "intyg", "import")
# How a completion of a course of each form comes in, in four cases.
SOURCES_OF = {"modul": (0, 0, 0, 3), "extern_webb": (3, 3, 2, 3), "lararledd": (1, 1, 1, 3)}
UNKNOWN_UNITS = ("NY-TRYGGHET", "NY-MOTTAGNING", "NY-DIGITALT")


@dataclass(frozen=True)
class CityPlan:
    """A city: how many are employed on its day, how many targets, and the seed of its chance."""

    staff: int
    today_date: date
    number_of_targets: int = 15
    seed: int = 1
    completions: float = 10.0  # per person, on average

    @property
    def today(self) -> int:
        """Its day as an ordinal."""
        return self.today_date.toordinal()

    @property
    def people(self) -> int:
        """Everybody ever employed."""
        return self.staff + int(self.staff * FORMER)

    @cached_property
    def calendar(self) -> Calendar:
        """When what became known."""
        return Calendar(self.today_date)

    @cached_property
    def organisation(self) -> Organisation:
        """Its units."""
        return Organisation(self.staff, self.seed)

    @cached_property
    def targets(self) -> list[tuple[str, Goal]]:
        """Codes and targets."""
        return goals(self.number_of_targets)

    @cached_property
    def courses(self) -> list[str]:
        """Codes of the courses."""
        return [course.code for course in COURSES]

    @cached_property
    def course_weights(self) -> Days:
        """How often each is taken; together 1."""
        weights = np.array([course.weight for course in COURSES], dtype=np.float64)
        shares: Days = weights / weights.sum()
        return shares

    @cached_property
    def course_source(self) -> Days:
        """Course × case: position in SOURCES."""
        return np.array([SOURCES_OF[course.form] for course in COURSES], dtype=np.int64)

    @cached_property
    def unit_codes(self) -> list[str]:
        """Codes that employments name: units of today, those that ended, those nobody knows."""
        organisation = self.organisation
        return [
            *(unit.code for unit in organisation.units),
            *(unit.code for unit in organisation.ended),
            *UNKNOWN_UNITS,
        ]

    @cached_property
    def unit_areas(self) -> list[str]:
        """The business area of who works in each of those; an ended unit's is its successor's."""
        by_code = {unit.code: unit.area for unit in self.organisation.units}
        return [
            *by_code.values(),
            *(by_code[unit.replaced_by] for unit in self.organisation.ended),
            *["mottagning" for _ in UNKNOWN_UNITS],
        ]

    @cached_property
    def unit_first(self) -> Days:
        """Each unit's first day, by position in `unit_codes`."""
        today = [unit.first.toordinal() for unit in self.organisation.units]
        return np.array(today + [HIRED_FIRST] * (len(self.unit_codes) - len(today)))

    @cached_property
    def unit_was(self) -> Days:
        """The unit each took over, by position; -1: none."""
        places = {code: at for at, code in enumerate(self.unit_codes)}
        was = [places[unit.was] if unit.was else -1 for unit in self.organisation.units]
        return np.array(was + [-1] * (len(self.unit_codes) - len(was)))

    @cached_property
    def unknown_units(self) -> Days:
        """Positions of the codes that the organisation lacks."""
        whole = len(self.unit_codes)
        return np.arange(whole - len(UNKNOWN_UNITS), whole)

    @cached_property
    def _posts(self) -> tuple[Days, Days, Days, list[str]]:
        """Unit, role and manager flag of each post of today, and the roles' names."""
        roles: dict[str, int] = {}
        units, places, managers = [], [], []
        organisation = self.organisation
        pairs = zip(organisation.units, organisation.headcounts, strict=True)
        for at, (unit, number) in enumerate(pairs):
            for seat, role in enumerate(_roles(unit, number)):
                units.append(at)
                places.append(roles.setdefault(role, len(roles)))
                managers.append(int(seat == 0))
        return np.array(units), np.array(places), np.array(managers), list(roles)

    @property
    def post_unit(self) -> Days:
        """The unit of each post of today."""
        return self._posts[0]

    @property
    def post_role(self) -> Days:
        """The role of each."""
        return self._posts[1]

    @property
    def post_manager(self) -> Days:
        """1 for who manages the unit."""
        return self._posts[2]

    @property
    def roles(self) -> list[str]:
        """Names of the roles."""
        return self._posts[3]

    @cached_property
    def slots(self) -> Days:
        """Which post each person holds, by index; `staff` and above: somebody who has left."""
        return np.random.default_rng([self.seed, 1]).permutation(self.people)

    def holder(self, unit: str) -> int | None:
        """Index of the person who manages a unit of today; None where nobody works."""
        posts = np.flatnonzero(self.post_unit == self.unit_codes.index(unit))
        return int(np.flatnonzero(self.slots == posts[0])[0]) if len(posts) else None


def _roles(unit: UnitToday, number: int) -> list[str]:
    """The posts of a unit with `number` people: its manager first, then deputies, then the rest."""
    found = [HEADS[unit.kind]]
    if unit.kind == "enhet" and unit.area != STAFF_AREA:
        found += [DEPUTY_MANAGER] * (number // PEOPLE_PER_DEPUTY)
    whole = sum(weight for _role, weight in unit.roles)
    cycle = [role for role, weight in unit.roles for _ in range(weight)]
    found += [cycle[seat % whole] for seat in range(number - len(found))]
    return found[:number]
