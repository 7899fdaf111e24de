"""Where a question is used: in lessons and quizzes, and how often each version was asked."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import ReferenceIndex

from quizzes.attempts.models import AttemptItem
from quizzes.bank.models import Question, Quiz
from quizzes.bank.parts import QuizPart
from quizzes.bank.versions import QuestionVersion


@dataclass(frozen=True, slots=True)
class Place:
    """A page or a quiz that has the question; no address for those who may not edit it."""

    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A version, and in how many kept attempts it was asked."""

    digest: str
    made_at: datetime
    by: str
    attempts: int
    is_present: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """All of it."""

    standing: list[Place] = field(default_factory=list)
    drawing: list[Place] = field(default_factory=list)
    versions: list[Asked] = field(default_factory=list)

    @property
    def attempts(self) -> int:
        """Attempts that ask it, as far as they are kept."""
        return sum(version.attempts for version in self.versions)

    @property
    def is_used(self) -> bool:
        """Whether something would miss it."""
        return bool(self.standing or self.drawing or self.attempts)


def usage_of(question: Question, user: Any) -> Usage:
    """Where a question is used, with addresses for this user."""
    finder = AdminURLFinder(user)
    references = ReferenceIndex.get_grouped_references_to(question)
    standing = [Place(str(one), finder.get_edit_url(one)) for one, _references in references]
    drawing = [Place(str(quiz), finder.get_edit_url(quiz)) for quiz in quizzes_drawing(question)]
    return Usage(standing, drawing, versions_asked(question))


def quizzes_drawing(question: Question) -> list[Quiz]:
    """The quizzes that may draw it, by their titles."""
    tags = set(question.tags.names())
    drawing = QuizPart.objects.filter(question=None)
    ids = {part.quiz_id for part in drawing if set(part.tag_names) <= tags}
    return list(Quiz.objects.filter(pk__in=ids))


def versions_asked(question: Question) -> list[Asked]:
    """The versions, latest first. An attempt may name one from before versions were kept."""
    items = AttemptItem.objects.filter(question_key=question.key)
    counted = items.values("question_version").annotate(attempts=Count("pk"))
    asked = dict(counted.order_by().values_list("question_version", "attempts"))
    present = question.version if question.live else ""
    versions = QuestionVersion.objects.filter(question_key=question.key).select_related("made_by")
    return [
        Asked(
            digest=version.digest,
            made_at=version.made_at,
            by=str(version.made_by or ""),
            attempts=asked.get(version.digest, 0),
            is_present=version.digest == present,
        )
        for version in versions.order_by("-made_at", "-pk")
    ]
