"""Whom these pages showed to whom, into the audit log before the page is sent."""

from collections.abc import Collection

from django.http import HttpRequest

from tracking.audit.actions import record_reading
from tracking.audit.models import AuditEvent
from tracking.organisation.rules import PersonScope
from tracking.reports.seen import reader


def people_seen(
    request: HttpRequest, scope: PersonScope, people: Collection[int], *, unit: str = ""
) -> None:
    """The people (Person's keys) a page of a topic here lists by name to somebody else."""
    about = [one for one in people if one != scope.roles.person and scope.sees(one)]
    if about:
        record_reading(
            AuditEvent.STAFF_SEEN,
            actor=reader(request),
            about=about,
            unit=unit,
            detail={"dag": scope.on.isoformat(), "sida": request.resolver_match.view_name}
            if request.resolver_match
            else {"dag": scope.on.isoformat()},
        )
