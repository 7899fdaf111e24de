"""Beginning a course and moving through it. Each may be repeated with the same effect as once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.learning.models import Enrolment, LessonProgress
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
    *, user: User, course_code: str, lesson_key: UUID, screen: int, of: int, now: datetime
) -> LessonProgress:
    """Remember that a screen of a lesson was read; the last one completes the lesson.

    A lesson once completed stays so; reading it again moves only the place to go on from. The same
    lesson in two courses is one, and `course_code` where it was begun.
    """
    start_course(user=user, course_code=course_code, now=now)
    progress, _created = LessonProgress.objects.get_or_create(
        user=user,
        lesson_key=lesson_key,
        defaults={"course_code": course_code, "resumed_at": now},
    )
    progress.resume_screen = min(screen + 1, of)
    progress.resumed_at = now
    if screen >= of and progress.completed_at is None:
        progress.completed_at = now
    progress.save()
    return progress


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
