"""The page where files are brought in."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.intervals import today
from tracking.imports import undo_jobs
from tracking.imports.changes import import_row, made_label, seen, shown
from tracking.imports.forms import ImportForm
from tracking.imports.handed import apply_file, hand_over
from tracking.imports.models import ImportFile
from tracking.imports.queries import Brought, Taken, imports
from tracking.imports.rules import may_import
from tracking.imports.undoing import kind_of
from tracking.organisation.models import User

PER_PAGE, CHANGES_PER_PAGE = 20, 50


def _importer(request: HttpRequest) -> User:
    """Who asks, if files are theirs to bring in; PermissionDenied otherwise."""
    if not isinstance(request.user, User) or not may_import(request.user, today()):
        raise PermissionDenied
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is tried first."""
    user = _importer(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        job = hand_over(**given, actor=user)
        return redirect("jobs:page", job.public_id)
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    made = Paginator(imports(), PER_PAGE).get_page(request.GET.get("sida"))
    rows = [import_row(batch) for batch in made.object_list]
    context = {"form": form, "page": made, "rows": rows}
    return render(request, "imports/page.html", context, status=status)


@require_safe
def made(request: HttpRequest, batch: int) -> HttpResponse:
    """What an import changed, and the way to undo it."""
    _importer(request)
    found = get_object_or_404(imports(), pk=batch)
    ways = {"kom": Brought(found), "gick": Taken(found)}
    asked = request.GET.get("visa", "")
    chosen = asked if asked in ways else ("kom" if len(ways["kom"]) else "gick")
    way: Any = ways[chosen]
    page = Paginator(way, CHANGES_PER_PAGE).get_page(request.GET.get("sida"))
    rows = shown(kind_of(found) or "", list(page.object_list))
    seen(request, rows)
    context = {
        "row": import_row(found),
        "tabs": [(name, made_label(name), len(way)) for name, way in ways.items() if len(way)],
        "chosen": chosen,
        "chosen_label": made_label(chosen),
        "page": page,
        "rows": rows,
        "query": f"visa={chosen}&",
    }
    return render(request, "imports/made.html", context)


@require_POST
def try_undoing(request: HttpRequest, batch: int) -> HttpResponse:
    """See what undoing would change."""
    user = _importer(request)
    job = undo_jobs.try_undoing(batch=get_object_or_404(imports(), pk=batch), actor=user)
    return redirect("jobs:page", job.public_id)


@require_POST
def undo(request: HttpRequest, batch: int) -> HttpResponse:
    """Undo it."""
    user = _importer(request)
    job = undo_jobs.undo(batch=get_object_or_404(imports(), pk=batch), actor=user)
    return redirect("jobs:page", job.public_id)


@require_POST
def apply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Bring in a file of one's own that has been tried."""
    user = _importer(request)
    handed = get_object_or_404(ImportFile, public_id=public_id, uploaded_by=user)
    job = apply_file(handed=handed, actor=user)
    return redirect("jobs:page", job.public_id)
