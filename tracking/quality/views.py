"""Datakvalitet: what is to be looked at, each finding's list, and what each import changed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from foundation.intervals import today
from tracking.imports.rules import may_import
from tracking.quality.finding import Finding
from tracking.quality.forms import WordsForm
from tracking.quality.imports import changed, imports, in_words
from tracking.quality.kinds import BY_KEY, counts
from tracking.quality.look import Look
from tracking.quality.rules import sees_names, sees_quality
from tracking.quality.seen import list_seen
from tracking.reports.gates import roles_for
from tracking.status.models import Verification

ROWS_A_PAGE = 100
LAST_IMPORTS = 5


def _look(request: HttpRequest) -> Look:
    """The facts as of today, for who may look at their quality; PermissionDenied otherwise."""
    if not sees_quality(request.user, roles_for(request)):
        raise PermissionDenied
    return Look(today())


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """How many there are of each finding, what each means; the last imports and comparison."""
    look = _look(request)
    found = counts(look)
    context = {
        "found": [one for one in found if one.count],
        "clean": [one.finding for one in found if not one.count],
        "imports": [in_words(one) for one in imports()[:LAST_IMPORTS]],
        "verification": Verification.objects.first(),
    }
    return render(request, "quality/index.html", context)


@require_safe
def listed(request: HttpRequest, key: str) -> HttpResponse:
    """One finding's list, narrowed by words; with `enhet` the people behind one of its rows."""
    look = _look(request)
    finding = _finding(request, key)
    opens = sees_names(roles_for(request))
    form = WordsForm(request.GET, label=finding.searched)
    count = finding.count(look)
    context: dict[str, object] = {
        "finding": finding,
        "form": form,
        "unit_name": look.unit_name(request.GET.get("enhet", "")),
        "count": count,
        "counted": finding.counted(count),
        "is_closed": finding.names_people and not opens,
    }
    if not context["is_closed"]:
        page = _page(request, finding.found(look, form.words))
        lines = finding.lines(look, list(page.object_list), opens_people=opens)
        list_seen(request, look, finding, lines)
        context |= {
            "page": page,
            "lines": lines,
            "heads": list(zip(finding.heads, lines[0].cells, strict=True)) if lines else [],
            "query": _query(request),
            "hides": not form.words and page.paginator.count < count,
        }
    return render(request, "quality/list.html", context)


def _finding(request: HttpRequest, key: str) -> Finding:
    finding: Finding | None = BY_KEY.get(key)
    if finding and request.GET.get("enhet"):
        finding = finding.inside(request.GET["enhet"])
    if finding is None:
        raise Http404
    return finding


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """Every import that changed something."""
    _look(request)
    page = _page(request, imports())
    context = {"page": page, "imports": [in_words(one) for one in page.object_list]}
    return render(request, "quality/imports.html", context)


@require_safe
def import_page(request: HttpRequest, batch: int) -> HttpResponse:
    """What one import changed."""
    _look(request)
    found = get_object_or_404(imports(), pk=batch)
    context = {
        "one": in_words(found),
        "did": changed(found),
        "may_undo": may_import(request.user, today()),
    }
    return render(request, "quality/import.html", context)


def _page(request: HttpRequest, rows: Any) -> Page[Any]:
    return Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("sida"))


def _query(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("sida", None)
    return f"{asked.urlencode()}&" if asked else ""
