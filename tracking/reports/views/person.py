"""One person's page, and why their status is what it is."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from foundation.intervals import today
from tracking.organisation.models import Person
from tracking.organisation.rules import PersonScope
from tracking.reports.asked import PASSED, STANDING, WHY, carried, returning
from tracking.reports.forms import DayForm
from tracking.reports.gates import scope_of
from tracking.reports.person import own_person, person_report, reachable_person
from tracking.reports.seen import is_nearest, person_seen
from tracking.reports.stand import shown_words
from tracking.reports.why import why


@require_safe
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person's targets; nobody at all to those who may not see them."""
    scope = scope_of(request)
    found = reachable_person(scope, public_id)
    form = DayForm(request.GET, today=today())
    context: dict[str, object] = {
        "form": form,
        "person": found,
        "kept": carried(request.GET, [one for one in PASSED if one not in STANDING]).items(),
        "back": _back(request, scope),
        "today": today(),
    }
    if not form.is_valid():
        return render(request, "reports/person.html", context, status=HTTPStatus.BAD_REQUEST)
    as_of, known_at = form.cleaned_data["datum"], form.known_at
    person_seen(request, scope, found, as_of)
    context |= {
        "report": person_report(found, as_of, known_at),
        "shown": shown_words(as_of, known_at, today()),
        "here": carried(request.GET, PASSED).urlencode(),
        "reminds": found.pk != scope.roles.person and as_of == today() and known_at is None,
    }
    return render(request, "reports/person.html", context)


@require_safe
def why_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Why a target applies to a person, or does not, and what their status follows from."""
    scope = scope_of(request)
    found = reachable_person(scope, public_id)
    back = reverse("reports:person", args=[public_id])
    query = carried(request.GET, PASSED).urlencode()
    tells = is_nearest(scope, found)
    return _why(request, scope, found, (f"{back}?{query}", found.full_name), tells_reasons=tells)


@require_safe
def why_me(request: HttpRequest) -> HttpResponse:
    """The same, to the person themself."""
    scope = scope_of(request)
    found = own_person(scope)
    back = (reverse("learning:my_training"), gettext("My training"))
    return _why(request, scope, found, back, tells_reasons=True, is_own=True)


def _why(
    request: HttpRequest,
    scope: PersonScope,
    found: Person,
    back: tuple[str, str],
    *,
    tells_reasons: bool,
    is_own: bool = False,
) -> HttpResponse:
    form = DayForm(request.GET, today=today())
    code = request.GET.get("mal", "")
    context: dict[str, object] = {
        "form": form,
        "person": found,
        "is_own": is_own,
        "kept": carried(request.GET, [one for one in WHY if one not in STANDING]).items(),
        "back": back,
    }
    if not form.is_valid() or not code:
        return render(request, "reports/why.html", context, status=HTTPStatus.BAD_REQUEST)
    as_of, known_at = form.cleaned_data["datum"], form.known_at
    person_seen(request, scope, found, as_of, target=code)
    context |= {
        "why": why(found.pk, code, as_of, known_at=known_at, tells_reasons=tells_reasons),
        "shown": shown_words(as_of, known_at, today()),
        "day": as_of,
    }
    return render(request, "reports/why.html", context)


def _back(request: HttpRequest, scope: PersonScope) -> tuple[str, str] | None:
    """Address and name of the page the reader came to a person from, as it was."""
    if not scope.roles.sees_staff:
        return None
    unit = request.GET.get("enhet", "")
    if not scope.managed and not unit:
        return reverse("reports:overview"), gettext("Follow-up")
    query = returning(request.GET).urlencode()
    own = not unit or scope.is_manager_of(unit)
    address = reverse("reports:staff") + (f"?{query}" if query else "")
    return address, gettext("My staff") if own else gettext("Staff")
