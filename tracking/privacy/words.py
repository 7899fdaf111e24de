"""What an entry of the audit log says, to the person it concerns and to an auditor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.audit.models import AuditEntry, AuditEvent
from tracking.organisation.models import DutyRole, Unit

# As the person concerned reads it; what is not here reads as the log has it.
TO_THE_PERSON: Mapping[str, str | Promise] = {
    AuditEvent.STAFF_SEEN: _("Saw you in a list of staff with the status of each target"),
    AuditEvent.PERSON_SEEN: _("Saw your page, with your targets and completed courses"),
    AuditEvent.QUALITY_SEEN: _("Saw you in a list of people whose data is to be looked at"),
    AuditEvent.CERTIFICATE_SEEN: _("Looked at proof of a course you had handed in"),
    AuditEvent.PROOF_DECIDED: _("Decided on a proof you had handed in"),
    AuditEvent.ATTENDANCE_RECORDED: _("Recorded that you took a course"),
    AuditEvent.ATTENDANCE_WITHDRAWN: _("Took back that you took a course"),
    AuditEvent.COMPLETIONS_MATCHED: _("Said that rows of a course provider's list are yours"),
    AuditEvent.MATCH_UNDONE: _("Took back that rows of a course provider's list are yours"),
    AuditEvent.STAFF_EXPORTED: _("Fetched a list of staff where you stand, as a file"),
    AuditEvent.STATUS_EXPORTED: _("Wrote everybody's status to a file, yours among them"),
    AuditEvent.STATUS_FETCHED: _(
        "Fetched the status of each target to another program, yours among them"
    ),
    AuditEvent.EXEMPTION_RECORDED: _("Recorded that you are exempt from a target for a time"),
    AuditEvent.EXEMPTION_ENDED: _("Ended an exemption of yours earlier"),
    AuditEvent.EXEMPTION_WITHDRAWN: _("Withdrew an exemption of yours"),
    AuditEvent.DEPUTY_NAMED: _("Named a deputy for a manager: you are one of the two"),
    AuditEvent.DEPUTY_ENDED: _("Ended a deputy's duty: you are one of the two"),
    AuditEvent.FILE_IMPORTED: _("Read in a file that changed what is kept about you"),
    AuditEvent.LOG_IN_FAILED: _("Tried to log in to your account, and failed"),
    AuditEvent.ACCOUNT_CHANGED: _("Changed your account"),
    AuditEvent.EXTRA_TIME_GIVEN: _("Gave you more time for a quiz"),
    AuditEvent.REMINDER_SENT: _("Had a reminder sent to you"),
    AuditEvent.REMINDERS_SEEN: _("Saw which reminders you have been sent, or would be"),
    AuditEvent.BOUNCES_SEEN: _("Saw that mail to you comes back"),
    AuditEvent.ADDRESS_WORKS: _("Said that your e-mail address works"),
    AuditEvent.RETENTION_APPLIED: _("Disposed of old data about you"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words."""

    number: int
    moment: datetime
    what: str
    who: str
    unit: str
    day: str  # the day a report was of, as YYYY-MM-DD; may be empty
    people: int


def lines_to_the_person(entries: Iterable[AuditEntry]) -> list[Line]:
    """Who by role and unit, never by name: see docs/adr/0010-audit-log.md."""
    listed = list(entries)
    names = _unit_names(listed)
    return [
        _line(one, names, str(TO_THE_PERSON.get(one.event, one.event_label)), _role(one, names))
        for one in listed
    ]


def lines_to_an_auditor(entries: Iterable[AuditEntry]) -> list[Line]:
    """Who by name, unless they are protected; whom it concerns only as a number."""
    listed = list(entries)
    names = _unit_names(listed)
    return [_line(one, names, one.event_label, _actor(one)) for one in listed]


def _line(entry: AuditEntry, names: Mapping[str, str], what: str, who: str) -> Line:
    unit, day = names.get(entry.unit, entry.unit), str(entry.detail.get("dag", ""))
    return Line(entry.sequence, entry.moment, what, who, unit, day, entry.people)


def _role(entry: AuditEntry, names: Mapping[str, str]) -> str:
    if entry.account:
        return gettext("Administration of the platform")
    match entry.detail.get("roll"):
        case DutyRole.MANAGER:
            if not entry.unit:  # of several units, asked for at once
                return gettext("A manager of yours, or deputy")
            unit = names.get(entry.unit, entry.unit)
            return gettext("Manager of %(unit)s, or deputy") % {"unit": unit}
        case DutyRole.COORDINATOR:
            return gettext("Coordinator of the follow-up, the whole city")
    return gettext("Nobody logged in") if entry.actor_id is None else gettext("An account")


def _actor(entry: AuditEntry) -> str:
    if entry.actor is not None:
        return entry.actor.get_full_name() or entry.actor.get_username()
    return entry.account or gettext("Nobody logged in")


def _unit_names(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """What the units are, or were last, called. One query, or none."""
    codes = {entry.unit for entry in entries} - {""}
    rows = Unit.objects.known_now().filter(code__in=codes).order_by("valid_from")
    return dict(rows.values_list("code", "name")) if codes else {}
