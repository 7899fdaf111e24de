"""A unit's account of a target: the numbers, and each of them as a list."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from foundation.components.numbers import number
from foundation.intervals import today
from tracking.organisation.rules import UnitScope
from tracking.reports.account import Account, Members, Part, account, members, people_of
from tracking.reports.asked import FIGURES, AskedFigures, asked_figures, carried
from tracking.reports.choices import changed
from tracking.reports.figures import Measure, shown
from tracking.reports.gates import scope_of, units_of
from tracking.reports.seen import members_seen
from tracking.reports.views.follow_up import standing, uncounted
from tracking.reports.words import part_words
from tracking.status.figures import Figures
from tracking.targets.models import Level

ROWS_A_PAGE = 100
# The rows of the sum, in the order in which they are added up; the second column: how deep.
ROWS = (
    (Part.COUNTED, 0),
    (Part.DONE, 1),
    (Part.EXPIRED, 1),
    (Part.OVERDUE, 1),
    (Part.STARTED, 1),
    (Part.NOT_STARTED, 1),
    (Part.EXEMPT, 0),
    (Part.OUTSIDE, 0),
    (Part.EVERYBODY, 0),
)

MEASURES = {
    Part.COUNTED: Measure.BASE,
    Part.DONE: Measure.DONE,
    Part.EXPIRED: Measure.EXPIRED,
    Part.OVERDUE: Measure.OVERDUE,
    Part.STARTED: Measure.STARTED,
    Part.NOT_STARTED: Measure.NOT_STARTED,
    Part.EXEMPT: Measure.EXEMPT,
}


@require_safe
def account_page(request: HttpRequest) -> HttpResponse:
    """Who counts, who is exempt, whom the target does not concern: and that is everybody."""
    scope = units_of(request)
    if not (scope.roles.sees_figures or scope.roles.sees_staff):
        raise PermissionDenied
    asked = asked_figures(request.GET, scope, own=True)
    context: dict[str, object] = {"form": asked.form}
    if not asked.form.is_valid() or not asked.unit:
        return render(request, "reports/account.html", context, status=HTTPStatus.BAD_REQUEST)
    if asked.figures is None:
        return uncounted(request, asked)
    code = asked.form.cleaned_data["mal"]
    found = account(asked.figures, asked.unit, code, area=asked.area)
    shows_people = scope.sees_staff_of(asked.unit)
    part = request.GET.get("del", "")
    context |= standing(request.GET, asked, asked.figures) | {
        "account": found,
        "crumbs": _crumbs(request, scope, found),
        "rows": _rows(request, found, part, links=shows_people) if found else [],
        "shows_people": shows_people,
        "reminds": _reminds(scope, asked, found),
    }
    if not scope.roles.sees_figures:
        context["areas"] = []  # a manager's unit has one, seldom two
    if found and shows_people and part in set(Part):
        context |= _list(request, asked.figures, found, Part(part), asked.area)
    return render(request, "reports/account.html", context)


def _reminds(scope: UnitScope, asked: AskedFigures, found: Account | None) -> bool:
    """Whether a reminder can follow: of a target that can make late, today, of one's own unit."""
    if found is None or found.target.level == Level.OFFERED:
        return False
    now = asked.form.known_at is None and asked.form.cleaned_data["datum"] == today()
    return now and scope.is_manager_of(found.unit) and not asked.area


def _rows(
    request: HttpRequest, found: Account, part: str, *, links: bool
) -> list[dict[str, object]]:
    return [
        {
            "label": part_words(one),
            "number": found.number(one),
            "shown": _shown(found, one),
            "url": changed(request.GET, **{"del": one.value}) if links else "",
            "depth": depth,
            "is_shown": one.value == part,
            "is_sum": one is Part.EVERYBODY,
        }
        for one, depth in ROWS
    ]


def _shown(found: Account, part: Part) -> str:
    """The part's number as the page writes it."""
    measure = MEASURES.get(part)
    return shown(found.counts, measure) if measure else number(found.number(part))


def _list(
    request: HttpRequest, figures: Figures, found: Account, part: Part, area: str
) -> dict[str, object]:
    """The people of one of the numbers; that they were shown is written down."""
    scope = scope_of(request)
    people = people_of(figures, found, part, area=area)
    listed: Members = members(scope, part, people)
    page = Paginator(listed.shown, ROWS_A_PAGE).get_page(request.GET.get("sida"))
    members_seen(request, scope, found, figures.stand, listed, list(page))
    query = request.GET.copy()
    query.pop("sida", None)
    return {
        "list": listed,
        "list_title": part_words(part),
        "page": page,
        "query": f"{query.urlencode()}&" if query else "",
        "here": carried(request.GET, ("datum", "kand", "enhet")).urlencode(),
    }


def _crumbs(request: HttpRequest, scope: UnitScope, found: Account | None) -> list[dict[str, str]]:
    """The way back: through the follow-up for those who follow up, else the list of staff."""
    if not scope.roles.sees_figures:
        query = carried(request.GET, ("datum", "kand", "enhet", "omrade")).urlencode()
        return [{"label": gettext("My staff"), "url": f"{reverse('reports:staff')}?{query}"}]
    query = carried(request.GET, FIGURES).urlencode()
    crumbs = [{"label": gettext("Follow-up"), "url": f"{reverse('reports:overview')}?{query}"}]
    if found:
        query = carried(request.GET, (*FIGURES, "mal")).urlencode()
        url = f"{reverse('reports:target')}?{query}"
        crumbs.append({"label": found.target.name, "url": url, "lang": "sv"})
    return crumbs
