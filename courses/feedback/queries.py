"""Reads: whether somebody is to be asked, and what may be shown of the answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from courses.feedback.models import CourseFeedback, FeedbackCount, FeedbackGiven
from courses.feedback.questions import QUESTIONS, Question
from courses.learning.actions import person_of
from courses.pages.models import CoursePage
from tracking.ledger.models import Completion, CompletionSource
from tracking.ledger.queries import completions_of
from tracking.organisation.models import User


def mark_of(completion: Completion) -> str:
    """The same for the same completion, and to be read by nobody: salted with the server's key."""
    about = f"{completion.person_id}:{completion.course_code}:{completion.on.isoformat()}"
    return salted_hmac("courses.feedback", about, algorithm="sha256").hexdigest()


def completion_to_ask_of(user: User, course_code: str) -> Completion | None:
    """Their latest completion of the course here, if there is one."""
    person = person_of(user)
    if person is None:
        return None
    mine = completions_of(person).filter(course_code=course_code, source=CompletionSource.PLATFORM)
    found: Completion | None = mine.order_by("-on", "-pk").first()
    return found


def is_given(completion: Completion) -> bool:
    """Whether the questions were answered for it."""
    return FeedbackGiven.objects.filter(mark=mark_of(completion)).exists()


@dataclass(frozen=True, slots=True)
class Told:
    """A question and how its answers fell: choice in words, how many, share."""

    question: Question
    rows: list[tuple[str, int, float]]

    @property
    def mean(self) -> float | None:
        """Of a scale from 1 to 5."""
        if not self.question.is_scale:
            return None
        names = list(self.question.choices)
        total = sum(count for _words, count, _share in self.rows)
        weighed = sum(int(name) * row[1] for name, row in zip(names, self.rows, strict=True))
        return weighed / total if total else None


@dataclass(frozen=True, slots=True)
class Report:
    """What is shown of a course; without questions as long as there are too few answers."""

    page: CoursePage
    answers: int
    told: list[Told]


def reports(pages: Iterable[CoursePage]) -> list[Report]:
    """Of each course what is shown; what still waits is not even counted. Two queries."""
    by_code = {page.course_code: page for page in pages if page.course_code}
    shown = dict(
        CourseFeedback.objects.filter(course_code__in=by_code).values_list("course_code", "shown")
    )
    rows = FeedbackCount.objects.filter(feedback__course_code__in=by_code).values_list(
        "feedback__course_code", "question", "choice", "shown"
    )
    counts = {(code, question, choice): count for code, question, choice, count in rows}
    return [
        Report(page, shown.get(code, 0), _told(code, shown.get(code, 0), counts))
        for code, page in by_code.items()
    ]


def _told(code: str, answers: int, counts: dict[tuple[str, str, str], int]) -> list[Told]:
    if not answers:
        return []
    told = []
    for question in QUESTIONS:
        fell = [
            (str(words), counts.get((code, question.name, choice), 0))
            for choice, words in question.choices.items()
        ]
        told.append(Told(question, [(words, n, n / answers) for words, n in fell]))
    return told
