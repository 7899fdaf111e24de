"""Judging an attempt: by its own copy of the questions, once, by hand or by the clock."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from foundation.outbox import put
from quizzes.attempts.contexts import handler_of
from quizzes.attempts.limits import closes_at, is_over
from quizzes.attempts.models import Attempt, AttemptItem
from quizzes.attempts.queries import items_with_answers
from quizzes.types import type_of

CLOSE = "quizzes.close_attempt"


def judge(attempt: Attempt, *, now: datetime) -> Attempt:
    """Grade an open attempt that the caller has locked, inside the caller's transaction.

    It counts as handed in when the time was up, if that was before now: whoever closes it a while
    later changes nothing of when it was done.
    """
    items, points = [], Fraction(0)
    for item, content, answer in items_with_answers(attempt):
        score = type_of(content).grade(content, answer).score
        item.score = as_decimal(score)
        items.append(item)
        points += score
    AttemptItem.objects.bulk_update(items, ["score"])
    attempt.points, attempt.max_points = as_decimal(points), len(items)
    attempt.passed = is_pass(points, len(items), attempt.settings.pass_percent)
    attempt.submitted_at = min(now, attempt.deadline_at or now)
    attempt.marked = []  # nothing is left to come back to
    attempt.save(update_fields=["points", "max_points", "passed", "submitted_at", "marked"])
    handler, _rest = handler_of(attempt.context)
    handler.on_graded(attempt)
    return attempt


def close_in_time(attempt: Attempt) -> None:
    """Have it handed in when its time is up, whether a browser is there or not."""
    if moment := closes_at(attempt):
        put(CLOSE, key=str(attempt.pk), not_before=moment, attempt=attempt.pk)


@transaction.atomic
def close_overdue(*, attempt: int, now: datetime) -> None:
    """Hand in what the clock has ended. One that got more time meanwhile is come back to.

    Called twice, and for an attempt that is no more, nothing happens.
    """
    found = Attempt.objects.select_for_update().filter(pk=attempt, submitted_at=None).first()
    if found is None:
        return
    if is_over(found, now):
        judge(found, now=now)
    else:
        close_in_time(found)


def is_pass(points: Fraction, max_points: int, pass_percent: int) -> bool:
    """Whether the points reach the mark, compared exactly."""
    return max_points > 0 and points * 100 >= pass_percent * max_points


def as_decimal(score: Fraction) -> Decimal:
    """To six decimals, for keeping; what is judged is judged by the fraction."""
    exact = Decimal(score.numerator) / Decimal(score.denominator)
    return exact.quantize(Decimal("0.000001"))
