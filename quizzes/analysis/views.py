"""Frågeanalys in the Wagtail admin: for those who may change questions, and nobody else.

Pandas is loaded where it is used: most processes never do.
"""

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quizzes.analysis.limits import FEWEST
from quizzes.bank.models import Quiz

PERMISSION = "quizzes.change_question"


def may_open(request: HttpRequest) -> bool:
    """Whether the analysis is theirs to read."""
    return request.user.has_perm(PERMISSION)


@require_safe
@permission_required(PERMISSION, raise_exception=True)
def quizzes(request: HttpRequest) -> HttpResponse:
    """The quizzes, with how many have taken each."""
    from quizzes.analysis.queries import quizzes_with_attempts

    shown = {"quizzes": quizzes_with_attempts(), "fewest": FEWEST}
    return render(request, "quizzes/analysis/quizzes.html", shown)


@require_safe
@permission_required(PERMISSION, raise_exception=True)
def quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """A quiz, with the figures of its questions."""
    from quizzes.analysis.reports import quiz_report

    shown = {"report": quiz_report(get_object_or_404(Quiz, pk=pk)), "fewest": FEWEST}
    return render(request, "quizzes/analysis/quiz.html", shown)


@require_safe
@permission_required(PERMISSION, raise_exception=True)
def question(request: HttpRequest, pk: int, key: str, version: str) -> HttpResponse:
    """A version of a question in a quiz: its figures, and what people answered."""
    from quizzes.analysis.reports import question_report

    of = get_object_or_404(Quiz, pk=pk)
    try:
        report = question_report(of, key, version)
    except LookupError as error:
        raise Http404 from error
    shown = {"quiz": of, "report": report, "fewest": FEWEST}
    return render(request, "quizzes/analysis/question.html", shown)
