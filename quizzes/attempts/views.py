"""Taking a quiz: the page, saving an answer, handing in, the result; and checks in lessons."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import permission_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from quizzes.attempts.actions import AlreadyHandedIn, save_answer, submit_attempt
from quizzes.attempts.contexts import handler_of
from quizzes.attempts.forms import AnswerForm, responses
from quizzes.attempts.models import Attempt, AttemptItem
from quizzes.attempts.queries import items_with_answers, own_attempt
from quizzes.bank.models import Question
from quizzes.bank.queries import for_lessons
from quizzes.bank.trial import asked, judged, signed_contents
from quizzes.types import TYPES, Content, InvalidResponse
from tracking.organisation.models import User


def _own(request: HttpRequest, attempt_id: UUID) -> Attempt:
    try:
        return own_attempt(_user(request), attempt_id)
    except Attempt.DoesNotExist as error:
        raise Http404 from error


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every view here needs a log-in
    return request.user


@require_GET
def take(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """The questions, with what has been answered so far; the result once handed in."""
    attempt = _own(request, attempt_id)
    if not attempt.is_open:
        return redirect("quizzes:result", attempt_id)
    return _page(request, attempt)


def _page(request: HttpRequest, attempt: Attempt, missing: list[int] | None = None) -> HttpResponse:
    handler, rest = handler_of(attempt.context)
    questions = [
        asked(content, item.position, chosen)
        for item, content, chosen in items_with_answers(attempt)
    ]
    context = {
        "attempt": attempt,
        "title": attempt.rule["title"],
        "place": handler.title(rest),
        "return_url": handler.return_url(rest),
        "questions": questions,
        "missing": missing or [],
        "missing_items": [
            {"id": f"question-{number}", "message": _("Question %(number)d") % {"number": number}}
            for number in missing or []
        ],
    }
    return render(request, "quizzes/take.html", context, status=422 if missing else 200)


@require_POST
def save(request: HttpRequest, attempt_id: UUID) -> JsonResponse:
    """Save one answer; the page's script sends each change as it is made."""
    form = AnswerForm.from_json(request.body)
    if not form.is_valid():
        return JsonResponse({"error": _("The answer could not be read.")}, status=400)
    try:
        save_answer(
            user=_user(request), attempt_id=attempt_id, now=timezone.now(), **form.cleaned_data
        )
    except (Attempt.DoesNotExist, AttemptItem.DoesNotExist):
        return JsonResponse({"error": _("The question is not yours to answer.")}, status=404)
    except InvalidResponse as error:
        return JsonResponse({"error": str(error)}, status=400)
    except AlreadyHandedIn:
        result = reverse("quizzes:result", args=[attempt_id])
        return JsonResponse({"error": _("Already handed in."), "result": result}, status=409)
    return JsonResponse({"saved": form.cleaned_data["position"]})


@require_POST
def submit(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Hand in: first keep what the form says, then judge. Unanswered questions are asked about."""
    attempt = _own(request, attempt_id)
    if attempt.is_open:
        missing = _keep_form(request, attempt)
        if missing and "anyway" not in request.POST:
            return _page(request, attempt, missing)
        submit_attempt(user=_user(request), attempt_id=attempt_id, now=timezone.now())
    return redirect("quizzes:result", attempt_id)


def _keep_form(request: HttpRequest, attempt: Attempt) -> list[int]:
    """Save what the form says that is not saved yet; gives the questions without an answer."""
    items = items_with_answers(attempt)
    said = responses(request.POST, [item.position for item, _content, _chosen in items])
    missing = []
    now = timezone.now()
    for item, _content, chosen in items:
        response = said.get(item.position)
        if response is None:
            if not chosen:
                missing.append(item.position)
            continue
        if sorted(response["choice"]) == sorted(chosen):
            continue
        try:
            save_answer(
                user=_user(request),
                attempt_id=attempt.public_id,
                position=item.position,
                response=response,
                client_id=uuid4().hex,
                sequence=int(now.timestamp() * 1000),
                now=now,
            )
        except InvalidResponse:
            missing.append(item.position)
        except AlreadyHandedIn:
            return []
    return missing


@require_GET
def result(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """What was right and why, with the lessons that teach it."""
    attempt = _own(request, attempt_id)
    if attempt.is_open:
        return redirect("quizzes:take", attempt_id)
    handler, rest = handler_of(attempt.context)
    questions = []
    for item, content, chosen in items_with_answers(attempt):
        shown = judged(content, item.position, chosen)
        shown["lesson_url"] = handler.lesson_url(rest, content["teaches"])
        questions.append(shown)
    context = {
        "attempt": attempt,
        "title": attempt.rule["title"],
        "pass_percent": attempt.rule["pass_percent"],
        "place": handler.title(rest),
        "return_url": handler.return_url(rest),
        "next_url": handler.after_passing(attempt) if attempt.passed else None,
        "questions": questions,
    }
    return render(request, "quizzes/result.html", context)


@require_POST
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Grade a knowledge check of a lesson; nothing is stored."""
    try:
        question = for_lessons().get(key=key)
    except Question.DoesNotExist as error:
        raise Http404 from error
    return _graded_here(request, [question.content()], field=f"check-{key}")


@require_POST
@permission_required("quizzes.change_question", raise_exception=True)
def trial(request: HttpRequest) -> HttpResponse:
    """Grade what an editor tries in a preview; nothing is stored."""
    try:
        contents = signed_contents(request.POST.get("signed", ""))
    except signing.BadSignature as error:
        raise Http404 from error
    return _graded_here(request, contents, field="q")


def _graded_here(request: HttpRequest, contents: list[Content], *, field: str) -> HttpResponse:
    questions = []
    for number, content in enumerate(contents):
        name = field if field.startswith("check-") else f"{field}{number}"
        try:
            chosen = TYPES[content["type"]].read(content, {"choice": request.POST.getlist(name)})
        except InvalidResponse:
            chosen = []
        questions.append(judged(content, number + 1, chosen))
    right = sum(question["is_correct"] for question in questions)
    context: dict[str, Any] = {
        "questions": questions,
        "back": _local(request, request.POST.get("next", "")),
        "summary": ngettext(
            "%(right)d of %(count)d right", "%(right)d of %(count)d right", len(questions)
        )
        % {"right": right, "count": len(questions)},
    }
    partial = request.headers.get("X-Requested-With") == "fetch"
    template = "quizzes/_judged.html" if partial else "quizzes/judged.html"
    if partial:
        context["question"] = questions[0]
    return render(request, template, context)


def _local(request: HttpRequest, url: str) -> str | None:
    """The address, when it stays on this site."""
    safe = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if safe and url.startswith("/") else None
