"""Who may see whom and which figures, from the facts of one day (STATUS.md 6).

Everything is judged on the day given (today, to a reader), whatever day the figures are of.
Protection is judged as it stands now. What one may do and which rows one sees come from one
definition, `PersonScope`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext

from foundation.intervals import DAWN, FOREVER, Interval
from foundation.prepared import Prepared
from foundation.sorting import swedish
from tracking.organisation.models import Duty, DutyRole, Employment, Person, User
from tracking.organisation.queries import OrganisationDay, organisation_on

if TYPE_CHECKING:
    Asking = User | AnonymousUser

MANAGING = (DutyRole.MANAGER, DutyRole.DEPUTY)


class Action(StrEnum):
    """What a rule is asked about."""

    SEE_PERSON = "see_person"  # of a Person: by name, with their rows
    SEE_FIGURES = "see_figures"  # of a unit code: counts and shares
    OPEN_STAFF = "open_staff"  # the report of one's own staff
    OPEN_OVERVIEW = "open_overview"  # the report of units, without people


@dataclass(frozen=True, slots=True)
class Roles:
    """What somebody answers for on a day. Unit codes are as the facts say them."""

    person: int | None = None  # Person's primary key
    manages: frozenset[str] = frozenset()
    key_contact_of: frozenset[str] = frozenset()
    is_coordinator: bool = False
    is_auditor: bool = False

    @property
    def sees_staff(self) -> bool:
        """Whether there is anybody but themself they may see by name."""
        return bool(self.manages) or self.is_coordinator

    @property
    def sees_figures(self) -> bool:
        """Whether figures of units are theirs to follow up."""
        return bool(self.key_contact_of) or self.is_coordinator or self.is_auditor


# Every signed-in page asks; which of the days hold today is for roles_of to say.
_DUTIES = Prepared(
    lambda user: Person.objects.filter(user_id=user).values_list(
        "pk",
        "duties__role",
        "duties__unit_code",
        "duties__batch_out",
        "duties__valid_from",
        "duties__valid_to",
    )
)
_MANAGED = Prepared(
    lambda person: (
        Employment.objects.known_now()
        .filter(person_id=person, is_manager=True)
        .values_list("unit_code", "valid_from", "valid_to")
    )
)


def roles_of(user: "Asking", on: date) -> Roles:
    """Roles from employments and duties in force on `on`. Two queries, or one."""
    if user.pk is None or not user.is_active:
        return Roles()
    rows = _DUTIES.rows(user.pk)
    if not rows:
        return Roles()
    person: int = rows[0][0]
    units: dict[str, set[str]] = defaultdict(set)
    for _person, role, unit, taken_away, start, end in rows:
        if role and taken_away is None and _covers(start, end, on):
            units[role].add(unit)
    there = {unit for unit, start, end in _MANAGED.rows(person) if _covers(start, end, on)}
    managed = {unit for role in MANAGING for unit in units[role]}
    return Roles(
        person=person,
        manages=frozenset(managed | there),
        key_contact_of=frozenset(units[DutyRole.KEY_CONTACT]),
        is_coordinator=bool(units[DutyRole.COORDINATOR]),
        is_auditor=bool(units[DutyRole.AUDITOR]),
    )


def _covers(start: date | None, end: date | None, on: date) -> bool:
    return Interval(start or DAWN, end or FOREVER).covers(on)


@dataclass(frozen=True, slots=True)
class PersonScope:
    """What one user may see: people by name, people as a protected row, units' figures."""

    on: date
    roles: Roles
    tree: OrganisationDay
    by_name: frozenset[int] = frozenset()  # Person keys
    hidden: frozenset[int] = frozenset()  # protected, inside the user's reach, not theirs to see
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
        inside = {
            code
            for code in then.units
            if (place := stands_in(self.tree, code)) and reach.intersection(self.tree.path(place))
        }
        return _topmost(then, frozenset(inside))


def visible_to(user: "Asking", on: date) -> PersonScope:
    """Everything the rules say of `user` on `on`. As many queries whatever the numbers."""
    roles = roles_of(user, on)
    tree = organisation_on(on)
    managed, followed = _placed(tree, roles.manages), _placed(tree, roles.key_contact_of)
    everything = (roles.is_coordinator or roles.is_auditor) and tree.root is not None
    staffed, counted = _below(tree, managed), _below(tree, followed)
    by_name = frozenset[int]() if roles.person is None else frozenset({roles.person})
    hidden = frozenset[int]()
    if roles.sees_staff:
        plain, protected = _reached(tree, on, staffed, everyone=roles.is_coordinator)
        managers = _managers(tree, on)
        by_name |= plain | {
            person
            for person, units in protected.items()
            if roles.person in nearest_managers(person, units, tree, managers)
        }
        hidden = frozenset(protected) - by_name
    return PersonScope(
        on=on,
        roles=roles,
        tree=tree,
        by_name=by_name,
        hidden=hidden,
        managed=_topmost(tree, managed),
        followed=(str(tree.root),) if everything else _topmost(tree, followed),
        staffed=staffed,
        counted=staffed | counted,
    )


def may(user: "Asking", action: Action, obj: Person | str | None = None, *, on: date) -> bool:
    """Whether `user` may, on `on`; `obj` is the Person or the unit code the action is about."""
    scope = visible_to(user, on)
    match action, obj:
        case Action.SEE_PERSON, Person():
            return obj.pk in scope.by_name
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
    if person.pk in scope.by_name:
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


def _reached(
    tree: OrganisationDay, on: date, staffed: frozenset[str], *, everyone: bool
) -> tuple[frozenset[int], dict[int, set[str]]]:
    """Keys of the plain people within reach; the protected ones, each with their units.

    `staffed`: the units whose people are within reach, unless `everyone` is.
    """
    there = Employment.objects.known_now().on(on)
    people = Person.objects.filter(protected=False)
    if everyone:
        plain = frozenset(people.values_list("pk", flat=True))
    else:
        codes = there.values_list("unit_code", flat=True).distinct()
        inside = [code for code in codes if tree.place(code) in staffed]
        there = there.filter(unit_code__in=inside)
        plain = frozenset(there.filter(person__protected=False).values_list("person_id", flat=True))
    protected: dict[int, set[str]] = defaultdict(set)
    if everyone:
        for pk in Person.objects.filter(protected=True).values_list("pk", flat=True):
            protected[pk] = set()
    for pk, code in there.filter(person__protected=True).values_list("person_id", "unit_code"):
        if place := tree.place(code):
            protected[pk].add(place)
    return plain, dict(protected)


def _managers(tree: OrganisationDay, on: date) -> dict[str, frozenset[int]]:
    """Who manages each unit on `on`, by employment or duty. Two queries."""
    found: dict[str, set[int]] = defaultdict(set)
    employed = Employment.objects.known_now().on(on).filter(is_manager=True)
    duties = Duty.objects.known_now().on(on).filter(role=DutyRole.MANAGER)
    for holders in (employed, duties):
        for person, code in holders.values_list("person_id", "unit_code"):
            if place := stands_in(tree, code):
                found[place].add(person)
    return {unit: frozenset(people) for unit, people in found.items()}
