"""The matching page: what waits, whose each address is, and the way back."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.facts import FactBatch
from foundation.intervals import today
from tracking.evidence.matching.actions import (
    MATCHED,
    MatchRefused,
    dismiss_rows,
    match_rows,
    undo_dismissal,
    undo_match,
)
from tracking.evidence.matching.forms import DismissForm, MatchForm, SearchForm
from tracking.evidence.matching.queries import (
    Waiting,
    lately_dismissed,
    lately_matched,
    people,
    search,
    suggest,
    waiting_addresses,
    waiting_at,
    waiting_with,
)
from tracking.evidence.seen import people_seen
from tracking.organisation.models import Person
from tracking.organisation.rules import PersonScope, shown_person
from tracking.reports.gates import scope_of
from tracking.reports.seen import reader

ADDRESSES_A_PAGE = 10
LATELY = 10
REFUSED = {
    "own": _("You can't say that rows are your own: another coordinator does."),
    "unemployed": _("The person has no employment that is known. Choose somebody else."),
}


def _gate(request: HttpRequest) -> PersonScope:
    """For coordinators, who see everybody."""
    scope = scope_of(request)
    if not scope.everyone:
        raise PermissionDenied
    return scope


@require_safe
def waiting_page(request: HttpRequest) -> HttpResponse:
    """Every address with rows that wait, and whose it may be."""
    scope = _gate(request)
    form = SearchForm(request.GET, label=gettext("E-mail address or course's code"))
    addresses, left_out = waiting_addresses(form.words)
    page = Paginator(addresses, ADDRESSES_A_PAGE).get_page(request.GET.get("sida"))
    groups = waiting_at(list(page.object_list))
    suggest(groups, on=today())
    _seen(request, scope, groups)
    asked = request.GET.copy()
    asked.pop("sida", None)
    context = {
        "form": form,
        "page": page,
        "groups": groups,
        "left_out": left_out,
        "query": f"{asked.urlencode()}&" if asked else "",
        "matched": _matched(request, scope),
        "dismissed": lately_dismissed(LATELY),
    }
    return render(request, "evidence/matching.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def match_page(request: HttpRequest, row: int) -> HttpResponse:
    """One address: its rows, whom it may be, search for somebody else, or put it aside."""
    scope = _gate(request)
    group = waiting_with(row)
    if group is None:
        return _gone(request)
    rows = [one.pk for one in group.rows]
    forms: dict[str, Any] = {
        "match": MatchForm(_posted(request, "matcha"), rows=rows),
        "dismiss": DismissForm(_posted(request, "avfarda"), rows=rows),
    }
    if forms["match"].is_bound and _match(request, forms["match"]):
        return _back()
    if forms["dismiss"].is_bound and _dismiss(request, forms["dismiss"]):
        return _back()
    suggest([group], on=today())
    searched = SearchForm(request.GET, label=gettext("Name, e-mail address or HR's key"))
    found = search(searched.words, on=today())
    known = {one.person.pk for one in group.suggestions}
    group.suggestions += [one for one in found if one.person.pk not in known]
    _seen(request, scope, [group])
    context = {
        "group": group,
        "search": searched,
        "is_empty": bool(searched.words) and not found,
        "ticked": set(request.POST.getlist("rad")) or {str(one) for one in rows},
        "chosen": request.POST.get("person", ""),
        **forms,
    }
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    return render(request, "evidence/match.html", context, status=status)


@require_POST
def undo(request: HttpRequest, batch: int) -> HttpResponse:
    """Take a match back."""
    _gate(request)
    found = get_object_or_404(FactBatch, pk=batch, origin=MATCHED)
    if undo_match(batch=found, actor=reader(request)):
        messages.success(request, gettext("The match is taken back: the rows wait again."))
    return _back()


@require_POST
def take_up(request: HttpRequest, row: int) -> HttpResponse:
    """Take up again what was put aside."""
    _gate(request)
    if undo_dismissal(row=row, actor=reader(request)):
        messages.success(request, gettext("The rows wait again."))
    return _back()


def _posted(request: HttpRequest, what: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("gor") == what else None


def _match(request: HttpRequest, form: MatchForm) -> bool:
    if not form.is_valid():
        return False
    person = people().filter(public_id=form.cleaned_data["person"]).first()
    if person is None:
        form.add_error("person", gettext("Choose whose the rows are."))
        return False
    try:
        count = match_rows(rows=form.cleaned_data["rad"], person=person, actor=reader(request))
    except MatchRefused as refused:
        form.add_error("person", str(REFUSED[str(refused)]))
        return False
    _say(request, count)
    return True


def _dismiss(request: HttpRequest, form: DismissForm) -> bool:
    if not form.is_valid():
        return False
    count = dismiss_rows(
        rows=form.cleaned_data["rad"],
        reason=form.cleaned_data["skal"],
        actor=reader(request),
        now=timezone.now(),
    )
    _say(request, count)
    return True


def _say(request: HttpRequest, count: int) -> None:
    text = ngettext("%(count)d row is dealt with.", "%(count)d rows are dealt with.", count)
    messages.success(request, text % {"count": count})


def _gone(request: HttpRequest) -> HttpResponse:
    """A row that waits no more: somebody else was quicker, or it never was."""
    if request.method == "POST":
        messages.info(request, gettext("Those rows did not wait any more. Nothing was changed."))
        return _back()
    raise Http404


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("evidence:matching"), status=HTTPStatus.SEE_OTHER)


def _seen(request: HttpRequest, scope: PersonScope, groups: list[Waiting]) -> None:
    people_seen(request, scope, [one.person.pk for group in groups for one in group.suggestions])


def _matched(request: HttpRequest, scope: PersonScope) -> list[dict[str, Any]]:
    """The latest matches, as far as whom they are of may be shown."""
    found = lately_matched(LATELY)
    of = Person.objects.in_bulk([one.person for one in found])
    people_seen(request, scope, list(of))
    return [
        {
            "batch": one.batch,
            "person": shown_person(of[one.person], scope),
            "rows": one.rows,
            "by": one.batch.actor.get_full_name() if one.batch.actor else "",
        }
        for one in found
    ]
