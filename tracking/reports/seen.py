"""Whom a report showed to whom, into the audit log before the page is sent."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.http import HttpRequest

from tracking.audit.actions import record, record_reading
from tracking.audit.models import AuditEvent
from tracking.organisation.models import DutyRole, Employment, Person, User
from tracking.organisation.rules import PersonScope
from tracking.reports.account import Account, Member, Members
from tracking.reports.staff import StaffReport, StaffRow
from tracking.status.figures import Stand


def staff_seen(
    request: HttpRequest, scope: PersonScope, report: StaffReport, rows: Sequence[StaffRow]
) -> None:
    """The rows of a page that show somebody by name."""
    about = _others(scope, rows)
    if about:
        record_reading(
            AuditEvent.STAFF_SEEN,
            actor=reader(request),
            about=about,
            unit=report.unit,
            detail={"roll": _role(scope, report.unit), "dag": report.as_of.isoformat()},
        )


def people_listed(
    request: HttpRequest, scope: PersonScope, unit: str, people: Sequence[int]
) -> None:
    """People of a unit whom a page lists by name to somebody who manages it."""
    about = [person for person in people if person != scope.roles.person]
    if about:
        record_reading(
            AuditEvent.STAFF_SEEN,
            actor=reader(request),
            about=about,
            unit=unit,
            detail={"roll": _role(scope, unit), "dag": scope.on.isoformat()},
        )


def members_seen(
    request: HttpRequest,
    scope: PersonScope,
    account: Account,
    stand: Stand,
    listed: Members,
    shown: Sequence[Member],
) -> None:
    """The people of a page of an account's list."""
    about = [one.person for one in shown if one.person != scope.roles.person]
    if about:
        record_reading(
            AuditEvent.STAFF_SEEN,
            actor=reader(request),
            about=about,
            unit=account.unit,
            detail={
                "roll": _role(scope, account.unit),
                "dag": stand.as_of.isoformat(),
                "mal": account.target.code,
                "del": listed.part.value,
            },
        )


def changes_seen(
    request: HttpRequest, scope: PersonScope, unit: str, stand: Stand, people: Sequence[int]
) -> None:
    """The people of a page who stand otherwise in two reports on the unit."""
    about = [person for person in people if person != scope.roles.person]
    if about:
        record_reading(
            AuditEvent.STAFF_SEEN,
            actor=reader(request),
            about=about,
            unit=unit,
            detail={"roll": _role(scope, unit), "dag": stand.as_of.isoformat()},
        )


@transaction.atomic
def staff_exported(
    actor: User, scope: PersonScope, report: StaffReport, rows: Sequence[StaffRow], to: str
) -> None:
    """The rows of a file; each file is an entry of its own."""
    record(
        AuditEvent.STAFF_EXPORTED,
        actor=actor,
        about=_others(scope, rows),
        unit=report.unit,
        detail={
            "roll": _role(scope, report.unit),
            "dag": report.as_of.isoformat(),
            "format": to,
            "rader": len(rows),
        },
    )


def person_seen(
    request: HttpRequest, scope: PersonScope, person: Person, as_of: date, *, target: str = ""
) -> None:
    """A person's page, or why a target applies to them, opened by somebody else."""
    if person.pk == scope.roles.person:
        return
    unit = _unit_between(scope, person)
    record_reading(
        AuditEvent.PERSON_SEEN,
        actor=reader(request),
        about=[person],
        unit=unit,
        detail={"roll": _role(scope, unit), "dag": as_of.isoformat()}
        | ({"mal": target} if target else {}),
    )


def is_nearest(scope: PersonScope, person: Person) -> bool:
    """Whether the reader is the person, or manages a unit where they work: then a decision about
    the person is known to them anyway.
    """
    return person.pk == scope.roles.person or scope.is_manager_of(_unit_between(scope, person))


def reader(request: HttpRequest) -> User:
    """The account that asks."""
    assert isinstance(request.user, User)  # every view here needs a log-in
    return request.user


def _others(scope: PersonScope, rows: Sequence[StaffRow]) -> list[int]:
    return [row.person for row in rows if row.person not in {None, scope.roles.person}]


def _role(scope: PersonScope, unit: str) -> str:
    """What lets them see the people of the unit."""
    return DutyRole.MANAGER if scope.is_manager_of(unit) else DutyRole.COORDINATOR


def _unit_between(scope: PersonScope, person: Person) -> str:
    """The unit through which the reader may see the person; otherwise the whole."""
    held = Employment.objects.known_now().on(scope.on).filter(person=person)
    for code in held.order_by("valid_from").values_list("unit_code", flat=True):
        place = scope.tree.place(code)
        if place and scope.is_manager_of(place):
            return place
    return scope.tree.root or ""
