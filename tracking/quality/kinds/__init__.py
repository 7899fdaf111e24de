"""Every kind of finding, in the order of the page: what distorts the figures most comes first."""

from tracking.quality.finding import Counted, Finding
from tracking.quality.kinds.conditions import DeadConditions
from tracking.quality.kinds.duplicates import SharedAddresses
from tracking.quality.kinds.no_employment import AccountsWithoutEmployment
from tracking.quality.kinds.no_manager import UnitsWithoutManager
from tracking.quality.kinds.ungraded import UngradedCourses
from tracking.quality.kinds.unknown_units import UnknownUnits
from tracking.quality.kinds.waiting import WaitingCompletions
from tracking.quality.look import Look

FINDINGS: tuple[Finding, ...] = (
    UnknownUnits(),
    DeadConditions(),
    UngradedCourses(),
    WaitingCompletions(),
    SharedAddresses(),
    UnitsWithoutManager(),
    AccountsWithoutEmployment(),
)
BY_KEY = {finding.key: finding for finding in FINDINGS}


def counts(look: Look) -> list[Counted]:
    """Every finding with how many there are, on the day looked at."""
    return [Counted(finding, finding.count(look)) for finding in FINDINGS]
