"""Mina medarbetare, on the screen."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from foundation.intervals import today
from tracking.organisation.rules import PersonScope, district_of
from tracking.reports.asked import (
    FILTERS,
    LIST,
    STANDING,
    asked_staff,
    carried,
    onward,
)
from tracking.reports.choosing import (
    MOST,
    acts,
    keep_choice,
    kept_choice,
    public_ids,
    too_many_words,
)
from tracking.reports.forms import MANY_ROWS, ROWS_A_PAGE, StaffFilterForm
from tracking.reports.gates import scope_of
from tracking.reports.matrix import Matrix
from tracking.reports.pace import target_lines
from tracking.reports.seen import staff_seen
from tracking.reports.staff import StaffReport, StaffRow
from tracking.reports.stand import shown_words


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Mina medarbetare: who of mine is done, who is not, and what do I do about it?"""
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
    context |= _shown(request, scope, asked.report, asked.filters, asked.rows)
    context["unit_name"] = asked.unit_name
    return render(request, "reports/staff.html", context)


def _shown(
    request: HttpRequest,
    scope: PersonScope,
    report: StaffReport,
    filters: StaffFilterForm,
    rows: list[StaffRow],
) -> dict[str, object]:
    """What the page shows of a report; who is seen by it is written down first."""
    said: dict[str, Any] = filters.cleaned_data if filters.is_valid() else {"sortera": "namn"}
    here = onward(request.GET).urlencode()
    is_own = scope.is_manager_of(report.unit)
    chosen = kept_choice(request, report.unit) if is_own else []
    matrix = Matrix(report, here, scope.roles.person, frozenset(chosen), said.get("mal", ""))
    paginator = matrix.pages(
        rows, by_unit=filters.is_valid() and filters.by_unit, each=said.get("antal", ROWS_A_PAGE)
    )
    page = paginator.get_page(request.GET.get("sida"))
    staff_seen(request, scope, report, [row for _group, row in page])
    query = request.GET.copy()
    query.pop("sida", None)
    blocks = matrix.blocks(page)
    lines = [line for block in blocks for line in block.lines]
    return {
        "filters": filters,
        "is_own": is_own,
        "back": _to_district(scope, report, request.GET),
        "lines": target_lines(
            report.figures, report.as_of, paced=not report.area and report.known_at is None
        ),
        "offers": sum(line.goal is None for line in report.figures),
        "has_units": matrix.has_units,
        "page": page,
        "people": len(rows),
        "blocks": blocks,
        "query": f"{query.urlencode()}&" if query else "",
        "heads": matrix.heads(said["sortera"]),
        "target": said.get("mal", ""),
        "acts": acts() if is_own else [],
        "chosen": len(chosen),
        "elsewhere": len(chosen) - len({line.row.person for line in lines if line.chosen}),
        "choosable": [str(line.row.public_id) for line in lines if line.may_be_chosen],
        "most": MOST,
        "shown": shown_words(report.as_of, report.known_at, today()),
        "narrows": not filters.is_valid() or filters.filters.narrows,
        "many": MANY_ROWS if paginator.num_pages > 1 and paginator.per_page < MANY_ROWS else 0,
    }


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember whom a manager has ticked, then go where they want: on in the list, or to an act."""
    scope = scope_of(request)
    unit = request.POST.get("enhet", "")
    if not scope.is_manager_of(unit):
        raise PermissionDenied
    listed = carried(QueryDict(request.POST.get("fraga", "")), LIST)
    listed["enhet"] = unit
    shown = set(public_ids(request.POST.get("visade", "").split(",")))
    kept = [one for one in kept_choice(request, unit) if one not in shown]
    wanted = [*kept, *public_ids(request.POST.getlist("person"))]
    does = request.POST.get("gor", "")
    if does == "alla":
        rows = asked_staff(listed, scope).rows
        wanted += [
            row.public_id for row in rows if row.public_id and row.person != scope.roles.person
        ]
    left_out = keep_choice(request, unit, [] if does == "ingen" else wanted)
    if left_out:
        messages.warning(request, too_many_words(left_out))
    onwards = request.POST.get("vidare", "")
    act = next((act for act in acts() if act.code == does), None)
    if act is not None and wanted:
        return redirect(act.url(unit, kept_choice(request, unit)))
    if act is not None:
        messages.warning(request, gettext("Choose somebody first: tick the box beside the name."))
    elif _is_here(onwards):
        return redirect(onwards)
    return redirect(f"{reverse('reports:staff')}?{listed.urlencode()}#people")


def _is_here(address: str) -> bool:
    """Whether it is the address of a page of ours."""
    if not address or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return False
    try:
        resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return True


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
