"""Records attendance, and takes it back. Each done twice is done once."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from foundation.facts import take_batch_lock
from foundation.intervals import STOCKHOLM
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.evidence.attendance.models import Attendance, Attended
from tracking.ledger.actions import record_completions, withdraw_completions
from tracking.ledger.models import Completion, CompletionSource, Course, CourseForm
from tracking.organisation.models import Person, User

# What is longer ago is in nobody's fresh memory: then the course gives an intyg, or a list.
YEARS_BACK = 10
TAKEN_ELSEWHERE = (CourseForm.WEB, CourseForm.INSTRUCTOR)


class AttendanceRefused(ValueError):
    """What is wrong, in words for whoever records."""


class TooLate(Exception):
    """Only a coordinator takes it back now."""


@transaction.atomic
def record_attendance(
    *,
    key: UUID,
    people: Collection[Person],
    course_code: str,
    on: date,
    unit_code: str,
    actor: User,
    now: datetime,
) -> Attendance:
    """Record that these people took the course that day: one batch, however many they are.

    `key` is of the page that asked: the same page sent again gives the same recording. Whoever is
    said to have been there already stays as they are. Raises AttendanceRefused, and ledger's
    UnknownCourse.
    """
    take_batch_lock()
    known = Attendance.objects.filter(public_id=key, recorded_by=actor).first()
    if known:
        return known
    refuse_day(on, now.astimezone(STOCKHOLM).date())
    _refuse_people(people, actor)
    _refuse_course(course_code)
    recorded = record_completions(
        people=people,
        course_code=course_code,
        on=on,
        source=CompletionSource.ATTENDANCE,
        actor=actor,
        judged_by={"attendance": str(key), "by": actor.pk},
    )
    attendance = Attendance.objects.create(
        public_id=key,
        unit_code=unit_code,
        course_code=course_code,
        on=on,
        recorded_by=actor,
        recorded_at=now,
        batch=recorded.batch,
    )
    Attended.objects.bulk_create(
        Attended(attendance=attendance, person_id=one.person_id, completion=one, is_new=is_new)
        for found, is_new in ((recorded.brought, True), (recorded.known, False))
        for one in found
    )
    record(
        AuditEvent.ATTENDANCE_RECORDED,
        actor=actor,
        about=[one.person_id for one in recorded.brought],
        unit=unit_code,
        detail={"kurs": course_code, "datum": on.isoformat(), "antal": len(recorded.brought)},
    )
    return attendance


@transaction.atomic
def withdraw_attendance(
    *, attendance: Attendance, actor: User, is_coordinator: bool, now: datetime
) -> bool:
    """Take a recording back; whether this call did. What another recording also says stays.

    Raises TooLate when whoever recorded it has waited too long, PermissionError for others.
    """
    take_batch_lock()
    held = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    if held.withdrawn_at:
        return False
    if not is_coordinator:
        if held.recorded_by_id != actor.pk:
            raise PermissionError
        if now > held.taken_back_until:
            raise TooLate
    also = Attended.objects.filter(
        completion=OuterRef("pk"), attendance__withdrawn_at=None
    ).exclude(attendance=held)
    # Also what was known before, once nobody else's recording stands for it: whoever took theirs
    # back left it here.
    said = Completion.objects.known_now().filter(
        pk__in=Attended.objects.filter(attendance=held).values("completion"),
        judged_by__has_key="attendance",
    )
    gone = withdraw_completions(
        completions=list(said.exclude(Exists(also))), actor=actor, origin="attendance taken back"
    )
    held.withdrawn_by, held.withdrawn_at = actor, now
    held.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(
        AuditEvent.ATTENDANCE_WITHDRAWN,
        actor=actor,
        about=[one.person_id for one in gone],
        unit=held.unit_code,
        detail={"kurs": held.course_code, "datum": held.on.isoformat(), "antal": len(gone)},
    )
    return True


def earliest(today: date) -> date:
    """The first day that can be recorded."""
    return today - timedelta(days=YEARS_BACK * 365)


def refuse_day(on: date, today: date) -> None:
    """Raises AttendanceRefused for a day to come, or one too long ago."""
    if on > today:
        raise AttendanceRefused(_("The day has not come yet."))
    if on < earliest(today):
        text = _("The day is more than %(years)d years ago. Check the year.")
        raise AttendanceRefused(text % {"years": YEARS_BACK})


def _refuse_people(people: Collection[Person], actor: User) -> None:
    if not people:
        raise AttendanceRefused(_("Choose at least one person."))
    if any(one.user_id == actor.pk for one in people):
        raise AttendanceRefused(_("You can't record yourself: your own manager does."))


def _refuse_course(code: str) -> None:
    course = Course.objects.known_now().filter(code=code).first()
    if course and course.form not in TAKEN_ELSEWHERE:
        raise AttendanceRefused(_("Modules are taken here, and count by themselves."))
