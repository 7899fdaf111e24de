"""Questions that judge without explaining."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from courses.pages.checks.findings import Finding
from quizzes.bank.models import Question, Quiz
from quizzes.bank.queries import asked_by
from quizzes.types import InvalidContent

NAMED = 5


def explains(content: Mapping[str, Any]) -> bool:
    """Whether who answers is told why: by the explanation, or by every way to answer."""
    given = list(_feedback(content))
    return bool(content.get("explanation")) or (bool(given) and all(given))


def _feedback(value: Any) -> Iterator[bool]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name == "feedback" and isinstance(part, str):
                yield bool(part.strip())
            else:
                yield from _feedback(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _feedback(part)


def is_silent(question: Question) -> bool:
    """Whether it judges without explaining; a draft without content is told of elsewhere."""
    try:
        return not explains(question.content())
    except InvalidContent:
        return False


def quiz_without_feedback(quiz: Quiz | None, *, path: str, screen: int = 0) -> Iterator[Finding]:
    """A quiz that may ask questions which explain nothing."""
    if quiz is None:
        return
    asked = Question.objects.filter(pk__in=asked_by(quiz)).order_by("key")
    silent = [question.key for question in asked if is_silent(question)]
    if silent:
        named = ", ".join(silent[:NAMED]) + ("…" if len(silent) > NAMED else "")
        words = _("Questions of the quiz have no feedback that explains: %(keys)s.")
        yield Finding(words % {"keys": named}, path, screen)
