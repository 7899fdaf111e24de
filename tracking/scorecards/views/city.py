"""The city's compilation of a period, and its closing."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from foundation.intervals import today
from tracking.organisation.queries import organisation_on
from tracking.scorecards import choosing
from tracking.scorecards.city import City, city_of
from tracking.scorecards.frozen import figures_to_freeze
from tracking.scorecards.getters import city_reader, coordinator
from tracking.scorecards.models import ReportingPeriod, Undertaking, UndertakingStatus
from tracking.scorecards.rules import closes_periods
from tracking.scorecards.signing import NotYet, close_period
from tracking.scorecards.words import period_days, period_name, status_word
from tracking.status.figures import NotCounted


@require_safe
def compilation(request: HttpRequest) -> HttpResponse:
    """Every committee in a period: signed, under way, missing."""
    scope = city_reader(request)
    period = _period(request)
    context = _words(request, period, city_of(period, today())) | {
        "decides": closes_periods(scope),
        "can_close": today() >= period.last_day,
        "has_undertakings": Undertaking.objects.exists(),
    }
    return render(request, "scorecards/city.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """What closing a period means, who is missing; then it is closed."""
    actor = coordinator(request)
    period = _period(request)
    address = f"{reverse('scorecards:city')}?period={period.code}"
    if hasattr(period, "closing"):
        return redirect(address)
    city = city_of(period, today())
    refused = ""
    if request.method == "POST":
        now = timezone.now()
        committees = [row.committee for row in city.committees]
        units = [code for code in (_root(period), *(one.code for one in committees)) if code]
        try:
            close_period(
                period=period,
                committees=committees,
                frozen=figures_to_freeze(period, units, now=now, wait=False),
                actor=actor,
                now=now,
                on=today(),
            )
        except NotYet:
            refused = gettext("The period's last day has not come yet.")
        except NotCounted:
            refused = gettext("The figures of the period's last day have to be counted first.")
        else:
            messages.success(request, gettext("The period is closed."))
            return redirect(address)
    context = _words(request, period, city) | {
        "can_close": today() >= period.last_day,
        "refused": refused,
    }
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "scorecards/close.html", context, status=status)


def _root(period: ReportingPeriod) -> str | None:
    return organisation_on(min(period.last_day, today())).root


def _period(request: HttpRequest) -> ReportingPeriod:
    found = choosing.asked_period(request.GET, today())
    if found is None:
        raise Http404
    return found


def _words(request: HttpRequest, period: ReportingPeriod, city: City) -> dict[str, object]:
    return {
        "period": period,
        "file_query": urlencode({"period": period.code}),
        "period_name": period_name(period),
        "period_days": period_days(period),
        "closing": getattr(period, "closing", None),
        "city": city,
        "statuses": [status_word(one) for one in UndertakingStatus.values],
        "choices": choosing.period_choices(request.GET, period, today()),
        "today": today(),
    }
