"""What was learned elsewhere: a lecture day that the demo's manager recorded attendance of."""

import uuid
from datetime import date, datetime, time, timedelta

from foundation.intervals import STOCKHOLM
from tracking.evidence.attendance.actions import record_attendance
from tracking.evidence.attendance.queries import staff_of
from tracking.ledger.models import Course, CourseForm
from tracking.organisation.models import User
from tracking.organisation.rules import visible_to

# The same keys every time: loaded again, they are there already.
LECTURE = uuid.UUID("6d1f0a52-0000-4000-8000-000000000001")
UNIT = "SDN-JARVA-EB"


def tell_what_was_learned_elsewhere(*, on: date) -> None:
    """Everything of this kind the demo has to show; a second time changes nothing."""
    manager = User.objects.get(username="enhetschef", is_demo=True)
    _lecture(manager, on)


def _lecture(manager: User, on: date) -> None:
    """A lecture day a fortnight ago, recorded the week after."""
    scope = visible_to(manager, on)
    day = on - timedelta(days=14)
    there = [person for person, _role in staff_of(scope, UNIT)][:8]
    lectures = Course.objects.known_now().filter(form=CourseForm.INSTRUCTOR).order_by("code")
    lecture = lectures.first()
    if there and lecture:
        record_attendance(
            key=LECTURE,
            people=there,
            course_code=lecture.code,
            on=day,
            unit_code=UNIT,
            actor=manager,
            now=datetime.combine(on - timedelta(days=7), time(10, 20), STOCKHOLM),
        )
