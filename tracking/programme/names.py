"""What can be chosen in a sentence, and what it is called: as it stands on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from foundation.sorting import swedish
from tracking.ledger.models import Course
from tracking.organisation.models import Employment, Unit
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.targets.expressions import folded
from tracking.targets.words import Names


def names_of_all() -> Names:
    """What every unit and course is called, or was last called. Two queries."""
    units = Unit.objects.known_now().order_by("valid_from").values_list("code", "name")
    courses = Course.objects.known_now().values_list("code", "name")
    return Names(dict(units), dict(courses))


@dataclass(frozen=True, slots=True)
class Choice:
    """A value one can choose, and what it is called."""

    code: str
    name: str


class Vocabulary:
    """The units of a day, the roles and business areas that occur on it, and the courses."""

    def __init__(self, day: date) -> None:
        self.day = day

    @cached_property
    def tree(self) -> OrganisationDay:
        """The organisation of the day."""
        return organisation_on(self.day)

    @cached_property
    def names(self) -> Names:
        """What units and courses are called."""
        return names_of_all()

    @cached_property
    def courses(self) -> list[Choice]:
        """The catalogue, by name; without codes that no text of `kurser` could say."""
        found = [
            Choice(code, name)
            for code, name in self.names.courses.items()
            if not {"|", "+"} & set(code)
        ]
        return sorted(found, key=lambda one: swedish(one.name))

    @cached_property
    def units(self) -> list[Choice]:
        """The units of the day, by name."""
        found = [Choice(unit.code, unit.name) for unit in self.tree.units.values()]
        return sorted(found, key=lambda one: (swedish(one.name), one.code))

    @cached_property
    def positions(self) -> list[str]:
        """Roles somebody has on the day, each once however it is spelt."""
        return self._occurring("position")

    @cached_property
    def areas(self) -> list[str]:
        """Business areas somebody works within on the day."""
        return self._occurring("business_area")

    def _occurring(self, field: str) -> list[str]:
        there = Employment.objects.known_now().on(self.day).exclude(**{field: ""})
        return _once(there.order_by().values_list(field, flat=True).distinct())

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for unit in self.tree.units.values():
            found.setdefault(folded(unit.name), []).append(unit.code)
        return found

    def unit_code(self, typed: str) -> str:
        """The code of the unit somebody means: its code, its name, or both as they are offered.

        What names no unit, or several, stays as it was typed.
        """
        if typed in self.tree.units:
            return typed
        _name, bracket, rest = typed.rpartition(" (")
        if bracket and rest.endswith(")") and rest[:-1] in self.tree.units:
            return rest[:-1]
        named = self._by_name.get(folded(typed), [])
        return named[0] if len(named) == 1 else typed


def _once(texts: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for text in sorted(texts):
        first.setdefault(folded(text), text.strip())
    return sorted(first.values(), key=swedish)
