"""Disposes of what has been decided, a bounded step at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from foundation.intervals import DAWN, plus_months
from tracking.audit.actions import record
from tracking.retention.models import RetentionDecision
from tracking.retention.rules import RULES, Rule


@dataclass(frozen=True, slots=True)
class Due:
    """A rule, the decision on it if there is one, and how much is old enough."""

    rule: Rule
    decision: RetentionDecision | None
    before: date  # what is from before this day goes
    rows: int


def due(today: date) -> Iterator[Due]:
    """Every rule with what it would take; changes nothing."""
    decisions = {one.rule: one for one in RetentionDecision.objects.all()}
    for rule in RULES.values():
        decision = decisions.get(rule.code)
        before = plus_months(today, -(decision.months if decision else rule.months)) or DAWN
        yield Due(rule, decision, before, rule.count(before))


def apply(one: Due, *, actor: str) -> int:
    """Dispose of what is due, in steps that each are whole and logged; gives how much it was.

    Broken off, it goes on where it was when run again. Raises ValueError without a decision.
    """
    if one.decision is None:
        raise ValueError(one.rule.code)
    total = 0
    while taken := _step(one.rule, one.decision, one.before, actor):
        total += taken
    return total


@transaction.atomic
def _step(rule: Rule, decision: RetentionDecision, before: date, actor: str) -> int:
    disposed = rule.dispose(before, rule.at_once)
    if disposed.rows:
        said: dict[str, str | int] = {
            "regel": rule.code,
            "beslut": decision.reference,
            "fore": before.isoformat(),
            "antal": disposed.rows,
            **disposed.detail,
        }
        record(rule.event, actor=actor, about=disposed.people, detail=said)
    return disposed.rows
