"""Reads of attempts; always one's own."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet

from quizzes.attempts.models import Attempt, AttemptItem
from quizzes.bank.models import Quiz
from quizzes.bank.settings import Counts, Feedback
from quizzes.types import Answer, Content, type_of
from tracking.organisation.models import User


def attempts_of(user: User, *, quiz: Quiz, context: str) -> QuerySet[Attempt]:
    """A person's attempts at a quiz in a place, latest first."""
    return Attempt.objects.filter(user=user, quiz=quiz, context=context).order_by("-started_at")


def counting(attempts: Iterable[Attempt]) -> Attempt | None:
    """The try that counts, of those at one quiz in one place: the latest handed in says which."""
    handed_in = sorted(
        (one for one in attempts if one.submitted_at), key=lambda one: (one.submitted_at, one.pk)
    )
    if handed_in and handed_in[-1].settings.counts == Counts.BEST:
        return max(reversed(handed_in), key=_worth)
    return handed_in[-1] if handed_in else None


def _worth(attempt: Attempt) -> tuple[bool, Fraction]:
    share = Fraction(attempt.points or 0) / Fraction(attempt.max_points or 1)
    return bool(attempt.passed), share


def places_passed(user: User, contexts: Collection[str]) -> set[str]:
    """Where the try that counts was passed. One query."""
    passed: set[str] = set()
    tries = Attempt.objects.filter(user=user, context__in=contexts, passed__isnull=False)
    in_turn = tries.order_by("submitted_at", "pk")
    for context, is_pass, counts in in_turn.values_list("context", "passed", "rule__counts"):
        if is_pass:
            passed.add(context)
        elif counts == Counts.LATEST:
            passed.discard(context)
    return passed


def is_passed_there(attempt: Attempt) -> bool:
    """Whether the try that counts, in the place of this one, is passed. One query."""
    return attempt.context in places_passed(attempt.user, [attempt.context])


def may_start_at(quiz: Quiz, attempts: Iterable[Attempt]) -> datetime | None:
    """When the waiting time after the last try ends; None when there is nothing to wait for."""
    ends = [one.submitted_at for one in attempts if one.submitted_at]
    return max(ends) + timedelta(minutes=quiz.wait_minutes) if ends and quiz.wait_minutes else None


def own_attempt(user: User, public_id: UUID) -> Attempt:
    """The attempt, if it is this person's; raises Attempt.DoesNotExist otherwise."""
    return Attempt.objects.select_related("quiz").get(user=user, public_id=public_id)


def locked_attempt(user: User, public_id: UUID) -> Attempt:
    """The same, locked until the transaction ends."""
    own = Attempt.objects.select_for_update(of=("self",))
    return own.get(user=user, public_id=public_id)


def items_with_answers(attempt: Attempt) -> list[tuple[AttemptItem, Content, Answer]]:
    """The questions in order, each with its answer. One query."""
    items = AttemptItem.objects.filter(attempt=attempt).select_related("answer")
    return [(item, item.content, answer_to(item)) for item in items.order_by("position")]


def answer_to(item: AttemptItem) -> Answer:
    """What was answered to a question; the type's empty answer when nothing was."""
    saved = getattr(item, "answer", None)
    answer: Answer = saved.chosen if saved else type_of(item.content).nothing()
    return answer


def is_locked(item: AttemptItem) -> bool:
    """Whether the answer stands, because its feedback has been shown."""
    answer = getattr(item, "answer", None)
    return bool(answer and answer.is_locked)


def shows_feedback(attempt: Attempt) -> bool:
    """Whether the result may tell what was right. A query at most."""
    if attempt.settings.feedback != Feedback.PASSED or attempt.passed:
        return True
    tries = attempts_of(attempt.user, quiz=attempt.quiz, context=attempt.context)
    taken = list(tries.values_list("passed", flat=True))
    most = attempt.settings.max_tries
    return True in taken or (most > 0 and len(taken) >= most and None not in taken)
