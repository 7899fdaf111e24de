"""Whom a draft would bring in or leave out, by name as far as the reader's rights go.

Protected people are in every figure and in none of these lists, in no form: whom a draft is for is
for its writer to say, and a list by any condition would be a way to filter down to them (ADR 37).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.sorting import swedish
from tracking.audit.actions import record_reading
from tracking.audit.models import AuditEvent
from tracking.organisation.models import DutyRole, Employment, Person, User
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.organisation.rules import PersonScope
from tracking.programme.effect import Question, tried
from tracking.reports.staff import outside_words

WAYS: Mapping[str, str | Promise] = {
    "in": _("Who would come in"),
    "ut": _("Who would fall out"),
    "omfattas": _("Whom it would be for"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody in the list."""

    name: str
    public_id: UUID
    works_as: str


@dataclass(frozen=True, slots=True)
class Listed:
    """People of a unit whom a draft concerns in one of the ways."""

    way: str
    unit: str
    unit_name: str
    as_of: date
    tree: OrganisationDay
    people: list[int]  # keys of those the reader sees by name, in order
    outside: int  # how many more there are

    @property
    def title(self) -> str:
        """What the list is of."""
        return str(WAYS[self.way])

    @property
    def outside_words(self) -> str:
        """How many more there are, as every list says it."""
        return outside_words(self.outside)

    def shown(self, reader: User, page: Sequence[int]) -> list[Shown]:
        """One page of them, with what they work as on the day; written to the audit log."""
        people = Person.objects.in_bulk(page)
        if page:
            record_reading(
                AuditEvent.STAFF_SEEN,
                actor=reader,
                about=page,
                unit=self.unit,
                detail={"roll": DutyRole.COORDINATOR, "dag": self.as_of.isoformat()},
            )
        works = self._works(page)
        return [
            Shown(
                people[key].full_name or people[key].person_id,
                people[key].public_id,
                ", ".join(works.get(key, [])),
            )
            for key in page
        ]

    def _works(self, page: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        there = Employment.objects.known_now().on(self.as_of).filter(person__in=page)
        rows = there.order_by("valid_from").values_list("person_id", "position", "unit_code")
        for person, position, code in rows:
            place = self.tree.place(code) or ""
            unit = self.tree.units[place].name if place in self.tree.units else ""
            found.setdefault(person, []).append(", ".join(filter(None, (position, unit))))
        return found


def people_of(asked: Question, unit: str, way: str, scope: PersonScope) -> Listed | None:
    """The list; None for a unit that is not one of those the draft is tried in."""
    tree = organisation_on(asked.as_of)
    found = tried(asked, tree)
    if unit not in found.units:
        return None
    of_way = {"in": found.came, "ut": found.left, "omfattas": found.after.of}
    keys = of_way[way](unit)
    named = [
        (swedish(f"{last} {first}"), key)
        for key, first, last in Person.objects.filter(protected=False)
        .values_list("pk", "first_name", "last_name")
        .iterator(chunk_size=5000)
        if key in keys and scope.sees(key)
    ]
    people = [key for _name, key in sorted(named)]
    name = tree.units[unit].name
    return Listed(way, unit, name, asked.as_of, tree, people, len(keys) - len(people))
