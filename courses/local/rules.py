"""Whose districts' notes somebody reads, and whose they write: by where they work today."""

from dataclasses import dataclass
from datetime import date

from foundation.intervals import DAWN, FOREVER, Interval
from foundation.prepared import Prepared
from foundation.sorting import swedish
from tracking.organisation.models import Employment, User
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.organisation.rules import district_of, stands_in

# Trainers, and a district's own trainer who writes nothing else (ADR on local notes).
MAY_WRITE = "courses.add_localnote"


@dataclass(frozen=True, slots=True)
class District:
    """A district somebody works in. `may_write`: its notes are theirs to write."""

    code: str
    name: str
    may_write: bool


_EMPLOYMENTS = Prepared(
    lambda user: (
        Employment.objects.known_now()
        .filter(person__user_id=user)
        .values_list("unit_code", "valid_from", "valid_to")
    )
)


def district_on(tree: OrganisationDay, unit_code: str) -> str | None:
    """The district a unit belongs to on the day, an ended one through its successor."""
    place = stands_in(tree, unit_code)
    return None if place is None or place == tree.root else district_of(tree, place)


def districts_of(user: User, on: date, tree: OrganisationDay | None = None) -> list[District]:
    """The districts somebody works in on `on`, in Swedish order."""
    units = {
        unit
        for unit, start, end in _EMPLOYMENTS.rows(user.pk)
        if Interval(start or DAWN, end or FOREVER).covers(on)
    }
    if not units or not user.is_active:
        return []
    tree = tree or organisation_on(on)
    codes = {code for unit in units if (code := district_on(tree, unit)) is not None}
    may_write = bool(codes) and user.has_perm(MAY_WRITE)
    found = [District(code, tree.units[code].name, may_write) for code in codes]
    return sorted(found, key=lambda district: swedish(district.name))


def may_write(user: User, unit_code: str, on: date) -> bool:
    """Whether somebody writes the notes of a district: they have the right, and work there."""
    return any(one.may_write and one.code == unit_code for one in districts_of(user, on))
