"""Beginning a course and moving through it. Each may be repeated with the same effect as once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.learning.interactive import left_in, lessons_known_by, placed_in
from courses.learning.models import Enrolment, LessonProgress
from courses.pages.models import LessonPage
from foundation.intervals import STOCKHOLM
from quizzes.attempts.models import Attempt
from tracking.ledger.actions import (
    issue_certificate,
    record_completion,
    record_start,
    withdraw_completion,
)
from tracking.ledger.models import Completion, CompletionSource
from tracking.organisation.models import Person, User


def person_of(user: User) -> Person | None:
    """Who the account belongs to; None for an account without a person, such as a trainer's."""
    person: Person | None = getattr(user, "person", None)
    return person


@transaction.atomic
def start_course(*, user: User, course_code: str, now: datetime) -> Enrolment:
    """Begin a course; the ledger remembers the first day if the account belongs to somebody.

    Raises tracking.ledger.actions.UnknownCourse.
    """
    enrolment, created = Enrolment.objects.get_or_create(
        user=user, course_code=course_code, defaults={"started_at": now}
    )
    person = person_of(user)
    if created and person:
        day = now.astimezone(STOCKHOLM).date()
        record_start(person=person, course_code=course_code, on=day, actor=user)
    return enrolment


@transaction.atomic
def finish_screen(
    *,
    user: User,
    course_code: str,
    lesson_key: UUID,
    screen: int,
    of: int,
    now: datetime,
    left: Callable[[], object] = list,
) -> LessonProgress:
    """Remember that a screen of a lesson was read; the last one completes the lesson.

    `left`: asked at the last screen; what it finds has to be done before the lesson is completed,
    and completes it then (courses.learning.interactive). A lesson once completed stays so; reading
    it again moves only the place to go on from. The same lesson in two courses is one, and
    `course_code` where it was begun.
    """
    start_course(user=user, course_code=course_code, now=now)
    # Locked: what is left may be done in another tab this very moment.
    progress, _created = LessonProgress.objects.select_for_update().get_or_create(
        user=user,
        lesson_key=lesson_key,
        defaults={"course_code": course_code, "resumed_at": now},
    )
    progress.resume_screen = min(screen + 1, of)
    progress.resumed_at = now
    if screen >= of and progress.completed_at is None:
        progress.read_at = progress.read_at or now
        progress.completed_at = None if left() else now
    progress.save()
    return progress


@transaction.atomic
def complete_what_waited(*, user: User, lesson_key: UUID, now: datetime) -> bool:
    """Complete a lesson whose last screen somebody has read, when nothing of it is left to do.

    Whether it did.
    """
    # Locked before it is looked at: the last screen may be read in another tab this moment.
    mine = LessonProgress.objects.select_for_update().filter(user=user, lesson_key=lesson_key)
    progress = mine.first()
    if progress is None or not progress.waits:
        return False
    lesson = next(lessons_known_by(lesson_key), None)
    if lesson is None or left_in(user, lesson):
        return False
    progress.completed_at = now
    progress.save(update_fields=["completed_at"])
    return True


def complete_as_published(*, lesson: LessonPage, now: datetime) -> int:
    """An author has changed what a lesson demands: complete it for those with nothing left.

    How many they were. Nobody loses a lesson they have completed by what is demanded since.
    """
    key = lesson.learning_key
    waiting = LessonProgress.objects.filter(
        lesson_key=key, completed_at=None, read_at__isnull=False
    )
    if not any(one.demand.requirement.demands for one in placed_in(lesson)):
        return waiting.update(completed_at=now)
    users = [one.user for one in waiting.select_related("user").order_by("pk")]
    return sum(complete_what_waited(user=user, lesson_key=key, now=now) for user in users)


def complete_by_quiz(
    *, course_code: str, content: Mapping[str, Any] | None, attempt: Attempt
) -> None:
    """Record the completion that a passed attempt is the proof of, and its certificate.

    `content` names the versions of the course's pages that stood when it was handed in, as
    courses.pages.versions gives them; None for a course without a page. An account without a person
    learns without leaving anything in the ledger.
    """
    person = person_of(attempt.user)
    if not attempt.passed or attempt.submitted_at is None or person is None:
        return
    completion = record_completion(
        person=person,
        course_code=course_code,
        on=attempt.submitted_at.astimezone(STOCKHOLM).date(),
        source=CompletionSource.PLATFORM,
        actor=attempt.user,
        judged_by={
            "attempt": str(attempt.public_id),
            **(content or {"page_revision": None}),
            "rule": attempt.rule,
            "points": float(attempt.points or 0),
            "max_points": attempt.max_points,
        },
    )
    issue_certificate(completion=completion)


def withdraw_by_quiz(*, course_code: str, attempt: Attempt, actor: User) -> bool:
    """Withdraw the completion this attempt was the proof of; whether there was one."""
    person = person_of(attempt.user)
    if person is None:
        return False
    mine = Completion.objects.known_now().filter(
        person=person,
        course_code=course_code,
        source=CompletionSource.PLATFORM,
        judged_by__attempt=str(attempt.public_id),
    )
    return sum(withdraw_completion(completion=one, actor=actor) for one in mine) > 0
