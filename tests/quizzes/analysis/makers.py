"""People who have taken a quiz, as the database would have them: quick to make, many at a time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from foundation.intervals import STOCKHOLM
from quizzes.attempts.judging import as_decimal, is_pass
from quizzes.attempts.models import Answer, Attempt, AttemptItem
from quizzes.bank.models import Question, Quiz
from quizzes.types import type_of
from tests.quizzes.makers import CONTEXT
from tracking.organisation.models import User

DAY = datetime(2026, 3, 2, 9, tzinfo=STOCKHOLM)


def hand_in(
    quiz: Quiz,
    answers: Mapping[str, Any],
    *,
    user: User | None = None,
    on: datetime = DAY,
    seconds: int = 20,
) -> Attempt:
    """An attempt with these answers, by the question's key; None was not answered.

    Each took `seconds`, in order. Somebody new takes it, unless `user` says who.
    """
    user = user or User.objects.create_user(username=f"svarande-{User.objects.count()}")
    attempt = Attempt.objects.create(
        user=user, quiz=quiz, context=CONTEXT, rule=quiz.rule(), started_at=on
    )
    points = Fraction(0)
    saved = on
    for position, (key, chosen) in enumerate(answers.items(), start=1):
        question = Question.objects.get(key=key)
        content = question.content()
        kind = type_of(content)
        score = kind.grade(content, kind.nothing() if chosen is None else chosen).score
        item = AttemptItem.objects.create(
            attempt=attempt,
            position=position,
            question_key=key,
            question_version=question.version,
            content=content,
            score=as_decimal(score),
        )
        saved += timedelta(seconds=seconds)
        if chosen is not None:
            Answer.objects.create(
                item=item, chosen=chosen, client_id=f"k{position}", sequence=1, saved_at=saved
            )
        points += score
    attempt.points, attempt.max_points = as_decimal(points), len(answers)
    attempt.passed = is_pass(points, len(answers), attempt.settings.pass_percent)
    attempt.submitted_at = saved
    attempt.save()
    return attempt


def options(key: str) -> list[str]:
    """The ids of a question's options, in the author's order; the first is right."""
    content: Any = Question.objects.get(key=key).content()
    return [option["id"] for option in content["options"]]
