"""Time limits: until when an attempt may be answered, by the server's clock.

The deadline is fixed when the attempt starts. Extra time moves it later, never earlier.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from quizzes.attempts.models import Attempt, ExtraTime
from quizzes.bank.models import Quiz
from tracking.organisation.models import User

# What was answered before the deadline may be on its way, or wait for a network that is back in a
# moment: the browser tries every 15 seconds. What a clock in a browser says is proof of nothing.
GRACE = timedelta(seconds=60)


def deadline(started_at: datetime, limit_minutes: int, extra: Iterable[ExtraTime]) -> datetime:
    """When the time is up. Of several grants the most generous holds; they are not added up."""
    allowed = timedelta(minutes=limit_minutes)
    grants = [allowed * one.percent / 100 + timedelta(minutes=one.minutes) for one in extra]
    return started_at + allowed + max(grants, default=timedelta())


def deadline_for(user: User, quiz: Quiz, started_at: datetime) -> datetime | None:
    """The deadline of an attempt that starts now; None without a limit. One query, or none."""
    if not quiz.limit_minutes:
        return None
    return deadline(started_at, quiz.limit_minutes, extra_time_of(user, quiz.pk))


def extra_time_of(user: User, quiz_id: int) -> list[ExtraTime]:
    """What the person has been given for this quiz, and for all."""
    return list(ExtraTime.objects.filter(Q(quiz=quiz_id) | Q(quiz=None), user=user))


def time_is_up(attempt: Attempt, now: datetime) -> bool:
    """Whether the deadline has passed; what is on its way is still taken in."""
    return attempt.deadline_at is not None and now >= attempt.deadline_at


def is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether nothing more is taken in: the time is up, and so is what the network gets."""
    return attempt.deadline_at is not None and now >= attempt.deadline_at + GRACE


def closes_at(attempt: Attempt) -> datetime | None:
    """When the attempt is handed in by itself."""
    return None if attempt.deadline_at is None else attempt.deadline_at + GRACE
