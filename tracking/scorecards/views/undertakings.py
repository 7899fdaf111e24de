"""Åtaganden: the programme's and the city's, their history, and committees' own."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.intervals import inclusive, today
from tracking.organisation.queries import organisation_on
from tracking.organisation.rules import UnitScope
from tracking.reports.gates import units_of
from tracking.scorecards.committees import committees_on
from tracking.scorecards.forms import ReasonForm, UndertakingForm
from tracking.scorecards.getters import (
    account,
    city_reader,
    coordinator,
    opened_to_write,
    the_undertaking,
)
from tracking.scorecards.history import history_of
from tracking.scorecards.models import Undertaking
from tracking.scorecards.plan.reading import programme_end
from tracking.scorecards.rules import closes_periods, may_read, may_write, reads_the_city
from tracking.scorecards.undertakings import (
    UndertakingChanged,
    add_undertaking,
    change_undertaking,
    continue_undertakings,
    load_plan,
)
from tracking.scorecards.words import days_of
from tracking.targets.programme import GOALS


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All of the city's undertakings by goal, those that have ended too."""
    scope = city_reader(request)
    rows = Undertaking.objects.filter(committee="")
    on = today()
    known = {goal.code for goal in GOALS}
    lines = [(one, days_of(one.valid_from, inclusive(one.valid_to)), _holds(one)) for one in rows]
    sections = [(goal, [line for line in lines if line[0].goal == goal.code]) for goal in GOALS]
    rest = [line for line in lines if line[0].goal not in known]
    context = {
        "sections": [section for section in (*sections, (None, rest)) if section[1]],
        "decides": closes_periods(scope),
        "going_on": sum(1 for one in rows if _holds(one)),
        "total": len(rows),
        "can_go_on": bool(_ended_with_the_programme()),
        "today": on,
    }
    return render(request, "scorecards/undertakings.html", context)


@require_safe
def undertaking(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One undertaking: what it says, where it comes from, and what it has said."""
    found = the_undertaking(public_id)
    scope = units_of(request)
    if not _may_see(scope, found):
        raise Http404
    context = {
        "undertaking": found,
        "days": days_of(found.valid_from, inclusive(found.valid_to)),
        "goal": next((goal for goal in GOALS if goal.code == found.goal), None),
        "changes": history_of(found),
        "may_change": _may_change(scope, found),
        "reads_the_city": reads_the_city(scope),
    }
    return render(request, "scorecards/undertaking.html", context)


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Enter the implementation plan's rows."""
    coordinator(request)
    made = load_plan(now=timezone.now())
    said = ngettext("%(count)d undertaking entered.", "%(count)d undertakings entered.", made)
    messages.success(request, said % {"count": made})
    return redirect("scorecards:undertakings")


@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: HttpRequest) -> HttpResponse:
    """Let the programme's running undertakings hold until further notice."""
    actor = coordinator(request)
    ended = _ended_with_the_programme()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = continue_undertakings(
            undertakings=ended,
            last_day=None,
            reason=form.cleaned_data["skal"],
            actor=actor,
            now=timezone.now(),
        )
        said = ngettext("%(count)d undertaking goes on.", "%(count)d undertakings go on.", count)
        messages.success(request, said % {"count": count})
        return redirect("scorecards:undertakings")
    context = {"form": form, "undertakings": ended}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "scorecards/go_on.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new one of the city's."""
    actor = coordinator(request)
    form = UndertakingForm(request.POST or None, committees=committees_on(organisation_on(today())))
    if request.method == "POST" and form.is_valid():
        made = add_undertaking(said=form.said, actor=actor, now=timezone.now())
        messages.success(request, gettext("The undertaking is entered."))
        return redirect("scorecards:undertaking", made.public_id)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "scorecards/edit.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def add_own(request: HttpRequest, code: str) -> HttpResponse:
    """A committee's own."""
    found = opened_to_write(request, code)
    form = UndertakingForm(request.POST or None, committees=None)
    if request.method == "POST" and form.is_valid():
        said = form.said | {"recipient": found.committee.name}
        made = add_undertaking(
            said=said, committee=code, actor=account(request), now=timezone.now()
        )
        messages.success(request, gettext("The undertaking is entered."))
        return redirect("scorecards:undertaking", made.public_id)
    context = {"form": form, "committee": found.committee}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "scorecards/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say something else, or give it a last day; what it said is kept."""
    found = the_undertaking(public_id)
    scope = units_of(request)
    if not _may_see(scope, found):
        raise Http404
    if not _may_change(scope, found):
        raise PermissionDenied
    committees = None if found.committee else committees_on(organisation_on(today()))
    form = UndertakingForm(request.POST or None, committees=committees, undertaking=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_undertaking(
                undertaking=found,
                said=_said(form, found),
                seen=form.cleaned_data["version"] or 0,
                reason=form.cleaned_data["skal"],
                actor=account(request),
                now=timezone.now(),
            )
        except UndertakingChanged:
            form.add_error(
                None,
                gettext("Somebody else has changed it. Look at it, and change what is left."),
            )
        else:
            messages.success(request, gettext("Changed. What it said before is kept."))
            return redirect("scorecards:undertaking", found.public_id)
    context = {"form": form, "undertaking": found}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "scorecards/edit.html", context, status=status)


def _said(form: UndertakingForm, found: Undertaking) -> dict[str, object]:
    """What is to be said; what the platform has worked out is so marked until it is changed."""
    said = form.said
    if said["goal"] == found.goal:
        said["goal_is_inferred"] = found.goal_is_inferred
    receivers = ("recipient_kinds", "recipient_units")
    if "recipient" in said and all(said[name] == getattr(found, name) for name in receivers):
        said["recipient_is_inferred"] = found.recipient_is_inferred
    return said


def _may_see(scope: UnitScope, one: Undertaking) -> bool:
    if one.committee:
        return may_read(scope, one.committee) or may_write(scope, one.committee)
    return scope.roles.sees_figures or bool(scope.managed)


def _may_change(scope: UnitScope, one: Undertaking) -> bool:
    if one.committee:
        return may_write(scope, one.committee)
    return closes_periods(scope)


def _holds(one: Undertaking) -> bool:
    return one.valid_from <= today() and (one.valid_to is None or one.valid_to > today())


def _ended_with_the_programme() -> list[Undertaking]:
    """Those that ran as long as the programme did."""
    return list(Undertaking.objects.filter(committee="", valid_to=programme_end()))
