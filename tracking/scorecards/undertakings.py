"""The only ways an undertaking is entered, changed and ended; what it said before is kept."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from foundation.intervals import exclusive
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import User
from tracking.scorecards.models import Undertaking, UndertakingChange
from tracking.scorecards.plan.reading import plan_rows

# What may be said of an undertaking, and is kept when it is changed.
SAID = (
    *("title", "goal", "goal_is_inferred", "owner", "recipient", "recipient_kinds"),
    *("recipient_units", "recipient_is_inferred", "period_said", "valid_from", "valid_to"),
    *("targets", "source"),
)


class UndertakingChanged(Exception):
    """Somebody else has changed the undertaking since it was read."""


@transaction.atomic
def load_plan(*, now: datetime) -> int:
    """Enter the implementation plan's rows that are not there; gives how many. Twice is as once.

    A row that is there is left as people have made it.
    """
    rows = plan_rows()
    codes = [row.code for row in rows]
    there = set(Undertaking.objects.filter(code__in=codes).values_list("code", flat=True))
    missing = [Undertaking(**row._asdict(), made_at=now) for row in rows if row.code not in there]
    Undertaking.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


@transaction.atomic
def add_undertaking(
    *, said: dict[str, Any], committee: str = "", actor: User, now: datetime
) -> Undertaking:
    """Enter one of the city's, or a committee's own (`committee`)."""
    begins = said["valid_from"]
    made: Undertaking = Undertaking.objects.create(
        **said,
        code=f"{committee or 'STAD'}-{begins:%Y}-{uuid4().hex[:6]}"[:40],
        committee=committee,
        made_by=actor,
        made_at=now,
    )
    detail: dict[str, str | int] = {"atagande": made.code, "version": made.version}
    record(AuditEvent.UNDERTAKING_CHANGED, actor=actor, unit=committee, detail=detail)
    return made


@transaction.atomic
def change_undertaking(
    *,
    undertaking: Undertaking,
    said: dict[str, Any],
    seen: int,
    reason: str,
    actor: User,
    now: datetime,
) -> Undertaking:
    """Say something else from now on; `seen` is the version it was read as.

    Raises UndertakingChanged.
    """
    held: Undertaking = Undertaking.objects.select_for_update().get(pk=undertaking.pk)
    if all(getattr(held, name) == value for name, value in said.items()):
        return held
    if held.version != seen:
        raise UndertakingChanged
    UndertakingChange.objects.create(
        undertaking=held,
        version=held.version,
        said={name: _plain(getattr(held, name)) for name in SAID},
        changed_by=actor,
        changed_at=now,
        reason=reason,
    )
    for name, value in said.items():
        setattr(held, name, value)
    held.version += 1
    held.save()
    detail: dict[str, str | int] = {"atagande": held.code, "version": held.version}
    record(AuditEvent.UNDERTAKING_CHANGED, actor=actor, unit=held.committee, detail=detail)
    return held


def end_undertaking(
    *,
    undertaking: Undertaking,
    last_day: date,
    seen: int,
    reason: str,
    actor: User,
    now: datetime,
) -> Undertaking:
    """Let it hold through a day. Raises as `change_undertaking`."""
    said = {"valid_to": exclusive(last_day)}
    return change_undertaking(
        undertaking=undertaking, said=said, seen=seen, reason=reason, actor=actor, now=now
    )


@transaction.atomic
def continue_undertakings(
    *,
    undertakings: Collection[Undertaking],
    last_day: date | None,
    reason: str,
    actor: User,
    now: datetime,
) -> int:
    """Let these hold through a day, or until further notice, though they had ended; how many."""
    said = {"valid_to": exclusive(last_day)}
    continued = 0
    for one in undertakings:
        before = one.version
        after = change_undertaking(
            undertaking=one, said=said, seen=before, reason=reason, actor=actor, now=now
        )
        continued += after.version > before
    return continued


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
