"""Gathers the topics' tasks for Celery."""

from quizzes.attempts.tasks import close_attempt

__all__ = ["close_attempt"]
