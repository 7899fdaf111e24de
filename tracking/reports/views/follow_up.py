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
from tracking.reports.forms import DayForm
from tracking.reports.gates import units_of
from tracking.reports.overview import Column, overview
from tracking.reports.seen import reader
from tracking.reports.stand import stand_words
from tracking.reports.target import target_report
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
    table = overview(scope, asked.figures, asked.unit, area=asked.area, goal=asked.goal)
    goals = {target.programme_goal for target in asked.figures.targets.values()}
    context |= standing(request.GET, asked, asked.figures) | {
        "table": table,
        "goals": choices.goals(request.GET, goals, asked.goal),
        "crumbs": crumbs(request.GET, table.above if table else []),
        "shows_people": scope.roles.is_coordinator,
        "here": carried(request.GET, FIGURES).urlencode(),
    }
    return render(request, "reports/overview.html", context)


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
    report = target_report(scope, asked.figures, asked.unit, code, area=asked.area)
    back = carried(request.GET, FIGURES)
    context |= standing(request.GET, asked, asked.figures) | {
        "report": report,
        "crumbs": [
            {
                "label": gettext("Follow-up"),
                "url": f"{reverse('reports:overview')}?{back.urlencode()}",
            },
            *crumbs(request.GET, report.above if report else []),
        ],
        "here": carried(request.GET, (*FIGURES, "mal")).urlencode(),
    }
    return render(request, "reports/target.html", context)


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
