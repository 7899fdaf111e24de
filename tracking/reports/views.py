"""The reports' pages: who asks, what they ask for, one read, one page."""

from http import HTTPStatus
from io import BytesIO, StringIO
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from foundation.intervals import today
from tracking.exports.tables import write_csv, write_xlsx
from tracking.organisation.queries import OrganisationDay
from tracking.organisation.rules import PersonScope
from tracking.reports.forms import AsOfForm, StaffFilterForm
from tracking.reports.gates import scope_of
from tracking.reports.overview import overview
from tracking.reports.person import person_report, reachable_person
from tracking.reports.staff import (
    StaffReport,
    StaffRow,
    file_header,
    file_row,
    selected,
    staff_report,
)

ROWS_A_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Asked(NamedTuple):
    """What the address of a staff report asks for; without `report` it could not be answered."""

    form: AsOfForm
    report: StaffReport | None = None
    filters: StaffFilterForm | None = None
    rows: list[StaffRow] = []


@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Mina medarbetare: who of mine is done, who is not?"""
    scope = scope_of(request)
    if not scope.roles.sees_staff:
        raise PermissionDenied
    if not scope.managed and not request.GET.get("enhet"):
        return redirect("reports:overview") if scope.roles.sees_figures else _nobody(request)
    asked = _asked(request, scope)
    context: dict[str, object] = {"form": asked.form, "report": asked.report, "today": today()}
    if asked.report is None or asked.filters is None:
        return render(request, "reports/staff.html", context, status=HTTPStatus.BAD_REQUEST)
    sort = asked.filters.filters.sort if asked.filters.is_valid() else "namn"
    page = Paginator(asked.rows, ROWS_A_PAGE).get_page(request.GET.get("sida"))
    query = request.GET.copy()
    query.pop("sida", None)
    context |= {
        "filters": asked.filters,
        "unit": asked.report.tree.units.get(asked.report.unit),
        "page": page,
        "rows": [(row, row.in_order(asked.report.targets)) for row in page.object_list],
        "query": f"{query.urlencode()}&" if query else "",
        "headers": _headers(asked.report, sort),
        "is_past": asked.report.as_of != today(),
        "narrows": asked.filters.is_valid() and asked.filters.filters.narrows,
    }
    return render(request, "reports/staff.html", context)


@require_safe
def staff_export(request: HttpRequest, form: str) -> HttpResponse:
    """The matrix as a file: exactly what the same address shows."""
    scope = scope_of(request)
    if not scope.roles.sees_staff:
        raise PermissionDenied
    asked = _asked(request, scope)
    if form not in {"csv", "xlsx"} or asked.report is None:
        raise Http404
    report = asked.report
    titles = [gettext("Name"), pgettext("employment", "Role"), gettext("Unit")]
    header = file_header(report, titles, gettext("valid through or due"))
    rows = [file_row(report, row) for row in asked.rows]
    name = f"medarbetare-{report.as_of:%Y-%m-%d}.{form}"
    if form == "csv":
        text = StringIO(newline="")
        write_csv(text, header, rows)
        content, kind = text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8"
    else:
        file = BytesIO()
        write_xlsx(file, header, rows)
        content, kind = file.getvalue(), XLSX
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=disposition)


@require_safe
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person's targets; nobody at all to those who may not see them."""
    scope = scope_of(request)
    found = reachable_person(scope, public_id)
    form = AsOfForm(request.GET, units=[], today=today())
    context: dict[str, object] = {"form": form, "person": found, "today": today()}
    if not form.is_valid():
        return render(request, "reports/person.html", context, status=HTTPStatus.BAD_REQUEST)
    as_of = form.cleaned_data["datum"]
    context |= {
        "report": person_report(found, as_of),
        "as_of": as_of,
        "is_past": as_of != today(),
        "sees_staff": scope.roles.sees_staff,
    }
    return render(request, "reports/person.html", context)


@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """Uppföljning: will the targets be reached, and where not?"""
    scope = scope_of(request)
    if not scope.roles.sees_figures:
        raise PermissionDenied
    wanted = request.GET.get("enhet", "")
    units = _choices(scope.tree, (*scope.followed, wanted) if _may_count(scope, wanted) else ())
    units = units or _choices(scope.tree, scope.followed)
    form = AsOfForm(request.GET, units=units, today=today())
    context: dict[str, object] = {"form": form, "today": today()}
    if not form.is_valid():
        return render(request, "reports/overview.html", context, status=HTTPStatus.BAD_REQUEST)
    unit, as_of = form.cleaned_data["enhet"], form.cleaned_data["datum"]
    context |= {
        "table": overview(scope, unit, as_of),
        "unit_name": dict(units).get(unit, unit),
        "as_of": as_of,
        "is_past": as_of != today(),
        "shows_people": scope.roles.is_coordinator,
    }
    return render(request, "reports/overview.html", context)


def _asked(request: HttpRequest, scope: PersonScope) -> Asked:
    wanted = request.GET.get("enhet", "")
    own = _choices(scope.tree, scope.managed)
    if wanted in scope.tree.units and wanted not in scope.managed and scope.sees_staff_of(wanted):
        own += _choices(scope.tree, (wanted,))
    form = AsOfForm(request.GET, units=own, today=today())
    if not form.is_valid() or not form.cleaned_data["enhet"]:
        return Asked(form)
    report = staff_report(scope, form.cleaned_data["enhet"], form.cleaned_data["datum"])
    filters = StaffFilterForm(request.GET, report=report)
    rows = selected(report, filters.filters) if filters.is_valid() else []
    return Asked(form, report, filters, rows)


def _may_count(scope: PersonScope, unit: str) -> bool:
    return unit in scope.tree.units and scope.sees_figures_of(unit)


def _choices(tree: OrganisationDay, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(code, tree.units[code].name) for code in dict.fromkeys(codes) if code in tree.units]


def _headers(report: StaffReport, sort: str) -> list[dict[str, str]]:
    """Heads of the matrix's columns: what a click sorts by, and how it is sorted now."""
    labels = [("namn", gettext("Name")), *([("enhet", gettext("Unit"))] if report.units else [])]
    labels += [(target.code, target.name) for target in report.targets]
    state = {sort.removeprefix("-"): "descending" if sort.startswith("-") else "ascending"}
    return [
        {
            "label": label,
            "sort": f"-{key}" if state.get(key) == "ascending" else key,
            "state": state.get(key, ""),
        }
        for key, label in labels
    ]


def _nobody(request: HttpRequest) -> HttpResponse:
    """A manager whose unit the organisation does not know."""
    return render(request, "reports/staff.html", {"nobody": True, "today": today()})
