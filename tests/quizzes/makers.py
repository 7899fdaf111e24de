"""Questions, quizzes and a place to take them, for tests."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from quizzes.attempts.contexts import Lesson, register
from quizzes.attempts.models import Attempt, AttemptItem
from quizzes.bank.actions import load_question, load_quiz
from quizzes.bank.asked import Asked
from quizzes.bank.models import Quiz
from quizzes.bank.settings import Settings
from tests.quizzes.types.contents import EXAMPLES
from tracking.organisation.models import User

CONTEXT = "place:somewhere"


class Place:
    """Where test quizzes are taken; remembers what it was told."""

    def __init__(self) -> None:
        self.graded: list[Attempt] = []
        self.withdrawn: list[Attempt] = []
        self.asked_for_lessons = 0
        self.is_open = True

    def may_take(self, user: User, rest: str) -> bool:
        return self.is_open

    def on_graded(self, attempt: Attempt) -> None:
        self.graded.append(attempt)

    def withdraw(self, attempt: Attempt, actor: User) -> bool:
        self.withdrawn.append(attempt)
        return True

    def return_url(self, rest: str) -> str:
        return "/min-utbildning/"

    def lessons(self, rest: str, teaches: Collection[str]) -> dict[str, Lesson]:
        self.asked_for_lessons += 1
        return {
            place: Lesson(f"Lektion {place[0]}", f"/lektion/{place}") for place in teaches if place
        }

    def again_url(self, rest: str) -> str | None:
        return "/provet/"

    def title(self, rest: str) -> str:
        return "En kurs"

    def passing_means(self, attempt: Attempt) -> str:
        return "Så gick det."

    def after_passing(self, attempt: Attempt) -> str | None:
        return None


def make_place() -> Place:
    place = Place()
    register("place", place)
    return place


def make_question(
    number: int, *, kind: str = "single", use: str = "both", lesson: str = "a"
) -> str:
    """A question whose first option is right (first two, when several are)."""
    key = f"fraga-{number}"
    right = 2 if kind == "multiple" else 1
    count = 2 if kind == "true_false" else 4
    content: Any = {
        "type": kind,
        "text": f"<p>Fråga nummer {number}?</p>",
        "options": [
            {
                "id": ("true", "false")[at] if kind == "true_false" else f"{key}-{at}",
                "text": f"Alternativ {number}.{at}",
                "correct": at < right,
                "feedback": f"HEMLIG-ÅTERKOPPLING {number}.{at}",
            }
            for at in range(count)
        ],
        "explanation": f"<p>HEMLIG-FÖRKLARING {number}</p>",
        "teaches": f"{lesson}#1",
    }
    load_question(
        key=key,
        content=content,
        tags=["prov"],
        difficulty=2,
        source="",
        use=use,
    )
    return key


def make_quiz(count: int = 3, **settings: Any) -> Quiz:
    for number in range(count):
        make_question(number)
    load_quiz(
        key="prov",
        title="Slutprov",
        parts=[Asked(tags=("prov",), draw=max(count, 1))],
        shuffle=True,
        settings=Settings(**settings),
    )
    return Quiz.objects.get(key="prov")


def form_of(answers: Mapping[int, list[str]]) -> QueryDict:
    """What the form of the page says when these options are chosen, by position."""
    form = QueryDict(mutable=True)
    for position, chosen in answers.items():
        form.setlist(f"q{position}", chosen)
    return form


def key_of(attempt: Attempt) -> dict[int, list[str]]:
    """The right options by position."""
    return {
        item.position: [option["id"] for option in item.content["options"] if option["correct"]]
        for item in attempt.items.all()
    }


def make_mixed_attempt(user: User, **settings: Any) -> Attempt:
    """An open attempt with a question of each type, in the order of their names."""
    make_place()
    quiz = make_quiz(1, **settings)
    attempt = Attempt.objects.create(
        user=user, quiz=quiz, context=CONTEXT, rule=quiz.rule(), started_at=timezone.now()
    )
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            position=position,
            question_key=kind,
            question_version="1",
            content=EXAMPLES[kind],
        )
        for position, kind in enumerate(sorted(EXAMPLES), start=1)
    )
    return attempt
