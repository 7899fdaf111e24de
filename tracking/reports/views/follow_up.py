"""Uppföljning: the targets of a unit and its parts, and one target in each of them."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from foundation.components.dates import swedish_date
from foundation.intervals import today
from tracking.reports import choices
from tracking.reports.asked import FIGURES, AskedFigures, asked_figures, carried
from tracking.reports.counting import start_counting
from tracking.reports.figures import Measure, shown
from tracking.reports.forms import DayForm
from tracking.reports.gates import units_of
from tracking.reports.goals import Addresses, goal_sections, heading_words
from tracking.reports.overview import Column, Overview, districts_or_parts, overview
from tracking.reports.pictures.overview import goals_of_parts
from tracking.reports.pictures.target import parts_of_target, trend_of_target, ways_of_parts
from tracking.reports.prognoses import prognosis_words
from tracking.reports.progress import progress_of
from tracking.reports.seen import reader
from tracking.reports.stand import stand_words
from tracking.reports.target import TargetReport, target_report
from tracking.status.figures import Figures


@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """Uppföljning: will the targets be reached, and where not?"""
    scope = units_of(request)
    if not scope.roles.sees_figures:
        raise PermissionDenied
    asked = asked_figures(request.GET, scope)
    context: dict[str, object] = {"form": asked.form}
    if not asked.form.is_valid():
        return render(request, "reports/overview.html", context, status=HTTPStatus.BAD_REQUEST)
    if asked.figures is None:
        return uncounted(request, asked)
    found = asked.figures
    table = overview(scope, found, asked.unit, area=asked.area, goal=asked.goal, level=asked.level)
    goals = {target.programme_goal for target in found.targets.values()}
    levels = {target.level for target in found.targets.values()}
    context |= standing(request.GET, asked, found) | {
        "table": table,
        "levels": choices.levels(request.GET, levels, asked.level),
        "can_compare_districts": scope.sees_figures_of(found.tree.root or ""),
        "goals": choices.goals(request.GET, goals, asked.goal),
        "crumbs": crumbs(request.GET, table.above if table else []),
        "shows_people": scope.roles.is_coordinator,
        "here": carried(request.GET, FIGURES).urlencode(),
    }
    if table and table.rows:
        context |= _by_goal(request.GET, found, table, asked)
    return render(request, "reports/overview.html", context)


def _by_goal(
    query: QueryDict, found: Figures, table: Overview, asked: AskedFigures
) -> dict[str, object]:
    """The goals with their trends and paces, in a word each and in a picture."""
    parts = [table.columns[at].code for at in districts_or_parts(table.columns, found)]
    codes = [row.target.code for row in table.rows]
    progress = progress_of(
        found,
        [table.unit],
        parts,
        codes,
        known_at=asked.form.known_at,
        today=today(),
        area=asked.area,
    )
    sections = goal_sections(table, found, progress, _addresses(query), asked.goal)
    return {
        "sections": sections,
        "heat": goals_of_parts(table, found),
        "told": progress.tells_pace,
        "has_trend": bool(progress.trends),
        "misses": sum(
            bool(line.pace and line.pace.misses) for one in sections for line in one.required
        ),
    }


def _addresses(query: QueryDict) -> Addresses:
    """Where a target of the page leads: its own page, here or in another unit; its account."""
    pages = {False: reverse("reports:target"), True: reverse("reports:account")}

    def address(code: str, unit: str, is_account: bool) -> str:
        said = carried(query, FIGURES)
        said["mal"] = code
        if unit:
            said["enhet"] = unit
        return f"{pages[is_account]}?{said.urlencode()}"

    return address


@require_safe
def target_page(request: HttpRequest) -> HttpResponse:
    """One target: how far has each part come?"""
    scope = units_of(request)
    if not scope.roles.sees_figures:
        raise PermissionDenied
    asked = asked_figures(request.GET, scope)
    context: dict[str, object] = {"form": asked.form}
    if not asked.form.is_valid():
        return render(request, "reports/target.html", context, status=HTTPStatus.BAD_REQUEST)
    if asked.figures is None:
        return uncounted(request, asked)
    code = asked.form.cleaned_data["mal"]
    found = asked.figures
    report = target_report(scope, found, asked.unit, code, area=asked.area)
    back = carried(request.GET, FIGURES)
    context |= standing(request.GET, asked, found) | {
        "report": report,
        "can_compare_districts": scope.sees_figures_of(found.tree.root or ""),
        "shows_people": scope.sees_staff_of(asked.unit),
        "crumbs": [
            {
                "label": gettext("Follow-up"),
                "url": f"{reverse('reports:overview')}?{back.urlencode()}",
            },
            *crumbs(request.GET, report.above if report else []),
        ],
        "here": carried(request.GET, (*FIGURES, "mal")).urlencode(),
    }
    if report and report.whole:
        context |= _pictures(found, report, asked)
    return render(request, "reports/target.html", context)


def _pictures(found: Figures, report: TargetReport, asked: AskedFigures) -> dict[str, object]:
    """The target's charts, and what its pace comes to."""
    assert report.whole is not None
    parts = [line.unit.code for line in report.lines]
    progress = progress_of(
        found,
        [report.whole.unit.code, *parts],
        [],
        [report.target.code],
        known_at=asked.form.known_at,
        today=today(),
        area=asked.area,
    )
    counts = report.whole.figure.counts
    reported = progress.reported(counts)
    told = progress.forecast(found, counts)
    return {
        "charts": [
            chart
            for chart in (
                trend_of_target(report, found, progress),
                parts_of_target(report),
                ways_of_parts(report, progress),
            )
            if chart
        ],
        "pace": heading_words(report.whole.figure, found, progress),
        "forecast": prognosis_words(told) if told else None,
        "expects_forecast": progress.expects_forecast(found, counts),
        "reported": shown(reported, Measure.SHARE, day=found.stand.as_of) if reported else "",
    }


@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Begin to count a day that takes long."""
    scope = units_of(request)
    if not (scope.roles.sees_figures or scope.roles.sees_staff):
        raise PermissionDenied
    form = DayForm(request.GET, today=today())
    if not form.is_valid():
        return redirect(f"{reverse('reports:overview')}?{request.GET.urlencode()}")
    job = start_counting(
        owner=reader(request),
        as_of=form.as_of,
        known_at=form.known_at,
        page=request.GET.get("sida", ""),
        asked=request.GET,
    )
    return redirect("jobs:page", job.public_id)


def uncounted(request: HttpRequest, asked: AskedFigures) -> HttpResponse:
    """That the day has to be counted first, and the button that does."""
    query = carried(request.GET, (*FIGURES, "mal", "del"))
    page = request.resolver_match.url_name if request.resolver_match else ""
    query["sida"] = page or ""
    context = {
        "day": swedish_date(asked.form.as_of),
        "url": f"{reverse('reports:count')}?{query.urlencode()}",
        "back": choices.changed(request.GET, datum=None, kand=None),
    }
    return render(request, "reports/uncounted.html", context)


def standing(query: QueryDict, asked: AskedFigures, found: Figures) -> dict[str, object]:
    """What every page of figures says and offers: the day, the knowledge, the business area."""
    as_of, kand = asked.form.as_of, query.get("kand", "")
    return {
        "unit_name": asked.unit_name,
        "area_name": asked.area_name if asked.area else "",
        "as_of": as_of,
        "days": choices.days(query, as_of, today()),
        "knowledge": choices.knowledge(query, as_of, today(), kand=kand),
        "areas": choices.areas(query, found.area_names, asked.area),
        "stand": stand_words(found, asked.form.known_at, today()),
        "compare": f"{reverse('reports:comparison')}?{carried(query, FIGURES).urlencode()}",
    }


def crumbs(query: QueryDict, units: list[Column]) -> list[dict[str, str]]:
    """The same question about each of these units."""
    return [{"label": one.name, "url": choices.changed(query, enhet=one.code)} for one in units]
