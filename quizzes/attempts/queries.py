"""Reads of attempts; always one's own."""

from uuid import UUID

from django.db.models import QuerySet

from quizzes.attempts.models import Attempt, AttemptItem
from quizzes.bank.models import Quiz
from quizzes.types import Content
from tracking.organisation.models import User


def attempts_of(user: User, *, quiz: Quiz, context: str) -> QuerySet[Attempt]:
    """A person's attempts at a quiz in a place, latest first."""
    return Attempt.objects.filter(user=user, quiz=quiz, context=context).order_by("-started_at")


def own_attempt(user: User, public_id: UUID) -> Attempt:
    """The attempt, if it is this person's; raises Attempt.DoesNotExist otherwise."""
    return Attempt.objects.select_related("quiz").get(user=user, public_id=public_id)


def items_with_answers(attempt: Attempt) -> list[tuple[AttemptItem, Content, list[str]]]:
    """The questions in order, each with what was chosen. One query."""
    items = AttemptItem.objects.filter(attempt=attempt).select_related("answer")
    return [(item, item.content, chosen_of(item)) for item in items.order_by("position")]


def chosen_of(item: AttemptItem) -> list[str]:
    """What was chosen for a question; nothing when it was not answered."""
    answer = getattr(item, "answer", None)
    return list(answer.chosen) if answer else []
