"""The publications: what leaves the organisation, seen and fetched."""

from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from foundation.documents import FORMS, write
from foundation.formats import file_name
from tracking.organisation.rules import UnitScope
from tracking.publication.document import document_of
from tracking.publication.jobs import start_publishing
from tracking.publication.models import Publication
from tracking.publication.queries import shown_table
from tracking.publication.rules import may_publish, may_read
from tracking.reports.gates import units_of
from tracking.reports.seen import reader
from tracking.scorecards.models import ReportingPeriod

OFFERED = ("xlsx", "csv", "pdf")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every period that has begun to be public, or can."""
    scope = _scope(request)
    periods = ReportingPeriod.objects.filter(closing__isnull=False)
    context = {
        "periods": periods.select_related("closing__publication").order_by("-last_day", "code"),
        "may_publish": may_publish(scope),
    }
    return render(request, "publication/overview.html", context)


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One publication, as everybody may see it."""
    _scope(request)
    publication = _published(code)
    context = {"publication": publication, "table": shown_table(publication)}
    return render(request, "publication/page.html", context)


@require_safe
def download(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The file for everybody: the same whoever fetches it, and whenever."""
    _scope(request)
    publication = _published(code)
    if form not in OFFERED:
        raise Http404
    file = BytesIO()
    write(document_of(publication), form, file)
    name = file_name(f"publicerat-{code}", form)
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(file.getvalue(), content_type=FORMS[form].content_type, headers=headers)


@require_POST
def make(request: HttpRequest, code: str) -> HttpResponse:
    """Begin to make a publication; done by the one who closes periods."""
    if not may_publish(units_of(request)):
        raise PermissionDenied
    period = get_object_or_404(ReportingPeriod, code=code, closing__isnull=False)
    job = start_publishing(owner=reader(request), period=period)
    return redirect("jobs:page", job.public_id)


def _scope(request: HttpRequest) -> UnitScope:
    scope = units_of(request)
    if not may_read(scope):
        raise PermissionDenied
    return scope


def _published(code: str) -> Publication:
    found = Publication.objects.select_related("closing__period")
    return get_object_or_404(found, closing__period__code=code)
