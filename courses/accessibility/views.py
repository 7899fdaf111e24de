"""The statement, and the form that reports a shortcoming: open to everybody."""

import uuid
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from courses.accessibility.actions import KEPT_DAYS, report_shortcoming
from courses.accessibility.forms import ReportForm
from courses.accessibility.models import AccessibilityReport
from courses.accessibility.queries import published_statement
from foundation.intervals import today


@login_not_required
@require_safe
def statement(request: HttpRequest) -> HttpResponseBase:
    """The published statement; as long as there is none, a page that says where to turn."""
    page = published_statement()
    if page is None:
        return render(request, "accessibility/unwritten.html", status=HTTPStatus.NOT_FOUND)
    response: HttpResponseBase = page.serve(request)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report a shortcoming; sent twice it is one report."""
    begun = {"page": _came_from(request), "token": uuid.uuid4()}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        taken = report_shortcoming(**form.report(), sender=_sender(request), now=timezone.now())
        there = reverse("accessibility:thanks", args=[taken.token])
        return HttpResponseRedirect(there, status=HTTPStatus.SEE_OTHER)
    context = {"form": form, "statement": published_statement(), "kept_days": KEPT_DAYS}
    status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    return render(request, "accessibility/report.html", context, status=status)


@login_not_required
@require_safe
def thanks(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """What the report is called and what happens now; nothing of what it says."""
    taken = get_object_or_404(AccessibilityReport.objects.only("reference"), token=token)
    context = {"reference": taken.reference, "statement": published_statement()}
    return render(request, "accessibility/thanks.html", context)


def _came_from(request: HttpRequest) -> str:
    """The page one stood on, by the link that led here or else by the browser; ours only."""
    asked, before = request.GET.get("sida", ""), request.headers.get("Referer", "")
    if asked.startswith("/") and _is_ours(request, asked):
        return request.build_absolute_uri(asked)[:500]
    if before.startswith(("http://", "https://")) and _is_ours(request, before):
        return before.partition("#")[0].partition("?")[0][:500]
    return ""


def _is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})


def _sender(request: HttpRequest) -> str:
    """Who sends, unreadable and another every day: the account, else the network address."""
    who = request.user.pk or request.META.get("REMOTE_ADDR", "")
    return salted_hmac("accessibility-report", f"{today()}:{who}").hexdigest()
