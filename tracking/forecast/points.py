"""A target's figures on one past day."""

from datetime import date
from typing import NamedTuple

from tracking.status.results import UnitSummary


class Point(NamedTuple):
    """What a unit's figures of a target were on `day`, as known that day."""

    day: date
    counts: UnitSummary
