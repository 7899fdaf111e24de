"""What can be disposed of. Each app adds its own; how long it is kept is decided elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.functional import Promise

from foundation.intervals import STOCKHOLM
from tracking.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Disposed:
    """What one step took away."""

    rows: int
    people: frozenset[int] = frozenset()  # keys of those it was about
    detail: Mapping[str, str | int] = field(default_factory=dict)  # for the audit log


@dataclass(frozen=True, slots=True)
class Rule:
    """`count` says how much there is to dispose of before a day, `dispose` takes at most so much.

    `dispose` runs inside a transaction and takes less and less until nothing is left; taken
    twice, the second time finds nothing.
    """

    code: str
    title: str | Promise
    months: int  # proposed; the decision says what holds
    count: Callable[[date], int]
    dispose: Callable[[date, int], Disposed]
    event: AuditEvent = AuditEvent.RETENTION_APPLIED
    at_once: int = 500


RULES: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    """Add rules; they are applied in the order they were added."""
    for rule in rules:
        RULES[rule.code] = rule


def midnight(day: date) -> datetime:
    """When the day begins in Stockholm."""
    return datetime.combine(day, time.min, STOCKHOLM)
