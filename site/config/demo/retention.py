"""The demo's decisions to dispose of data, which nobody should take for a city's."""

from datetime import date

from tracking.retention.models import RetentionDecision
from tracking.retention.rules import RULES

REFERENCE = "DEMO – påhittat beslut, gäller bara demostaden"


def decide(*, on: date) -> None:
    """A decision on every rule that has none, with the time it proposes; none of them nightly."""
    for rule in RULES.values():
        RetentionDecision.objects.get_or_create(
            rule=rule.code,
            defaults={
                "months": rule.months,
                "reference": REFERENCE,
                "decided_by": "Ingen (demo)",
                "decided_on": on,
            },
        )
