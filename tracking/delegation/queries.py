"""Who sees whose staff by delegation, and whom a manager can find to name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext

from foundation.sorting import letters
from tracking.delegation.models import Delegation
from tracking.organisation.models import Duty, DutyRole, Employment, Person
from tracking.organisation.queries import OrganisationDay
from tracking.organisation.rules import PersonScope
from tracking.reports.choosing import in_name_order

MOST_FOUND = 20
LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A delegation that holds or is to hold, as a page shows it."""

    delegation: Delegation
    manager: str  # names, or that the information is protected
    deputy: str
    unit: str
    last_day: date | None
    is_coming: bool
    is_mine: bool  # the reader named the deputy


def delegations_of(person: int | None, on: date, tree: OrganisationDay) -> list[Standing]:
    """Those the person (a primary key) gave or holds, not over yet. Two queries, or one.

    The two of it know each other: but whose information is protected stands as that to the other.
    """
    if person is None:
        return []
    mine = Delegation.objects.filter(ended_at=None).filter(Q(manager=person) | Q(deputy=person))
    found = list(mine.select_related("manager", "deputy").order_by("valid_from", "pk"))
    if not found:
        return []
    duties = Duty.objects.known_now().filter(
        role=DutyRole.DEPUTY, person__in={one.deputy_id for one in found}
    )
    held = {(one.person_id, one.unit_code, one.valid_from): one for one in duties}
    standing = []
    for one in found:
        duty = held.get((one.deputy_id, one.unit_code, one.valid_from))
        if duty is not None and (duty.valid_to is None or duty.valid_to > on):
            standing.append(_standing(one, duty, person, on, tree))
    return standing


def found_by(scope: PersonScope, units: Iterable[str], words: str) -> list[Person]:
    """Those of one's own staff whose name has all of these words; never oneself, nobody protected.

    `units`: every unit that is searched.
    """
    wanted = [letters(word) for word in words.split()]
    if len("".join(wanted)) < LEAST_LETTERS:
        return []
    there = Employment.objects.known_now().on(scope.on)
    codes = scope.tree.counting_in(frozenset(units))
    if codes is not None:
        there = there.filter(unit_code__in=codes)
    people = Person.objects.filter(protected=False, pk__in=there.order_by().values("person"))
    found = [
        one
        for one in people
        if one.pk != scope.roles.person
        and scope.sees(one.pk)
        and all(word in letters(one.full_name) for word in wanted)
    ]
    return sorted(found, key=in_name_order)[:MOST_FOUND]


def known_by(scope: PersonScope, words: str) -> list[Person]:
    """The one person employed today whose HR key or address is exactly this; nobody protected."""
    exact = Q(person_id=words.strip()) | Q(email__iexact=words.strip())
    works = Employment.objects.known_now().on(scope.on).order_by().values("person")
    people = Person.objects.filter(exact, protected=False, pk__in=works)
    found = [one for one in people if one.pk != scope.roles.person]
    return found if len(found) == 1 and words.strip() else []


def _standing(
    one: Delegation, duty: Duty, person: int, on: date, tree: OrganisationDay
) -> Standing:
    unit = tree.units.get(tree.place(one.unit_code) or "")
    return Standing(
        one,
        _name(one.manager, person),
        _name(one.deputy, person),
        unit.name if unit else one.unit_code,
        duty.interval.last_day,
        duty.valid_from > on,
        one.manager_id == person,
    )


def _name(who: Person, reader: int) -> str:
    if who.protected and who.pk != reader:
        return gettext("Protected information")
    return who.full_name or who.person_id
