"""What was learned elsewhere: attendance recorded, proofs handed in, rows that wait for somebody.

The papers are drawn here: fictional certificates of fictional people.
"""

import json
import uuid
from datetime import date, datetime, time, timedelta

import typst
from django.db import transaction

from foundation.facts import close_batch, open_batch
from foundation.intervals import STOCKHOLM
from tracking.evidence.attendance.actions import record_attendance
from tracking.evidence.attendance.queries import staff_of
from tracking.evidence.proof.actions import hand_in, keep_draft, refuse, verify
from tracking.evidence.proof.files import drawn
from tracking.evidence.proof.models import Proof
from tracking.ledger.models import CompletionSource, Course, CourseForm, PendingCompletion
from tracking.organisation.models import Person, User
from tracking.organisation.rules import visible_to

# The same keys every time: loaded again, they are there already.
LECTURE = uuid.UUID("6d1f0a52-0000-4000-8000-000000000001")
UNIT = "SDN-JARVA-EB"
LIST = "genomforanden-ncc.csv"
PAPER = """
#let said = json(bytes(sys.inputs.said))
#set page(paper: "a4", margin: 25mm)
#set text(lang: "sv", font: "Libertinus Serif", size: 15pt)
#set align(center)
#v(30mm)
#text(size: 24pt, tracking: 0.15em)[KURSINTYG]
#v(20mm)
Härmed intygas att
#v(4mm)
#text(size: 26pt)[#said.name]
#v(4mm)
har genomfört
#v(4mm)
#text(size: 19pt)[#said.course]
#v(10mm)
#said.day
#v(1fr)
#said.provider
#v(4mm)
#text(size: 10pt)[Påhittat intyg i demostaden]
"""


def tell_what_was_learned_elsewhere(*, on: date) -> None:
    """Everything of this kind the demo has to show; a second time changes nothing."""
    manager = User.objects.get(username="enhetschef", is_demo=True)
    scope = visible_to(manager, on)
    staff = [person for person, _role in staff_of(scope, UNIT)]
    courses = list(Course.objects.known_now().exclude(form=CourseForm.MODULE).order_by("code"))
    web = [course for course in courses if course.form == CourseForm.WEB]
    lectures = [course for course in courses if course.form == CourseForm.INSTRUCTOR]
    if len(staff) < 6 or not web or not lectures:
        return
    _lecture(manager, staff[:8], lectures[0], on)
    if not Proof.objects.exists():
        _proofs(manager, staff, web, on)
    if not PendingCompletion.objects.filter(batch_in__file_name=LIST).exists():
        _list(staff, web[0], on)


def _at(on: date, days_ago: int) -> datetime:
    return datetime.combine(on - timedelta(days=days_ago), time(10, 20), STOCKHOLM)


def _lecture(manager: User, there: list[Person], lecture: Course, on: date) -> None:
    """A lecture day a fortnight ago, recorded the week after."""
    record_attendance(
        key=LECTURE,
        people=there,
        course_code=lecture.code,
        on=on - timedelta(days=14),
        unit_code=UNIT,
        actor=manager,
        now=_at(on, 7),
    )


def _proofs(manager: User, staff: list[Person], web: list[Course], on: date) -> None:
    """Two that wait, one that was verified with another day than was written, one refused."""
    own = Person.objects.filter(user__username="medarbetare").first()
    _handed_in(staff[0], web[0], on - timedelta(days=9), "", _at(on, 3))
    _handed_in(staff[1], web[-1], on - timedelta(days=20), "Papperet låg i en pärm.", _at(on, 1))
    verified = _handed_in(own or staff[2], web[-1], on - timedelta(days=41), "", _at(on, 12))
    verify(
        proof=verified,
        course_code=web[-1].code,
        on=on - timedelta(days=42),
        actor=manager,
        now=_at(on, 10),
    )
    refused = _handed_in(staff[3], web[0], on - timedelta(days=30), "", _at(on, 9))
    refuse(
        proof=refused,
        reason="Kursens namn syns inte på bilden. Ta om den så att hela papperet är med.",
        actor=manager,
        now=_at(on, 8),
    )


def _handed_in(person: Person, course: Course, taken: date, note: str, now: datetime) -> Proof:
    paper = _paper(person.full_name, course, taken)
    draft = keep_draft(person=person, file=drawn(paper), now=now)
    # Few of the demo's staff have an account: the manager's stands for theirs in the log.
    actor = person.user or User.objects.get(username="enhetschef", is_demo=True)
    return hand_in(draft=draft, course_code=course.code, on=taken, note=note, actor=actor, now=now)


def _paper(name: str, course: Course, taken: date) -> bytes:
    """A certificate as a provider might print it, as PDF."""
    said = {
        "name": name,
        "course": course.name,
        "day": taken.isoformat(),
        "provider": course.provider or "Anordnaren",
    }
    made: bytes = typst.compile(
        PAPER.encode(),
        format="pdf",
        sys_inputs={"said": json.dumps(said)},
        ignore_system_fonts=True,
    )
    return made


@transaction.atomic
def _list(staff: list[Person], course: Course, on: date) -> None:
    """Rows of a provider's list whose addresses HR does not know."""
    batch = open_batch(origin="import completions", file_name=LIST)
    private = [
        (f"{person.first_name}.{person.last_name}@gmail.example".lower().replace(" ", ""), days)
        for person, days in zip(staff[4:7], (33, 47, 61), strict=False)
    ]
    rows = [*private, (private[0][0], 90), ("reception@vardcentral.example", 33)]
    PendingCompletion.objects.bulk_create(
        PendingCompletion(
            email=email,
            course_code=course.code,
            on=on - timedelta(days=days),
            source=CompletionSource.IMPORT,
            batch_in=batch,
        )
        for email, days in rows
    )
    close_batch(batch, people=[])
