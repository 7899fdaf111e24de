"""What was learned elsewhere: who said that one was there, and what one has said of others."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tracking.evidence.attendance.models import Attendance, Attended
from tracking.evidence.proof.models import Proof
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


def _proofs(owner: Owner) -> Iterator[Row]:
    if owner.person:
        mine = Proof.objects.filter(person=owner.person).select_related("decided_by__person")
        for one in mine.order_by("begun_at", "pk"):
            by = one.decided_by.get_full_name() if one.decided_by else ""
            yield (
                str(one.public_id),
                one.state,
                one.course_code,
                one.on,
                one.note,
                one.begun_at,
                one.handed_in_at,
                one.decided_at,
                by,
                one.reason,
                one.sha256_uploaded,
                one.removed_at,
            )


def _decided(owner: Owner) -> Iterator[Row]:
    for one in Proof.objects.filter(decided_by=owner.user).order_by("decided_at", "pk"):
        yield str(one.public_id), one.state, one.course_code, one.decided_at, one.reason


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
    Section(
        "inlamnade_intyg",
        _("Proofs I have handed in"),
        {
            "nyckel": _("key in addresses"),
            "lage": _("state of it"),
            "kurs": _("course"),
            "datum": _("date"),
            "meddelande": _("message"),
            "lamnad": _("handed over"),
            "inlamnad": _("handed in"),
            "avgjord": _("decided"),
            "av": _("decided by"),
            "skal": _("reason"),
            "fingeravtryck": _("fingerprint of the file"),
            "fil_borttagen": _("file removed"),
        },
        _proofs,
        frozenset({"tracking.Proof"}),
    ),
    Section(
        "intyg_granskade_av_mig",
        _("Proofs I have decided on"),
        {
            "nyckel": _("key in addresses"),
            "lage": _("state of it"),
            "kurs": _("course"),
            "avgjord": _("decided"),
            "skal": _("reason"),
        },
        _decided,
    ),
)
