"""Who decides that a period's figures are published, and who may see what is."""

from tracking.organisation.rules import UnitScope
from tracking.scorecards.rules import closes_periods, reads_the_city


def may_publish(scope: UnitScope) -> bool:
    """Make the publication of a closed period."""
    return closes_periods(scope)


def may_read(scope: UnitScope) -> bool:
    """See the publications and fetch them; outside, whoever is given the file."""
    return reads_the_city(scope)
