"""Whom a list named to whom, into the audit log before the page is sent."""

from collections.abc import Sequence

from django.http import HttpRequest

from tracking.audit.actions import record_reading
from tracking.audit.models import AuditEvent
from tracking.organisation.models import DutyRole
from tracking.quality.finding import Finding, Line
from tracking.quality.look import Look
from tracking.reports.gates import roles_for
from tracking.reports.seen import reader


def list_seen(request: HttpRequest, look: Look, finding: Finding, lines: Sequence[Line]) -> None:
    """The people a page of a list names, apart from the reader."""
    named = {person for line in lines for person in line.people} - {roles_for(request).person}
    if finding.names_people and named:
        record_reading(
            AuditEvent.QUALITY_SEEN,
            actor=reader(request),
            about=named,
            unit=look.tree.root or "",
            detail={
                "roll": DutyRole.COORDINATOR,
                "dag": look.on.isoformat(),
                "lista": finding.key,
            },
        )
