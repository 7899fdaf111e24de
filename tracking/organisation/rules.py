"""Who may see whom and which figures, from the facts of one day (STATUS.md 6).

Everything is judged on the day given (today, to a reader), whatever day the figures are of.
Protection is judged as it stands now. What one may do and which rows one sees come from one
definition, `UnitScope` and, where people are shown, `PersonScope`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext

from foundation.sorting import swedish
from tracking.organisation.models import Duty, DutyRole, Employment, Person
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.organisation.roles import Roles, roles_of

if TYPE_CHECKING:
    from tracking.organisation.roles import Asking


class Action(StrEnum):
    """What a rule is asked about."""

    SEE_PERSON = "see_person"  # of a Person: by name, with their rows
    SEE_FIGURES = "see_figures"  # of a unit code: counts and shares
    OPEN_STAFF = "open_staff"  # the report of one's own staff
    OPEN_OVERVIEW = "open_overview"  # the report of units, without people


@dataclass(frozen=True, slots=True)
class UnitScope:
    """What one user may see of units: whose figures, whose staff. Of nobody by name."""

    on: date
    roles: Roles
    tree: OrganisationDay
    managed: tuple[str, ...] = ()  # topmost units they manage, as they stand on the day
    followed: tuple[str, ...] = ()  # topmost units whose figures they follow up
    staffed: frozenset[str] = frozenset()  # every unit they manage, or manage from above
    counted: frozenset[str] = frozenset()  # every unit whose figures they see through a unit

    def is_manager_of(self, unit: str) -> bool:
        """Whether they manage this unit, or manage from above; an ended unit as its successor."""
        return unit in self.staffed or stands_in(self.tree, unit) in self.staffed

    def sees_staff_of(self, unit: str) -> bool:
        """Whether the people of this unit are theirs to see, apart from protected ones."""
        return self.roles.is_coordinator or self.is_manager_of(unit)

    def sees_figures_of(self, unit: str) -> bool:
        """Whether the counts of this unit are theirs to see; an ended unit as its successor."""
        if self.roles.is_coordinator or self.roles.is_auditor:
            return True
        return unit in self.counted or stands_in(self.tree, unit) in self.counted

    def stood_for(self, units: Iterable[str], then: OrganisationDay) -> tuple[str, ...]:
        """The topmost units of another day that are, or have become part of, these units today."""
        reach = frozenset(units)
        if then is self.tree:  # nothing has moved: those below need not be looked for
            return _topmost(then, reach.intersection(then.units))
        inside = {
            code
            for code in then.units
            if (place := stands_in(self.tree, code)) and reach.intersection(self.tree.path(place))
        }
        return _topmost(then, frozenset(inside))


@dataclass(frozen=True, slots=True)
class PersonScope(UnitScope):
    """The same, and people: by name, or as a protected row."""

    everyone: bool = False  # all who are not protected
    named: frozenset[int] = frozenset()  # Person keys seen by name, apart from `everyone`
    hidden: frozenset[int] = frozenset()  # protected, inside the user's reach, not theirs to see

    def sees(self, person: int) -> bool:
        """Whether this person (Person's key) is theirs to see by name."""
        return person in self.named or (self.everyone and person not in self.hidden)

    @property
    def by_name(self) -> frozenset[int]:
        """Keys of all whom `sees` shows: a whole city, to a coordinator. No page needs it."""
        if not self.everyone:
            return self.named
        plain = Person.objects.exclude(pk__in=self.hidden)
        return self.named.union(plain.values_list("pk", flat=True))


def units_visible_to(user: "Asking", on: date) -> UnitScope:
    """What the rules say of `user` and units on `on`. Three queries, however many people."""
    roles = roles_of(user, on)
    tree = organisation_on(on)
    managed, followed = _placed(tree, roles.manages), _placed(tree, roles.key_contact_of)
    everything = (roles.is_coordinator or roles.is_auditor) and tree.root is not None
    staffed, counted = _below(tree, managed), _below(tree, followed)
    return UnitScope(
        on=on,
        roles=roles,
        tree=tree,
        managed=_topmost(tree, managed),
        followed=(str(tree.root),) if everything else _topmost(tree, followed),
        staffed=staffed,
        counted=staffed | counted,
    )


def visible_to(user: "Asking", on: date) -> PersonScope:
    """Everything the rules say of `user` on `on`. As many queries whatever the numbers."""
    units = units_visible_to(user, on)
    roles = units.roles
    named = frozenset[int]() if roles.person is None else frozenset({roles.person})
    hidden = frozenset[int]()
    if roles.sees_staff:
        plain, protected = _reached(units)
        managers = _managers(units) if protected and units.staffed else {}
        named |= plain | {
            person
            for person, places in protected.items()
            if roles.person in nearest_managers(person, places, units.tree, managers)
        }
        hidden = frozenset(protected) - named
    return PersonScope(
        on=on,
        roles=roles,
        tree=units.tree,
        managed=units.managed,
        followed=units.followed,
        staffed=units.staffed,
        counted=units.counted,
        everyone=roles.is_coordinator,
        named=named,
        hidden=hidden,
    )


def may(user: "Asking", action: Action, obj: Person | str | None = None, *, on: date) -> bool:
    """Whether `user` may, on `on`; `obj` is the Person or the unit code the action is about."""
    scope = visible_to(user, on)
    match action, obj:
        case Action.SEE_PERSON, Person():
            return scope.sees(obj.pk)
        case Action.SEE_FIGURES, str():
            return scope.sees_figures_of(obj)
        case Action.OPEN_STAFF, None:
            return scope.roles.sees_staff
        case Action.OPEN_OVERVIEW, None:
            return scope.roles.sees_figures
        case _:
            raise TypeError(f"{action} is not asked of {type(obj).__name__}")


def stands_in(tree: OrganisationDay, unit_code: str) -> str | None:
    """The unit an employment or a duty gives power over on the day, or None.

    As `OrganisationDay.place`, but what counts at the root for want of a unit gives no power
    over the root: a manager of a unit nobody knows does not manage the city.
    """
    place = tree.place(unit_code)
    return None if place == tree.root and unit_code != tree.root else place


def district_of(tree: OrganisationDay, unit_code: str) -> str | None:
    """The unit just below the root that holds this one: a district, committee or company."""
    path = tree.path(unit_code)
    return path[max(len(path) - 2, 0)] if path else None


def nearest_managers(
    person: int,
    units: Iterable[str],
    tree: OrganisationDay,
    managers: Mapping[str, frozenset[int]],
) -> frozenset[int]:
    """The managers of a person's units; without one, or when it is the person, of the next above.

    A deputy is not among them: what is protected is for as few as can be.
    """
    nearest: set[int] = set()
    for unit in units:
        for above in tree.path(unit):
            there = managers.get(above, frozenset())
            if there and person not in there:
                nearest |= there
                break
    return frozenset(nearest)


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person as a list may show them. Without `public_id` there is nothing more to see."""

    name: str
    public_id: UUID | None


def shown_person(person: Person, scope: PersonScope) -> ShownPerson | None:
    """How a list shows somebody: by name, as protected, or (None) as one of a number outside."""
    if scope.sees(person.pk):
        return ShownPerson(person.full_name or person.person_id, person.public_id)
    if person.pk in scope.hidden:
        return ShownPerson(gettext("Protected information"), None)
    return None


def _placed(tree: OrganisationDay, codes: Iterable[str]) -> frozenset[str]:
    return frozenset(place for code in codes if (place := stands_in(tree, code)) is not None)


def _below(tree: OrganisationDay, codes: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(tree.subtree(code) for code in codes))


def _topmost(tree: OrganisationDay, codes: frozenset[str]) -> tuple[str, ...]:
    top = [code for code in codes if not codes.intersection(tree.path(code)[1:])]
    return tuple(sorted(top, key=lambda code: swedish(tree.units[code].name)))


def _reached(units: UnitScope) -> tuple[frozenset[int], dict[int, set[str]]]:
    """Keys of the plain people within reach of a manager; of everybody who is protected within
    reach of the user, with the units.

    A coordinator reaches everybody: then only who is protected has to be read.
    """
    tree, everyone = units.tree, units.roles.is_coordinator
    there = Employment.objects.known_now().on(units.on)
    codes = None if everyone else tree.counting_in(units.staffed)
    if codes is not None:
        there = there.filter(unit_code__in=codes)
    plain = frozenset[int]()
    if not everyone:
        plain = frozenset(there.filter(person__protected=False).values_list("person_id", flat=True))
    protected: dict[int, set[str]] = defaultdict(set)
    if everyone:
        for pk in Person.objects.filter(protected=True).values_list("pk", flat=True):
            protected[pk] = set()
    for pk, code in there.filter(person__protected=True).values_list("person_id", "unit_code"):
        if place := tree.place(code):
            protected[pk].add(place)
    return plain, dict(protected)


def _managers(units: UnitScope) -> dict[str, frozenset[int]]:
    """Who manages each unit that the user manages too or manages from above. Two queries.

    Who manages further up is nothing to somebody who manages nothing there.
    """
    found: dict[str, set[int]] = defaultdict(set)
    employed = Employment.objects.known_now().on(units.on).filter(is_manager=True)
    duties = Duty.objects.known_now().on(units.on).filter(role=DutyRole.MANAGER)
    codes = units.tree.counting_in(units.staffed)
    for holders in (employed, duties):
        there = holders if codes is None else holders.filter(unit_code__in=codes)
        for person, code in there.values_list("person_id", "unit_code"):
            if place := stands_in(units.tree, code):
                found[place].add(person)
    return {unit: frozenset(people) for unit, people in found.items()}
