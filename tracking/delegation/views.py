"""Naming a deputy, seeing who sees whose staff, and ending it."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from foundation.brake import AT_ONCE, Limit, attempt
from tracking.delegation.actions import end_delegation, name_deputy
from tracking.delegation.forms import DelegationForm, SearchForm
from tracking.delegation.models import Delegation
from tracking.delegation.queries import delegations_of, found_by, known_by
from tracking.delegation.rules import DelegationRefused, own_units
from tracking.organisation.models import Person
from tracking.organisation.rules import PersonScope
from tracking.reports.gates import scope_of
from tracking.reports.seen import people_listed, reader

# Asking for somebody by address or key, one after the other, is no way to learn who works here.
ASKED_FOR = Limit("delegation", burst=20, every=timedelta(minutes=6))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Who sees my staff, whose staff do I see, and naming a deputy."""
    scope = scope_of(request)
    standing = delegations_of(scope.roles.person, scope.on, scope.tree)
    own = own_units(scope.roles.person, scope.on, scope.tree)
    if not scope.roles.manages and not standing:
        raise PermissionDenied
    context: dict[str, object] = {
        "given": [one for one in standing if one.is_mine],
        "held": [one for one in standing if not one.is_mine],
        "may_name": bool(own),
        "search": SearchForm(request.POST if request.method == "POST" else None),
    }
    status = HTTPStatus.OK
    if request.method == "POST":
        if not own:
            raise PermissionDenied
        context |= (said := _asked(request, scope, own))
        if "named" in said:
            return redirect("delegation:page")
        status = HTTPStatus.BAD_REQUEST if _is_wrong(context) else HTTPStatus.OK
    return render(request, "delegation/page.html", context, status=status)


@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a delegation that one gave or holds, at once; others' are not there (404)."""
    scope = scope_of(request)
    found = Delegation.objects.filter(public_id=public_id).first()
    me = scope.roles.person
    if found is None or me is None or me not in {found.manager_id, found.deputy_id}:
        raise Http404
    end_delegation(delegation=found, actor=reader(request), on=scope.on, now=timezone.now())
    messages.success(request, gettext("The deputy's duty has ended."))
    return redirect("start" if me == found.deputy_id else "delegation:page")


def _asked(request: HttpRequest, scope: PersonScope, own: frozenset[str]) -> dict[str, object]:
    """What the search found, and the form that names one of them; `named` when it has."""
    words = request.POST.get("sok", "")
    people = found_by(scope, own, words)
    if not people and words.strip():
        if attempt([ASKED_FOR.bucket(str(reader(request).pk))], now=timezone.now()) > AT_ONCE:
            return {"too_often": True}
        people = known_by(scope, words)
    people_listed(request, scope, _top(scope, own), [one.pk for one in people])
    given = request.POST if request.POST.get("gor") == "utse" else None
    form = DelegationForm(
        given,
        people=people,
        units=[(code, scope.tree.units[code].name) for code in _in_order(scope, own)],
        initial={"sok": words, "fran": scope.on},
    )
    if given is not None and form.is_valid() and _named(request, scope, form, people):
        return {"named": True}
    return {"searched": bool(words.strip()), "form": form if people else None}


def _named(
    request: HttpRequest, scope: PersonScope, form: DelegationForm, people: list[Person]
) -> bool:
    """Whether the form named a deputy; else it says what is wrong."""
    said, me = form.cleaned_data, scope.roles.person
    assert me is not None  # who manages a unit is somebody HR knows
    deputy = next(one for one in people if str(one.public_id) == said["person"])
    try:
        name_deputy(
            manager=Person.objects.get(pk=me),
            deputy=deputy,
            unit=said["enhet"],
            first=said["fran"],
            last=said["till"],
            actor=reader(request),
            on=scope.on,
            now=timezone.now(),
        )
    except DelegationRefused as refused:
        form.refuse(refused.faults)
        return False
    text = gettext("%(name)s is a deputy, and sees it under My staff.")
    messages.success(request, text % {"name": deputy.full_name})
    return True


def _is_wrong(context: dict[str, object]) -> bool:
    forms = (context.get("form"), context["search"])
    return any(getattr(form, "errors", None) for form in forms)


def _top(scope: PersonScope, own: frozenset[str]) -> str:
    return next((code for code in scope.managed if code in own), "")


def _in_order(scope: PersonScope, own: frozenset[str]) -> list[str]:
    """One's units as the tree has them: each before those below it."""
    tops = [code for code in own if not own.intersection(scope.tree.path(code)[1:])]
    found: list[str] = []
    waiting = sorted(tops, reverse=True)
    while waiting:
        found.append(code := waiting.pop())
        waiting += reversed(scope.tree.children(code))
    return found
