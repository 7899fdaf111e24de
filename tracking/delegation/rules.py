"""Who may name a deputy, for which units and how long (docs/adr).

Whoever manages in their own right, by an employment or by a duty as manager: a deputy passes
nothing on. Nothing reaches further than the manager does today, and it ends when that ends.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext

from foundation.cells import Fault
from foundation.intervals import plus_months
from tracking.organisation.models import Duty, DutyRole, Employment
from tracking.organisation.queries import OrganisationDay
from tracking.organisation.rules import stands_in

LONGEST_MONTHS = 12
MONTHS_AHEAD = 12


class DelegationRefused(ValueError):
    """What is wrong, each with its place, its value and what was expected."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{one.column}: {one.expected}" for one in self.faults))


def own_units(person: int | None, on: date, tree: OrganisationDay) -> frozenset[str]:
    """Every unit a person (a primary key) manages, or manages from above, in their own right.

    Two queries.
    """
    if person is None:
        return frozenset()
    works = Employment.objects.known_now().on(on).filter(person_id=person, is_manager=True)
    duties = Duty.objects.known_now().on(on).filter(person_id=person, role=DutyRole.MANAGER)
    codes = {
        *works.values_list("unit_code", flat=True),
        *duties.values_list("unit_code", flat=True),
    }
    placed = {place for code in codes if (place := stands_in(tree, code)) is not None}
    return frozenset[str]().union(*(tree.subtree(place) for place in placed))


def faults_of_period(first: date, last: date, today: date) -> list[Fault]:
    """What is wrong with the days themselves."""
    ahead = plus_months(today, MONTHS_AHEAD)
    if first < today:
        expected = gettext("today (%(day)s) or later") % {"day": today}
        return [Fault("fran", first.isoformat(), expected)]
    if ahead and first > ahead:
        expected = gettext("%(day)s or earlier") % {"day": ahead}
        return [Fault("fran", first.isoformat(), expected)]
    if last < first:
        expected = gettext("a day on or after fran (%(day)s)") % {"day": first}
        return [Fault("till", last.isoformat(), expected)]
    latest = plus_months(first, LONGEST_MONTHS)
    if latest and last > latest:
        expected = gettext("%(day)s or earlier: a year at most") % {"day": latest}
        return [Fault("till", last.isoformat(), expected)]
    return []
