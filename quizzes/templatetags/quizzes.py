"""Tags for pages that hold questions."""

from typing import Any

from django import template
from django.urls import reverse

from quizzes.bank.models import Question
from quizzes.bank.trial import asked, trial_context

register = template.Library()


@register.inclusion_tag("quizzes/knowledge_check.html", takes_context=True)
def knowledge_check(context: template.Context, question: Question) -> dict[str, Any]:
    """`{% knowledge_check question %}`: the question with a form that grades it, storing nothing.

    In an editor's preview it is graded as the draft stands, also before it is published.
    """
    request = context.get("request")
    content = question.content()
    shown: dict[str, Any] = {
        "question": asked(content, 0),
        "name": f"check-{question.key}",
        "action": reverse("quizzes:check", args=[question.key]),
        "next": request.path if request else "",
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }
    shown["question"]["number"] = question.key
    if getattr(request, "is_preview", False):
        trial = trial_context([content], title=question.key)
        shown |= {"signed": trial["signed"], "action": reverse("quizzes:trial"), "name": "q0"}
    return shown
