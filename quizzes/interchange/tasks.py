"""What is done about files of questions, now and then."""

from celery import shared_task
from django.utils import timezone

from quizzes.interchange.handed import remove_old_files


@shared_task(name="quizzes.remove_old_question_files")
def remove_old_question_files() -> None:
    """Files go when their time is up."""
    remove_old_files(now=timezone.now())
