"""Tags for pages that hold questions."""

from typing import Any

from django import template
from django.urls import reverse

from quizzes.bank.models import Question, Quiz
from quizzes.bank.queries import draw
from quizzes.bank.trial import asked, trial_context
from quizzes.types import InvalidContent

register = template.Library()
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@register.filter
def letter(number: int) -> str:
    """`{{ 3|letter }}` → C: what a choice is called beside its text; 27 is AA."""
    found = ""
    while number > 0:
        number, at = divmod(number - 1, len(LETTERS))
        found = LETTERS[at] + found
    return found


@register.inclusion_tag("quizzes/knowledge_check.html", takes_context=True)
def knowledge_check(context: template.Context, question: Question) -> dict[str, Any]:
    """`{% knowledge_check question %}`: the question with a form that grades it, storing nothing.

    Nothing at all is shown of a question that is not published or kept for final quizzes: it could
    not be answered. In an editor's preview any is graded, as it stands.
    """
    request = context.get("request")
    preview = getattr(request, "is_preview", False)
    if not (preview or question.may_stand_in_lessons):
        return {}
    try:
        content = question.content()
    except InvalidContent:  # a draft, in a preview
        return {}
    shown: dict[str, Any] = {
        "question": asked(content, question.key),
        "name": f"check-{question.key}",
        "action": reverse("quizzes:check", args=[question.key]),
        "next": request.path if request else "",
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }
    if preview:
        trial = trial_context([content], title=question.key)
        shown |= {"signed": trial["signed"], "action": reverse("quizzes:trial"), "name": "q1"}
    return shown


@register.inclusion_tag("quizzes/quiz_trial.html", takes_context=True)
def quiz_trial(context: template.Context, quiz: Quiz) -> dict[str, Any]:
    """`{% quiz_trial quiz %}`: a draw of the quiz to try in a preview, storing nothing."""
    contents = [question.content() for question in draw(quiz)]
    trial = trial_context(contents, title=quiz.title)
    return trial | {"csrf_token": context.get("csrf_token")}
