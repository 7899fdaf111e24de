"""What is kept of mails to somebody, told to themself."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tracking.privacy.sections import Owner, Section, Value
from tracking.reminders.models import (
    Bounce,
    Reminder,
    ReminderBatch,
    ReminderChoice,
    SilentTarget,
)


def _reminders(owner: Owner) -> Iterator[tuple[Value, ...]]:
    mine = Reminder.objects.filter(person=owner.person) if owner.person else Reminder.objects.none()
    whole = mine.select_related("batch").prefetch_related("lines").order_by("day", "pk")
    for mail in whole:
        about = ", ".join(
            " ".join(
                filter(
                    None, [one.target_code, one.why, one.until.isoformat() if one.until else None]
                )
            )
            for one in mail.lines.all()
        )
        counts = ", ".join(f"{name}: {value}" for name, value in sorted(mail.counts.items()))
        said = mail.batch.own_line, mail.batch.role
        yield (
            str(mail.public_id),
            mail.kind,
            mail.made_on,
            mail.day,
            mail.state,
            mail.dropped_for,
            mail.address,
            mail.language,
            mail.sent_at,
            about or counts,
            *said,
        )


def _choices(owner: Owner) -> Iterator[tuple[Value, ...]]:
    if owner.person:
        for one in ReminderChoice.objects.filter(person=owner.person):
            yield one.wants_optional, one.wants_summary, one.language


def _bounces(owner: Owner) -> Iterator[tuple[Value, ...]]:
    if owner.person:
        for one in Bounce.objects.filter(person=owner.person).order_by("at", "pk"):
            yield one.address, one.at, one.status, one.is_hard, one.ended_at


def _asked(owner: Owner) -> Iterator[tuple[Value, ...]]:
    """What they asked for. To whom stands in those people's own data."""
    for one in ReminderBatch.objects.filter(sent_by=owner.user).order_by("created_at", "pk"):
        left = ", ".join(f"{name}: {count}" for name, count in sorted(one.left_out.items()))
        count = one.mails.count()
        made = one.created_at, one.leaves_at
        yield one.unit_code, one.target_code, one.own_line, one.role, *made, count, left


def _silenced(owner: Owner) -> Iterator[tuple[Value, ...]]:
    for one in SilentTarget.objects.filter(set_by=owner.user).order_by("target_code"):
        yield one.target_code, one.set_at


SECTIONS = (
    Section(
        "paminnelser",
        _("Reminders sent to you"),
        {
            "nyckel": _("key in addresses"),
            "slag": _("kind"),
            "gjord": _("made"),
            "dag": _("day"),
            "tillstand": _("status"),
            "struken": _("not needed any more"),
            "epost": _("e-mail"),
            "sprak": _("language"),
            "skickad": _("sent"),
            "om": _("about"),
            "egen_rad": _("own line"),
            "roll": _("asked for as"),
        },
        _reminders,
        frozenset({"tracking.Reminder", "tracking.ReminderLine"}),
    ),
    Section(
        "paminnelseval",
        _("Choice of reminders"),
        {
            "rekommenderat": _("of what is recommended"),
            "sammanfattning": _("Monday summary"),
            "sprak": _("language"),
        },
        _choices,
        frozenset({"tracking.ReminderChoice"}),
    ),
    Section(
        "returer",
        _("Mail to you that came back"),
        {
            "epost": _("e-mail"),
            "tidpunkt": _("moment"),
            "kod": _("status"),
            "for_gott": _("for good"),
            "upphavd": _("the address works again"),
        },
        _bounces,
        frozenset({"tracking.Bounce"}),
    ),
    Section(
        "paminnelser_av_mig",
        _("Reminders you asked for"),
        {
            "enhet": _("unit"),
            "mal": _("target"),
            "egen_rad": _("own line"),
            "roll": _("asked for as"),
            "tidpunkt": _("moment"),
            "skickas": _("leaves"),
            "antal": _("mails"),
            "utan": _("left out"),
        },
        _asked,
        frozenset({"tracking.ReminderBatch"}),
    ),
    Section(
        "tysta_mal",
        _("Targets you have turned reminders off for"),
        {"mal": _("target"), "sedan": _("since")},
        _silenced,
        frozenset({"tracking.SilentTarget"}),
    ),
)
