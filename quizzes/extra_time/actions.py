"""Giving a person more time, also while they sit with the quiz open."""

from datetime import datetime

from django.db import transaction

from quizzes.attempts.limits import deadline, extra_time_of
from quizzes.attempts.models import Attempt, ExtraTime
from quizzes.bank.models import Quiz
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import User

EVERY_QUIZ = "*"


@transaction.atomic
def give_extra_time(
    *, user: User, quiz: Quiz | None, percent: int, minutes: int, actor: User, now: datetime
) -> int:
    """Let somebody have more time at a quiz, or at every one; gives how many open attempts got it.

    Takes the place of what they were given before for the same; nothing more of either takes it
    back. A deadline that has been told is never moved earlier.
    """
    given = {"percent": percent, "minutes": minutes, "given_at": now}
    if percent or minutes:
        ExtraTime.objects.update_or_create(user=user, quiz=quiz, defaults=given)
    else:
        ExtraTime.objects.filter(user=user, quiz=quiz).delete()
    moved = _move_deadlines(user, quiz)
    record(
        AuditEvent.EXTRA_TIME_GIVEN,
        actor=actor,
        about=[person] if (person := getattr(user, "person", None)) else [],
        detail={
            "quiz": quiz.key if quiz else EVERY_QUIZ,
            "percent": percent,
            "minutes": minutes,
            "attempts": moved,
        },
    )
    return moved


def _move_deadlines(user: User, quiz: Quiz | None) -> int:
    """Open attempts get the time at once. Their closing finds the new deadline when it comes."""
    of_quiz = {"quiz": quiz} if quiz else {}
    open_ones = Attempt.objects.filter(
        user=user, submitted_at=None, deadline_at__isnull=False, **of_quiz
    )
    moved = 0
    for attempt in open_ones.select_for_update(of=("self",)):
        extra = extra_time_of(user, attempt.quiz_id)
        until = deadline(attempt.started_at, attempt.settings.limit_minutes, extra)
        if attempt.deadline_at and until > attempt.deadline_at:
            attempt.deadline_at = until
            attempt.save(update_fields=["deadline_at"])
            moved += 1
    return moved
