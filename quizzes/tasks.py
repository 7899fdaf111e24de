"""Gathers the topics' tasks for Celery."""

from quizzes.attempts.tasks import close_attempt
from quizzes.interchange.tasks import remove_old_question_files

__all__ = ["close_attempt", "remove_old_question_files"]
