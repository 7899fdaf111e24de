"""Marking questions to come back to, and locking an answer to see its feedback."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from quizzes.attempts.actions import AlreadyHandedIn, TimeIsUp
from quizzes.attempts.limits import is_over
from quizzes.attempts.models import Answer, Attempt
from quizzes.attempts.queries import items_with_answers, locked_attempt
from quizzes.bank.settings import Feedback
from quizzes.types import type_of
from tracking.organisation.models import User


class NotAnswered(Exception):
    """A question without a whole answer has no feedback to show."""


@transaction.atomic
def mark_question(
    *, user: User, attempt_id: UUID, position: int, marked: bool, now: datetime
) -> list[int]:
    """Mark a question, or take the mark away; gives the places marked.

    A place that the attempt does not have is none. Raises Attempt.DoesNotExist, AlreadyHandedIn
    and TimeIsUp.
    """
    attempt = _open(user, attempt_id, now)
    places = set(attempt.marked) - {position}
    if marked and attempt.items.filter(position=position).exists():
        places.add(position)
    attempt.marked = sorted(places)
    attempt.save(update_fields=["marked"])
    return sorted(places)


@transaction.atomic
def lock_answer(*, user: User, attempt_id: UUID, position: int, now: datetime) -> None:
    """Let an answer stand, so that its feedback may be shown. Locked twice, nothing happens.

    Raises Attempt.DoesNotExist, AlreadyHandedIn, TimeIsUp; NotAnswered also where the quiz tells
    nothing before it is handed in.
    """
    attempt = _open(user, attempt_id, now)
    if attempt.settings.feedback == Feedback.EACH:
        for item, content, answer in items_with_answers(attempt):
            if item.position == position and type_of(content).is_answered(content, answer):
                Answer.objects.filter(item=item).update(is_locked=True)
                return
    raise NotAnswered


def _open(user: User, attempt_id: UUID, now: datetime) -> Attempt:
    attempt = locked_attempt(user, attempt_id)
    if not attempt.is_open:
        raise AlreadyHandedIn
    if is_over(attempt, now):
        raise TimeIsUp
    return attempt
