"""The only ways a start, a completion or a module's course enters the ledger by itself.

Imports write through `tracking.imports`; everything that happens here, in the platform, through
these. Each may be called twice with the same effect as once.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from foundation.facts import FactBatch, close_batch, open_batch, take_batch_lock
from tracking.ledger.models import (
    Certificate,
    Completion,
    CompletionSource,
    Course,
    CourseForm,
    Start,
)
from tracking.ledger.numbers import new_number
from tracking.organisation.models import Person, User


class UnknownCourse(LookupError):
    """No course with this code is in the catalogue."""


class CourseTaken(ValueError):
    """The code belongs to a course that is not a module here."""


def _known_course(code: str) -> Course:
    try:
        course: Course = Course.objects.known_now().get(code=code)
    except Course.DoesNotExist as error:
        raise UnknownCourse(code) from error
    return course


@transaction.atomic
def record_start(*, person: Person, course_code: str, on: date, actor: User | None) -> Start:
    """Remember that `person` began a course; the first day stays if it was begun before.

    Raises UnknownCourse.
    """
    take_batch_lock()
    _known_course(course_code)
    known: Start | None = (
        Start.objects.known_now().filter(person=person, course_code=course_code).first()
    )
    if known:
        return known
    batch = open_batch(origin="course started", actor=actor)
    start = Start.objects.create(person=person, course_code=course_code, on=on, batch_in=batch)
    close_batch(batch, brought=1, people=[person.pk])
    return start


@transaction.atomic
def record_completion(
    *,
    person: Person,
    course_code: str,
    on: date,
    source: CompletionSource,
    actor: User | None,
    judged_by: dict[str, Any] | None = None,
    result: str = "",
) -> Completion:
    """Remember that `person` completed a course on a day, and what that was judged by.

    The key is person, course, day and source: recorded again, the first one is returned
    unchanged. Raises UnknownCourse.
    """
    take_batch_lock()
    _known_course(course_code)
    known: Completion | None = (
        Completion.objects.known_now()
        .filter(person=person, course_code=course_code, on=on, source=source)
        .first()
    )
    if known:
        return known
    batch = open_batch(origin="course completed", actor=actor)
    completion = Completion.objects.create(
        person=person,
        course_code=course_code,
        on=on,
        source=source,
        result=result,
        judged_by=judged_by or {},
        batch_in=batch,
    )
    close_batch(batch, brought=1, people=[person.pk])
    return completion


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of recording several at once. `batch` is None where nothing was new."""

    batch: FactBatch | None
    brought: list[Completion] = field(default_factory=list)
    known: list[Completion] = field(default_factory=list)


@transaction.atomic
def record_completions(
    *,
    people: Collection[Person],
    course_code: str,
    on: date,
    source: CompletionSource,
    actor: User | None,
    judged_by: dict[str, Any] | None = None,
    origin: str = "courses completed",
) -> Recorded:
    """As `record_completion`, of several people in one batch: their figures move together.

    Raises UnknownCourse.
    """
    take_batch_lock()
    _known_course(course_code)
    known = list(
        Completion.objects.known_now().filter(
            person__in=people, course_code=course_code, on=on, source=source
        )
    )
    new = {one.pk for one in people} - {one.person_id for one in known}
    if not new:
        return Recorded(None, known=known)
    batch = open_batch(origin=origin, actor=actor)
    brought = Completion.objects.bulk_create(
        Completion(
            person_id=person,
            course_code=course_code,
            on=on,
            source=source,
            judged_by=judged_by or {},
            batch_in=batch,
        )
        for person in sorted(new)
    )
    close_batch(batch, brought=len(brought), people=new)
    return Recorded(batch, brought, known)


@transaction.atomic
def withdraw_completions(
    *, completions: Collection[Completion], actor: User | None, origin: str
) -> list[Completion]:
    """As `withdraw_completion`, of several in one batch; gives those that were known."""
    take_batch_lock()
    keys = [one.pk for one in completions]
    gone = list(Completion.objects.known_now().filter(pk__in=keys))
    if not gone:
        return []
    batch = open_batch(origin=origin, actor=actor)
    Completion.objects.filter(pk__in=[one.pk for one in gone]).update(batch_out=batch)
    close_batch(batch, taken_away=len(gone), people={one.person_id for one in gone})
    return gone


@transaction.atomic
def withdraw_completion(*, completion: Completion, actor: User | None) -> bool:
    """From now on it is known not to have been completed; whether this call made it so.

    What was known before stays known of then. Its certificate says that it is withdrawn.
    """
    take_batch_lock()
    known = Completion.objects.known_now().filter(pk=completion.pk)
    if not known.exists():
        return False
    batch = open_batch(origin="completion withdrawn", actor=actor)
    gone = known.update(batch_out=batch)
    close_batch(batch, taken_away=gone, people=[completion.person_id])
    return True


@transaction.atomic
def register_course(
    *, code: str, name: str, minutes: int | None, provider: str = "", actor: User | None
) -> Course:
    """Put a published module into the catalogue, or bring its name and length up to date.

    A provider already known is kept when none is given. Raises CourseTaken when the code is that
    of a course taken elsewhere: evidence for it must not be given by another thing.
    """
    take_batch_lock()
    known: Course | None = Course.objects.known_now().filter(code=code).first()
    if known and known.form != CourseForm.MODULE:
        raise CourseTaken(code)
    provider = provider or (known.provider if known else "")
    if known and (known.name, known.minutes, known.provider) == (name, minutes, provider):
        return known
    batch = open_batch(origin="module published", actor=actor)
    if known:
        known.batch_out = batch
        known.save(update_fields=["batch_out"])
    course = Course.objects.create(
        code=code,
        name=name,
        form=CourseForm.MODULE,
        provider=provider,
        minutes=minutes,
        batch_in=batch,
    )
    # The catalogue says what a course is called; no figure rests on it.
    close_batch(batch, brought=1, taken_away=int(known is not None), people=[])
    return course


def issue_certificate(*, completion: Completion) -> Certificate:
    """The certificate of a completion: made the first time, the same ever after."""
    certificate, _created = Certificate.objects.get_or_create(
        completion=completion, defaults={"number": new_number()}
    )
    return certificate
