"""Who may read a scorecard, write in it, sign it, and close the city's period.

A key contact writes and signs for the committee they answer for, and nobody signs for them. Whoever
may see all of a committee's figures may read its scorecard: a coordinator and an auditor every one,
a manager that of a committee they manage as a whole. Nobody else.
"""

from tracking.organisation.rules import UnitScope
from tracking.scorecards.committees import answers_for


def may_read(scope: UnitScope, committee: str) -> bool:
    """The scorecard of the committee, and what it has signed."""
    return scope.sees_figures_of(committee)


def may_write(scope: UnitScope, committee: str) -> bool:
    """Its statuses and texts, its own undertakings, and its signature."""
    return answers_for(scope, committee)


def reads_the_city(scope: UnitScope) -> bool:
    """The compilation of every committee."""
    return scope.roles.is_coordinator or scope.roles.is_auditor


def closes_periods(scope: UnitScope) -> bool:
    """Sets a period's day, closes it, and decides on the city's undertakings."""
    return scope.roles.is_coordinator
