"""Who keeps a scorecard: the committees and companies right below the city, on a day."""

from datetime import date
from typing import NamedTuple

from tracking.organisation.models import UnitKind
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.organisation.rules import UnitScope, stands_in
from tracking.scorecards.models import ReportingPeriod, Undertaking

KINDS = (UnitKind.COMMITTEE, UnitKind.DISTRICT_COMMITTEE, UnitKind.COMPANY)


class Committee(NamedTuple):
    """A committee or company as it stands on the day."""

    code: str
    name: str
    kind: str


def committees_on(tree: OrganisationDay) -> list[Committee]:
    """All of them, committees first, then districts, then companies; each by name."""
    below = tree.children(tree.root) if tree.root else []
    rows = [tree.units[code] for code in below]
    found = [Committee(row.code, row.name, row.kind) for row in rows if row.kind in KINDS]
    return sorted(found, key=lambda one: KINDS.index(UnitKind(one.kind)))


def committees_of(period: ReportingPeriod, today: date) -> list[Committee]:
    """Those who report on the period: as the organisation stands on its last day, or stands now
    where that day is still to come.
    """
    return committees_on(organisation_on(min(period.last_day, today)))


def answers_for(scope: UnitScope, committee: str) -> bool:
    """Whether they are key contact of the committee, or of all of a unit above it; of one that has
    ended, of the one that took over.
    """
    place = stands_in(scope.tree, committee)
    if place is None:
        return False
    held = {stands_in(scope.tree, code) for code in scope.roles.key_contact_of}
    return not held.isdisjoint(scope.tree.path(place))


def is_received(undertaking: Undertaking, committee: Committee) -> bool:
    """Whether the undertaking stands on the committee's scorecard."""
    if undertaking.committee:
        return undertaking.committee == committee.code
    return (
        committee.kind in undertaking.recipient_kinds
        or committee.code in undertaking.recipient_units
    )


def is_in_force(undertaking: Undertaking, period: ReportingPeriod) -> bool:
    """Whether some day of the period is one of the undertaking's."""
    ends = undertaking.valid_to
    return undertaking.valid_from <= period.last_day and (ends is None or ends > period.first_day)
