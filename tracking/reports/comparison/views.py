"""The pages of a comparison: what differs and why, and whom a line is about."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.intervals import today
from tracking.organisation.rules import UnitScope
from tracking.reports.asked import carried
from tracking.reports.choices import changed
from tracking.reports.comparison.account import accounts, whole
from tracking.reports.comparison.asked import (
    ADDRESS,
    AskedComparison,
    asked_comparison,
    ready,
    with_defaults,
)
from tracking.reports.comparison.job import MOST_AT_ONCE, start_comparison
from tracking.reports.comparison.kept import discard, kept
from tracking.reports.comparison.people import moved_people, rows
from tracking.reports.comparison.words import cause_heading
from tracking.reports.gates import scope_of, units_of
from tracking.reports.seen import changes_seen, reader
from tracking.status.compare.causes import Cause
from tracking.status.compare.comparison import Comparison

ROWS_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def comparison_page(request: HttpRequest) -> HttpResponse:
    """Two reports on a unit: what differs, and what explains it?"""
    scope = units_of(request)
    if not (scope.roles.sees_figures or scope.roles.sees_staff):
        raise PermissionDenied
    form, asked = asked_comparison(request.GET, scope)
    context: dict[str, object] = {"form": form, "ready": ready(request.GET, today())}
    if asked is None:
        return render(request, "reports/comparison.html", context, status=HTTPStatus.BAD_REQUEST)
    if request.method == "POST":
        job = start_comparison(owner=reader(request), query=request.GET, asked=asked)
        return redirect("jobs:page", job.public_id)
    wanted = request.GET.get("mal", "")
    comparison = _comparison(asked)
    context |= _said(request, asked) | {
        "shows_people": scope.roles.sees_staff,
        "too_large": comparison is None,
        "crumbs": _crumbs(request, scope, wanted),
    }
    if comparison is not None and asked.first and asked.last:
        found = accounts(comparison, asked.first, asked.last)
        context |= {
            "whole": whole(found, comparison),
            "target": next((one for one in found if one.target.code == wanted), None),
            "accounts": [one for one in found if one.lines],
            "unchanged": [one for one in found if not one.lines],
        }
    return render(request, "reports/comparison.html", context)


@require_safe
def comparison_people(request: HttpRequest) -> HttpResponse:
    """Whom one cause of one target's difference is about."""
    scope = scope_of(request)
    if not scope.roles.sees_staff:
        raise PermissionDenied
    _form, asked = asked_comparison(request.GET, scope)
    target, cause = request.GET.get("mal", ""), _cause(request)
    comparison = _comparison(asked, target) if asked else None
    if asked is None or comparison is None or not (asked.first and asked.last):
        return redirect(f"{reverse('reports:comparison')}?{_here(request)}")
    people = moved_people(comparison, scope, target=target, cause=cause)
    page = Paginator(people.seen, ROWS_A_PAGE).get_page(request.GET.get("sida"))
    changes_seen(request, scope, asked.of.unit, asked.last.stand, [one.person for one in page])
    query = request.GET.copy()
    query.pop("sida", None)
    known = {**asked.first.targets, **asked.last.targets}.get(target)
    context = _said(request, asked) | {
        "target": known,
        "crumbs": _to_target(request, target, known.name if known else ""),
        "cause": cause_heading(cause),
        "people": people,
        "page": page,
        "rows": rows(comparison, people, list(page)),
        "query": f"{query.urlencode()}&",
    }
    return render(request, "reports/comparison_people.html", context)


def _comparison(asked: AskedComparison, target: str | None = None) -> Comparison | None:
    """The comparison, kept or made at once; None when that would take too long."""
    if not (asked.first and asked.last):
        return None
    whole = asked.comparing()
    made = kept(whole)
    if made is None:
        comparing = whole if target is None else asked.comparing([target])
        return comparing.compared() if whole.size <= MOST_AT_ONCE else None
    if all(one.adds_up for one in accounts(made, asked.first, asked.last)):
        return made
    discard(whole)
    return None


def _said(request: HttpRequest, asked: AskedComparison) -> dict[str, object]:
    """What both pages say of the comparison."""
    return {
        "unit_name": asked.of.unit_name,
        "area_name": asked.of.area_name if asked.of.area else "",
        "before": asked.said[0],
        "after": asked.said[1],
        "here": _here(request),
    }


def _crumbs(request: HttpRequest, scope: UnitScope, target: str) -> list[dict[str, str]]:
    """The way back: to the page of figures the reader comes from, and from a target to them all."""
    query = carried(request.GET, ("enhet", "omrade", "datum", "kand")).urlencode()
    above = (
        {"label": gettext("Follow-up"), "url": f"{reverse('reports:overview')}?{query}"}
        if scope.roles.sees_figures
        else {"label": gettext("My staff"), "url": f"{reverse('reports:staff')}?{query}"}
    )
    whole = {"label": gettext("Comparison"), "url": changed(request.GET, mal=None)}
    return [above, whole] if target else [above]


def _to_target(request: HttpRequest, target: str, name: str) -> list[dict[str, str]]:
    """The way back from the people of a line: all targets, and the account the line stands in."""
    address = f"{reverse('reports:comparison')}?{_here(request)}"
    account = {"label": name, "url": f"{address}&{urlencode({'mal': target})}"}
    whole = {"label": gettext("Comparison"), "url": address}
    return [whole, account] if name else [whole]


def _here(request: HttpRequest) -> str:
    return carried(with_defaults(request.GET), ADDRESS).urlencode()


def _cause(request: HttpRequest) -> Cause:
    try:
        return Cause(request.GET.get("orsak", ""))
    except ValueError as error:
        raise Http404 from error
