"""Files of questions in the Wagtail admin: in by way of a preview, and out."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.formats import file_name
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.forms import OutForm, QuestionFileForm
from quizzes.interchange.handed import confirm, hand_over, rows_in
from quizzes.interchange.models import QuestionFile
from quizzes.interchange.outgoing import MOST_OUT, chosen, going_out, written
from quizzes.interchange.plan import WRITES
from quizzes.interchange.report import fate_words, fit_words, summary_of
from quizzes.interchange.rules import may_exchange
from tracking.organisation.models import User


def _trainer(request: HttpRequest) -> User:
    """Who asks, if questions are theirs to change; PermissionDenied otherwise."""
    if not isinstance(request.user, User) or not may_exchange(request.user):
        raise PermissionDenied
    return request.user


def _own_file(user: User, public_id: UUID) -> QuestionFile:
    return get_object_or_404(QuestionFile, public_id=public_id, uploaded_by=user)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_page(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is looked through first."""
    user = _trainer(request)
    form = QuestionFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, source = form.named()
        handed = hand_over(
            file=form.cleaned_data["file"],
            name=name,
            form=form.cleaned_data["form"],
            source=source,
            actor=user,
            now=timezone.now(),
        )
        return redirect("question_file", handed.public_id)
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    earlier = QuestionFile.objects.filter(uploaded_by=user).order_by("-uploaded_at")[:10]
    context = {"form": form, "out": OutForm(auto_id="out_%s"), "earlier": earlier}
    return render(request, "quizzes/interchange/bring.html", context, status=status)


@require_safe
def file_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What would become of each question; or what became of it, once it has been brought in."""
    handed = _own_file(_trainer(request), public_id)
    rows = rows_in(handed)
    context = {
        "handed": handed,
        "rows": [(row, fit_words(row), fate_words(row)) for row in rows],
        "summary": summary_of(rows) if rows else "",
        "writes": sum(row.fate in WRITES for row in rows),
    }
    return render(request, "quizzes/interchange/file.html", context)


@require_POST
def confirm_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Bring in a file of one's own that has been looked through."""
    user = _trainer(request)
    confirm(handed=_own_file(user, public_id), actor=user)
    return redirect("question_file", public_id)


@require_safe
def out_page(request: HttpRequest) -> HttpResponse:
    """Which questions go out, and what each loses by it, before anything is fetched."""
    _trainer(request)
    form = OutForm(request.GET)
    context: dict[str, Any] = {"form": form, "most": MOST_OUT}
    status = HTTPStatus.BAD_REQUEST
    if form.is_valid():
        status = HTTPStatus.OK
        questions = chosen(tag=form.cleaned_data["tag"])
        context["too_many"] = len(questions) > MOST_OUT
        if not context["too_many"]:
            context["going"] = going_out(questions, form.cleaned_data["form"])
    return render(request, "quizzes/interchange/out.html", context, status=status)


@require_POST
def fetch_file(request: HttpRequest) -> HttpResponse:
    """The questions that were chosen, as a file."""
    _trainer(request)
    form = FORMATS.get(request.POST.get("form", ""))
    keys = request.POST.getlist("key")
    if form is None or not 0 < len(keys) <= MOST_OUT:
        return redirect("question_files")
    data = written(going_out(chosen(keys=keys), form.name), form.name)
    response = HttpResponse(data, content_type=f"{form.mime}; charset=utf-8")
    name = file_name(f"fragor-{timezone.localdate():%Y-%m-%d}", form.ending)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
