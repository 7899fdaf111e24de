"""Taking a quiz: the page, saving an answer, handing in, the result; and checks in lessons."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, TypedDict
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.attempts.actions import (
    AlreadyHandedIn,
    TimeIsUp,
    save_answer,
    save_answers,
    submit_attempt,
)
from quizzes.attempts.contexts import Lesson, handler_of
from quizzes.attempts.forms import STAYS, AnswerForm, Wish, number_in, wish_of
from quizzes.attempts.limits import time_is_up
from quizzes.attempts.marking import NotAnswered, lock_answer, mark_question
from quizzes.attempts.models import Answer, Attempt, AttemptItem
from quizzes.attempts.page import keep, milliseconds, take_page
from quizzes.attempts.queries import (
    is_passed_there,
    items_with_answers,
    own_attempt,
    shows_feedback,
)
from quizzes.bank.models import Question
from quizzes.bank.queries import for_lessons
from quizzes.bank.trial import asked, judged, signed_contents
from quizzes.types import Content, InvalidResponse, type_of
from tracking.organisation.models import User


def _own(request: HttpRequest, attempt_id: UUID) -> Attempt:
    try:
        return own_attempt(_user(request), attempt_id)
    except Attempt.DoesNotExist as error:
        raise Http404 from error


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every view here needs a log-in
    return request.user


@require_safe
def take(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """The questions, with what has been answered so far; the result once handed in.

    `?obesvarade` asks for those without an answer, after an attempt to hand in; `?fraga=3` for one.
    """
    attempt = _own(request, attempt_id)
    if not attempt.is_open:
        return redirect("quizzes:result", attempt_id)
    context = take_page(
        attempt,
        now=timezone.now(),
        wanted=number_in(request.GET, "fraga"),
        pointing_out="obesvarade" in request.GET,
    )
    return render(request, "quizzes/take.html", context)


@require_POST
def save(request: HttpRequest, attempt_id: UUID) -> JsonResponse:
    """Save one answer; the page's script sends each change as it is made."""
    form = AnswerForm.from_json(request.body)
    if not form.is_valid():
        return JsonResponse({"error": _("The answer could not be read.")}, status=400)
    try:
        answer = save_answer(
            user=_user(request), attempt_id=attempt_id, now=timezone.now(), **form.cleaned_data
        )
    except (Attempt.DoesNotExist, AttemptItem.DoesNotExist):
        return JsonResponse({"error": _("The question is not yours to answer.")}, status=404)
    except InvalidResponse as error:
        return JsonResponse({"error": str(error)}, status=400)
    except AlreadyHandedIn:
        return _over(attempt_id, _("Already handed in."))
    except TimeIsUp:
        submit_attempt(user=_user(request), attempt_id=attempt_id, now=timezone.now())
        return _over(attempt_id, _("The time was up before this answer was here."))
    return JsonResponse(
        {
            "saved": form.cleaned_data["position"],
            "choice": answer.chosen,
            **_next_step(answer),
            **_deadline(answer.item.attempt),
        }
    )


def _over(attempt_id: UUID, error: str) -> JsonResponse:
    result = reverse("quizzes:result", args=[attempt_id])
    return JsonResponse({"error": error, "result": result}, status=HTTPStatus.CONFLICT)


def _deadline(attempt: Attempt) -> dict[str, int]:
    """Somebody may have been given more time since the page was made."""
    return {"deadline": milliseconds(attempt.deadline_at)} if attempt.deadline_at else {}


def _next_step(answer: Answer) -> dict[str, str]:
    """What a question in steps asks next, as the page shows it."""
    content, position = answer.item.content, answer.item.position
    kind = type_of(content)
    if not kind.in_steps:
        return {}
    context = {"question": asked(content, position, answer.chosen), "name": f"q{position}"}
    return {"html": render_to_string(f"quizzes/types/{kind.name}.html", context)}


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Keep what the form says, and do what its button says: hand in, most often.

    Who was signed out meanwhile comes back here from the log-in by GET: to the questions.
    """
    attempt = _own(request, attempt_id)
    if request.method != "POST":
        return redirect("quizzes:take", attempt_id)
    mine = Mine(user=_user(request), attempt_id=attempt_id, now=timezone.now())
    try:
        unanswered = save_answers(form=request.POST, **mine)
        return _onward(request, _carried_out(request, attempt, mine, unanswered))
    except AlreadyHandedIn:
        pass
    except TimeIsUp:
        submit_attempt(**mine)
    return _onward(request, reverse("quizzes:result", args=[attempt_id]))


class Mine(TypedDict):
    """Who does something to which attempt, and when."""

    user: User
    attempt_id: UUID
    now: datetime


def _carried_out(request: HttpRequest, attempt: Attempt, mine: Mine, unanswered: list[int]) -> str:
    """Do what the button asks for; where that leads. Questions without an answer are asked about
    before anything is handed in."""
    page = reverse("quizzes:take", args=[attempt.public_id])
    wish, position = wish_of(request.POST)
    if wish in (Wish.MARK, Wish.UNMARK):
        mark_question(position=position, marked=wish is Wish.MARK, **mine)
    if wish is Wish.LOCK:
        try:
            lock_answer(position=position, **mine)
        except NotAnswered:
            messages.warning(request, _("Answer the whole question first."))
    if wish in STAYS:
        where = f"?fraga={position}" if attempt.settings.one_at_a_time else ""
        return f"{page}{where}#question-{position}"
    if wish is Wish.SAVE:
        messages.success(request, _("Your answers are saved."))
        return page
    if wish is Wish.CLOCK and not time_is_up(attempt, mine["now"]):
        return page  # more time has been given since the page was made
    if wish is Wish.HAND_IN and unanswered and "anyway" not in request.POST:
        return f"{page}?obesvarade#obesvarade"
    submit_attempt(**mine)
    return reverse("quizzes:result", args=[attempt.public_id])


def _onward(request: HttpRequest, address: str) -> HttpResponse:
    """On to an address: by redirect, or told to the page's script, which may have to try twice."""
    if _by_script(request):
        return JsonResponse({"next": address})
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


@require_safe
def result(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """What was right and why, with the lessons that teach it."""
    attempt = _own(request, attempt_id)
    if attempt.is_open:
        return redirect("quizzes:take", attempt_id)
    handler, rest = handler_of(attempt.context)
    questions = [
        judged(content, item.position, chosen)
        for item, content, chosen in items_with_answers(attempt)
    ]
    lessons = handler.lessons(rest, {question["teaches"] for question in questions})
    reread: dict[str, Lesson] = {}
    for question in questions:
        question["lesson"] = lessons.get(question["teaches"])
        if question["lesson"] and not question["is_correct"]:
            reread.setdefault(question["lesson"].title, question["lesson"])
    told = shows_feedback(attempt)
    context = {
        "attempt": attempt,
        "title": attempt.rule["title"],
        "pass_percent": attempt.settings.pass_percent,
        "place": handler.title(rest),
        "return_url": handler.return_url(rest),
        "passing_means": handler.passing_means(attempt) if attempt.passed else "",
        "next_url": handler.after_passing(attempt) if attempt.passed else None,
        "again_url": None if attempt.passed else handler.again_url(rest),
        "passed_before": not attempt.passed and is_passed_there(attempt),
        "reread": [] if attempt.passed else list(reread.values()),
        "questions": questions if told else [],
        "kept_back": bool(questions) and not told,
        "keep": keep(attempt),
    }
    return render(request, "quizzes/result.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Grade a knowledge check of a lesson; nothing is stored.

    Who was signed out meanwhile comes back here from the log-in by GET: to their start page.
    """
    if request.method != "POST":
        return redirect(settings.LOGIN_REDIRECT_URL)
    try:
        question = for_lessons().get(key=key)
    except Question.DoesNotExist as error:
        raise Http404 from error
    contents = {f"check-{key}": question.content()}
    if not _by_script(request):
        return _graded_here(request, contents)
    # It goes into the lesson, where the words around the questions are Swedish whoever reads.
    with override("sv"):
        return _graded_here(request, contents)


@require_POST
@permission_required("quizzes.change_question", raise_exception=True)
@xframe_options_sameorigin  # the answer is shown where the preview stood: in the editor's frame
def trial(request: HttpRequest) -> HttpResponse:
    """Grade what an editor tries in a preview; nothing is stored."""
    try:
        contents = signed_contents(request.POST.get("signed", ""))
    except signing.BadSignature as error:
        raise Http404 from error
    return _graded_here(request, {f"q{number}": one for number, one in enumerate(contents, 1)})


def _graded_here(request: HttpRequest, contents: dict[str, Content]) -> HttpResponse:
    """What was right and why; `contents` by the names of their inputs.

    A question in steps that one goes on with is asked again, as long as it has steps left.
    """
    answers: dict[str, Any] = {}
    for name, content in contents.items():
        kind = type_of(content)
        try:
            answers[name] = kind.read(content, kind.from_form(content, request.POST, name))
        except InvalidResponse:
            answers[name] = kind.nothing()
    going_on = request.POST.get("ga-vidare", "")
    if going_on in contents:
        content = contents[going_on]
        if not type_of(content).is_answered(content, answers[going_on]):
            return _asked_again(request, contents, answers)
    questions = [judged(one, name, answers[name]) for name, one in contents.items()]
    right = sum(question["is_correct"] for question in questions)
    context: dict[str, Any] = {
        "questions": questions,
        "question": next(iter(questions), None),
        "back": _local(request, request.POST.get("next", "")),
        "summary": ngettext(
            "%(right)d of %(count)d right", "%(right)d of %(count)d right", len(questions)
        )
        % {"right": right, "count": len(questions)},
    }
    partial = _by_script(request)
    template = "quizzes/_judged.html" if partial else "quizzes/judged.html"
    return render(request, template, context)


def _asked_again(
    request: HttpRequest, contents: dict[str, Content], answers: dict[str, Any]
) -> HttpResponse:
    """The questions as they stand, nothing stored: the answers travel with the page."""
    context = {
        "asked": [(name, asked(one, name, answers[name])) for name, one in contents.items()],
        "signed": request.POST.get("signed", ""),
        "next": _local(request, request.POST.get("next", "")) or "",
        "several": len(contents) > 1,
    }
    partial = _by_script(request)
    template = "quizzes/_asked_again.html" if partial else "quizzes/asked_again.html"
    return render(request, template, context)


def _local(request: HttpRequest, url: str) -> str | None:
    """The address, when it stays on this site."""
    safe = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if safe and url.startswith("/") else None
