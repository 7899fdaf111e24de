"""What somebody answers for on a day, from employments and duties (STATUS.md 6)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from foundation.intervals import DAWN, FOREVER, Interval
from foundation.prepared import Prepared
from tracking.organisation.models import DutyRole, Employment, Person, User

if TYPE_CHECKING:
    Asking = User | AnonymousUser

MANAGING = (DutyRole.MANAGER, DutyRole.DEPUTY)


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
