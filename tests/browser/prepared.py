"""An attempt at FREDA's final quiz with the questions a test wants, in its order."""

from tests.program import Program, manage

MAKE = """
from random import Random
from django.utils import timezone
from courses.learning.queries import context_of
from courses.pages.models import CoursePage
from quizzes.attempts.actions import start_attempt
from quizzes.attempts.models import AttemptItem
from quizzes.bank.models import Question, Quiz
from quizzes.types import type_of
from tracking.organisation.models import User

quiz = Quiz.objects.get(key="freda")
context = context_of(CoursePage.objects.get(quiz=quiz).course_code)
user = User.objects.get(username={username!r})
attempt = start_attempt(user=user, quiz=quiz, context=context, now=timezone.now())
attempt.items.all().delete()
for position, key in enumerate({keys!r}, start=1):
    question = Question.objects.get(key=key)
    content = question.content()
    AttemptItem.objects.create(
        attempt=attempt, position=position, question_key=key, question_version=question.version,
        content=type_of(content).shuffled(content, Random(position)),
    )
print(attempt.public_id)
"""


def attempt_with(program: Program, username: str, keys: list[str]) -> str:
    """Begin it for the account; gives the address of its page."""
    said = manage(program.data, "shell", "-v", "0", "-c", MAKE.format(username=username, keys=keys))
    return f"/prov/{said.split()[-1]}/"
