"""What is done with attempts when nobody is there."""

from celery import shared_task
from django.utils import timezone

from quizzes.attempts.judging import CLOSE, close_overdue


@shared_task(name=CLOSE)
def close_attempt(attempt: int) -> None:
    """Hand in an attempt whose time is up."""
    close_overdue(attempt=attempt, now=timezone.now())
