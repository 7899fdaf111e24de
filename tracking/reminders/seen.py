"""Whose reminders a page showed to whom, into the audit log before the page is sent."""

from collections.abc import Iterable
from datetime import date

from tracking.audit.actions import record_reading
from tracking.audit.models import AuditEvent
from tracking.organisation.models import DutyRole, User
from tracking.organisation.rules import PersonScope


def reminders_seen(
    actor: User, scope: PersonScope, people: Iterable[int], *, unit: str, on: date
) -> None:
    """People shown by name, with what they were or would be reminded of."""
    about = {person for person in people if person != scope.roles.person}
    if about:
        role = DutyRole.MANAGER if scope.is_manager_of(unit) else DutyRole.COORDINATOR
        detail = {"roll": str(role), "dag": on.isoformat()}
        record_reading(
            AuditEvent.REMINDERS_SEEN, actor=actor, about=about, unit=unit, detail=detail
        )
