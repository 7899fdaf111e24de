"""The page where files are brought in."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from foundation.intervals import today
from tracking.imports.forms import ImportForm
from tracking.imports.handed import apply_file, hand_over
from tracking.imports.models import ImportFile
from tracking.imports.rules import may_import
from tracking.organisation.models import User


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
        job = hand_over(
            kind=given["kind"], file=given["file"], partial=given["partial"], actor=user
        )
        return redirect("jobs:page", job.public_id)
    status = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.OK
    return render(request, "imports/page.html", {"form": form}, status=status)


@require_POST
def apply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Bring in a file of one's own that has been tried."""
    user = _importer(request)
    handed = get_object_or_404(ImportFile, public_id=public_id, uploaded_by=user)
    job = apply_file(handed=handed, actor=user)
    return redirect("jobs:page", job.public_id)
