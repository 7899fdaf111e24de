"""What is kept of somebody's attempts, told to themself."""

from collections.abc import Iterator
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from foundation.components.numbers import points
from quizzes.attempts.models import Attempt, AttemptItem, ExtraTime
from quizzes.attempts.queries import answer_to
from quizzes.types import type_of
from tracking.privacy.sections import Owner, Section, Value, register


def register_sections() -> None:
    """Add them; called once, when the app is ready."""
    register(ATTEMPTS, ANSWERS, EXTRA_TIME)


def _attempts(owner: Owner) -> Iterator[tuple[Value, ...]]:
    for one in Attempt.objects.filter(user=owner.user).order_by("started_at", "pk"):
        key, title = str(one.public_id), str(one.rule.get("title", ""))
        times = one.started_at, one.deadline_at, one.submitted_at
        score = None if one.points is None else points(one.points)
        marked = ", ".join(str(place) for place in one.marked)
        yield key, one.context, title, *times, score, one.max_points, one.passed, marked


def _answers(owner: Owner) -> Iterator[tuple[Value, ...]]:
    """The questions as they were asked, with the words of what was chosen."""
    items = AttemptItem.objects.filter(attempt__user=owner.user)
    asked = items.select_related("attempt", "answer")
    for item in asked.order_by("attempt__started_at", "attempt_id", "position"):
        content = item.content
        given = type_of(content).responses(content, answer_to(item))
        answer = getattr(item, "answer", None)
        yield (
            str(item.attempt.public_id),
            item.position,
            item.question_key,
            unescape(strip_tags(str(content.get("text", "")))).strip(),
            "; ".join(choice.text for choice in given),
            answer.saved_at if answer else None,
        )


def _extra_time(owner: Owner) -> Iterator[tuple[Value, ...]]:
    given = ExtraTime.objects.filter(user=owner.user).select_related("quiz")
    for one in given.order_by("given_at", "pk"):
        yield one.quiz.title if one.quiz else "*", one.percent, one.minutes, one.given_at


ATTEMPTS = Section(
    "forsok",
    _("Attempts at quizzes"),
    {
        "nyckel": _("key in addresses"),
        "sammanhang": _("where it is taken"),
        "prov": _("quiz"),
        "paborjat": _("started"),
        "senast": _("to be handed in by"),
        "inlamnat": _("handed in"),
        "poang": _("points"),
        "max_poang": _("of points"),
        "godkant": _("passed"),
        "markta": _("questions marked"),
    },
    _attempts,
    frozenset({"quizzes.Attempt"}),
)
ANSWERS = Section(
    "svar",
    _("Questions and answers"),
    {
        "forsok": _("attempt"),
        "plats": _("place in the quiz"),
        "fraga": _("question"),
        "fragans_text": _("the question's text"),
        "svar": _("answer"),
        "sparat": _("saved"),
    },
    _answers,
    frozenset({"quizzes.AttemptItem", "quizzes.Answer"}),
)
EXTRA_TIME = Section(
    "mer_tid",
    _("Extra time"),
    {
        "prov": _("quiz"),
        "procent": _("percent more"),
        "minuter": _("minutes more"),
        "gavs": _("given"),
    },
    _extra_time,
    frozenset({"quizzes.ExtraTime"}),
)
