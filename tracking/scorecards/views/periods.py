"""The reporting periods, and the day each is to be reported by."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.intervals import today
from tracking.scorecards.forms import PeriodForm
from tracking.scorecards.getters import city_reader, coordinator, the_period
from tracking.scorecards.making import set_report_by
from tracking.scorecards.models import ReportingPeriod
from tracking.scorecards.rules import closes_periods
from tracking.scorecards.words import period_days, period_name


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every period there is."""
    scope = city_reader(request)
    found = ReportingPeriod.objects.select_related("closing").order_by("-last_day", "-first_day")
    rows = [
        (one, period_name(one), period_days(one), getattr(one, "closing", None)) for one in found
    ]
    context = {"rows": rows, "decides": closes_periods(scope), "today": today()}
    return render(request, "scorecards/periods.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, period: str) -> HttpResponse:
    """The last day to report one."""
    actor = coordinator(request)
    found = the_period(period)
    form = PeriodForm(
        request.POST or None, last_day=found.last_day, initial={"senast": found.report_by}
    )
    if request.method == "POST" and form.is_valid():
        set_report_by(period=found, report_by=form.cleaned_data["senast"], actor=actor)
        messages.success(request, gettext("The day is set."))
        return redirect("scorecards:periods")
    context = {"form": form, "name": period_name(found), "days": period_days(found)}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "scorecards/period.html", context, status=status)
