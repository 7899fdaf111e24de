"""What was learned elsewhere: who said that one was there, and what one has said of others."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tracking.evidence.attendance.models import Attendance, Attended
from tracking.privacy.sections import Owner, Section, Value, register

Row = tuple[Value, ...]


def register_elsewhere() -> None:
    """Add them; called once, when the app is ready."""
    register(*_SECTIONS)


def _attended(owner: Owner) -> Iterator[Row]:
    if owner.person:
        mine = Attended.objects.filter(person=owner.person).select_related("attendance")
        for one in mine.order_by("attendance__recorded_at", "pk"):
            said = one.attendance
            yield said.course_code, said.on, said.recorded_at, one.is_new, said.withdrawn_at


def _recorded(owner: Owner) -> Iterator[Row]:
    said = Attendance.objects.filter(recorded_by=owner.user) | Attendance.objects.filter(
        withdrawn_by=owner.user
    )
    for one in said.order_by("recorded_at", "pk"):
        mine = one.recorded_by_id == owner.user.pk
        took_back = one.withdrawn_at if one.withdrawn_by_id == owner.user.pk else None
        named = one.attended.count()
        yield (
            str(one.public_id),
            one.unit_code,
            one.course_code,
            one.on,
            named,
            one.recorded_at if mine else None,
            took_back,
        )


_SECTIONS = (
    Section(
        "narvaro",
        _("Attendance somebody recorded of me"),
        {
            "kurs": _("course"),
            "datum": _("date"),
            "registrerad": _("recorded"),
            "ny": _("was new"),
            "atertagen": _("taken back"),
        },
        _attended,
        frozenset({"tracking.Attended"}),
    ),
    Section(
        "narvaro_av_mig",
        _("Attendance I have recorded or taken back"),
        {
            "nyckel": _("key in addresses"),
            "enhet": _("unit"),
            "kurs": _("course"),
            "datum": _("date"),
            "personer": _("people concerned"),
            "registrerad": _("recorded"),
            "atertagen": _("taken back"),
        },
        _recorded,
        frozenset({"tracking.Attendance"}),
    ),
)
