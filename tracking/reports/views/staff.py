"""Mina medarbetare, on the screen."""

from http import HTTPStatus
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from foundation.intervals import today
from tracking.organisation.rules import PersonScope, district_of
from tracking.reports.asked import FILTERS, LIST, STANDING, asked_staff, carried
from tracking.reports.cells import cell_html
from tracking.reports.figures import level_words
from tracking.reports.gates import scope_of
from tracking.reports.seen import staff_seen
from tracking.reports.staff import StaffReport, StaffRow
from tracking.reports.stand import shown_words

ROWS_A_PAGE = 100


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Mina medarbetare: who of mine is done, who is not?"""
    scope = scope_of(request)
    if not scope.roles.sees_staff:
        raise PermissionDenied
    if not scope.managed and not request.GET.get("enhet"):
        return redirect("reports:overview") if scope.roles.sees_figures else _nobody(request)
    asked = asked_staff(request.GET, scope)
    context: dict[str, object] = {
        "form": asked.form,
        "report": asked.report,
        "kept": carried(request.GET, FILTERS).items(),
        "today": today(),
    }
    if asked.report is None or asked.filters is None:
        return render(request, "reports/staff.html", context, status=HTTPStatus.BAD_REQUEST)
    sort = asked.filters.filters.sort if asked.filters.is_valid() else "namn"
    page = Paginator(asked.rows, ROWS_A_PAGE).get_page(request.GET.get("sida"))
    query = request.GET.copy()
    query.pop("sida", None)
    unit = asked.report.unit
    here = carried(request.GET, LIST).urlencode()
    staff_seen(request, scope, asked.report, list(page))
    context |= {
        "filters": asked.filters,
        "unit_name": asked.unit_name,
        "is_own": scope.is_manager_of(unit),
        "back": _to_district(scope, asked.report, request.GET),
        "offers": sum(line.goal is None for line in asked.report.figures),
        "here": here,
        "page": page,
        "rows": [
            (row, _cells(row, asked.report, f"&{here}" if here else "")) for row in page.object_list
        ],
        "query": f"{query.urlencode()}&" if query else "",
        "headers": _headers(asked.report, sort),
        "shown": shown_words(asked.report.as_of, asked.report.known_at, today()),
        "narrows": not asked.filters.is_valid() or asked.filters.filters.narrows,
    }
    return render(request, "reports/staff.html", context)


def _cells(row: StaffRow, report: StaffReport, here: str) -> list[SafeString]:
    """The row's cells; each leads to why it says what it says."""
    why = reverse("reports:why", args=[row.public_id]) if row.public_id else ""
    return [
        cell_html(cell, f"{why}?mal={quote(target.code, safe='')}{here}")
        for target, cell in zip(report.targets, row.in_order(report.targets), strict=True)
    ]


def _headers(report: StaffReport, sort: str) -> list[dict[str, str]]:
    """Heads of the matrix's columns: what a click sorts by, and how it is sorted now."""
    labels = [("namn", gettext("Name"), "")]
    labels += [("enhet", gettext("Unit"), "")] if report.units else []
    labels += [(target.code, target.name, level_words(target)) for target in report.targets]
    state = {sort.removeprefix("-"): "descending" if sort.startswith("-") else "ascending"}
    return [
        {
            "label": label,
            "lang": "" if key in {"namn", "enhet"} else settings.CONTENT_LANGUAGE,
            "level": level,
            "sort": f"-{key}" if state.get(key) == "ascending" else key,
            "state": state.get(key, ""),
        }
        for key, label, level in labels
    ]


def _to_district(scope: PersonScope, report: StaffReport, asked: QueryDict) -> str:
    """The overview of the district the unit belongs to, for who may see one; else nothing."""
    district = district_of(report.tree, report.unit) if scope.roles.sees_figures else None
    if not district:
        return ""
    said = {"enhet": district, **carried(asked, STANDING).dict()}
    return f"{reverse('reports:overview')}?{urlencode(said)}"


def _nobody(request: HttpRequest) -> HttpResponse:
    """A manager whose unit the organisation does not know."""
    return render(request, "reports/staff.html", {"nobody": True, "today": today()})
