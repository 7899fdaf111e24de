"""Regrading in the Wagtail admin: what it would change, doing it, undoing it."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from quizzes.bank.models import Question
from quizzes.regrading.actions import (
    CannotUndo,
    NothingToRegrade,
    go_on,
    regrade,
    undo,
    withdraw_completions,
)
from quizzes.regrading.comparing import compared
from quizzes.regrading.forms import RegradeForm
from quizzes.regrading.judging import NotComparable
from quizzes.regrading.models import Regrade, Scope, State
from quizzes.regrading.queries import (
    Change,
    JudgedBy,
    preview,
    regrades_of,
    versions_of,
    why_not_undone,
    withdrawable,
)
from tracking.organisation.models import User

SEE = "quizzes.change_question"
DECIDE = "quizzes.publish_question"
SEE_FEW = "quizzes.see_few_regraded"
WITHDRAW = "quizzes.withdraw_completions"
# Fewer than this could point somebody out.
FEW = 5


@dataclass(frozen=True, slots=True)
class ShownRegrade:
    """A regrading in the list."""

    regrade: Regrade
    changed: str
    may_undo: bool
    why_not: str
    to_withdraw: str

    @property
    def is_broken_off(self) -> bool:
        """Begun, and not at its end."""
        return self.regrade.state in (State.APPLYING, State.UNDOING)


@require_safe
@permission_required(SEE, raise_exception=True)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The versions that attempts were judged by, what judging them anew would do, what was done."""
    question = get_object_or_404(Question, pk=pk)
    versions = versions_of(question)
    earlier = [one for one in versions if not one.is_present]
    chosen = next((one for one in earlier if one.version == request.GET.get("version")), None)
    chosen = chosen or (earlier[0] if earlier else None)
    shown = {
        "question": question,
        "earlier": earlier,
        "chosen": chosen,
        "may_decide": request.user.has_perm(DECIDE),
        "may_withdraw": request.user.has_perm(WITHDRAW),
        "done": [_shown(one, request) for one in regrades_of(question.key)],
        **(_asked(request, question, chosen) if chosen else {}),
    }
    return render(request, "quizzes/regrading/page.html", shown)


def _asked(request: HttpRequest, question: Question, chosen: JudgedBy) -> dict[str, object]:
    try:
        found = preview(question, chosen)
    except NotComparable:
        return {"not_comparable": True}
    initial = {"token": uuid4(), "version": chosen.version, "present": question.version}
    return {
        "form": RegradeForm(initial=initial),
        "changes": [
            (label, _few(favour, request), _few(everybody, request))
            for label, favour, everybody in _in_words(found.favour, found.everybody)
        ],
        "nothing": not found.everybody.judged,
        "options": compared(chosen.content, question.content()),
    }


def _in_words(favour: Change, everybody: Change) -> list[tuple[str, int, int]]:
    return [
        (_("Judged by the corrected key"), favour.judged, everybody.judged),
        (_("Get more points"), favour.up, everybody.up),
        (_("Get fewer points"), favour.down, everybody.down),
        (_("Pass who did not"), favour.newly_passed, everybody.newly_passed),
        (_("Fail who had passed"), favour.newly_failed, everybody.newly_failed),
        (
            _("Can't be judged: the answer is no longer there"),
            favour.unreadable,
            everybody.unreadable,
        ),
    ]


def _few(number: int, request: HttpRequest) -> str:
    """The number, unless it is so small that it could point somebody out."""
    if 0 < number < FEW and not request.user.has_perm(SEE_FEW):
        return _("fewer than %(number)d") % {"number": FEW}
    return str(number)


def _shown(one: Regrade, request: HttpRequest) -> ShownRegrade:
    why_not = why_not_undone(one)
    to_withdraw = withdrawable(one).count() if request.user.has_perm(WITHDRAW) else 0
    return ShownRegrade(
        one,
        _few(one.changed, request),
        may_undo=not why_not and one.state == State.APPLIED,
        why_not=_why_not(why_not),
        to_withdraw=_few(to_withdraw, request) if to_withdraw else "",
    )


def _why_not(code: str) -> str:
    return {
        "deleted": _("It can't be undone: some of the answers have been deleted since."),
        "later": _("It can't be undone before a later regrading of the same attempts is."),
    }.get(code, "")


@require_POST
@permission_required(DECIDE, raise_exception=True)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge anew."""
    question = get_object_or_404(Question, pk=pk)
    form = RegradeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whose result may change."))
    elif form.cleaned_data["present"] != question.version:
        messages.error(request, _("The question has been changed since. See what it changes now."))
    else:
        _decided(request, question, form)
    return redirect("regrading", pk)


def _decided(request: HttpRequest, question: Question, form: RegradeForm) -> None:
    try:
        made = regrade(
            question=question,
            version=form.cleaned_data["version"],
            scope=Scope(form.cleaned_data["scope"]),
            actor=_user(request),
            token=form.cleaned_data["token"],
            now=timezone.now(),
        )
    except (NothingToRegrade, NotComparable):
        messages.info(request, _("There was nothing to judge anew."))
        return
    _say_how_far(request, made)


def _say_how_far(request: HttpRequest, made: Regrade) -> None:
    if made.state in (State.APPLYING, State.UNDOING):
        messages.info(request, _("It goes on in the background. You find it under Mina jobb."))
    elif made.state == State.UNDONE:
        messages.success(request, _("Every attempt is what it was before."))
    else:
        said = ngettext("%(n)s attempt judged anew.", "%(n)s attempts judged anew.", made.changed)
        messages.success(request, said % {"n": _few(made.changed, request)})


@require_POST
@permission_required(DECIDE, raise_exception=True)
def take_back(request: HttpRequest, pk: int, regrade_pk: int) -> HttpResponse:
    """Undo a regrading, or go on with one that was broken off."""
    made = _regrade(pk, regrade_pk)
    try:
        if made.state == State.APPLYING:
            go_on(regrade=made, actor=_user(request))
        else:
            undo(regrade=made, actor=_user(request))
    except CannotUndo as error:
        messages.error(request, _why_not(error.code) or _("It is undone already."))
    else:
        _say_how_far(request, made)
    return redirect("regrading", pk)


@require_POST
@permission_required(WITHDRAW, raise_exception=True)
def withdraw(request: HttpRequest, pk: int, regrade_pk: int) -> HttpResponse:
    """Withdraw the completions of attempts that no longer pass."""
    count = withdraw_completions(regrade=_regrade(pk, regrade_pk), actor=_user(request))
    said = ngettext("%(n)d completion withdrawn.", "%(n)d completions withdrawn.", count)
    messages.success(request, said % {"n": count})
    return redirect("regrading", pk)


def _regrade(pk: int, regrade_pk: int) -> Regrade:
    question = get_object_or_404(Question, pk=pk)
    try:
        return regrades_of(question.key).get(pk=regrade_pk)
    except Regrade.DoesNotExist as error:
        raise Http404 from error


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # every view here needs a log-in
    return request.user
