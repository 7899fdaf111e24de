"""Which period a page is about when its address names none, and which others it offers."""

from datetime import date
from typing import NamedTuple

from django.http import QueryDict

from tracking.reports.choices import changed
from tracking.scorecards.models import ReportingPeriod
from tracking.scorecards.words import period_name

OFFERED = 6


class PeriodChoice(NamedTuple):
    """A period in a page's row of them."""

    label: str
    url: str
    current: bool


def period_at_hand(on: date) -> ReportingPeriod | None:
    """The one to be reported next of those begun; after the last of them, that one."""
    begun = ReportingPeriod.objects.select_related("closing").filter(first_day__lte=on)
    coming = begun.filter(report_by__gte=on).order_by("report_by").first()
    return coming or begun.order_by("-report_by").first()


def asked_period(query: QueryDict, on: date) -> ReportingPeriod | None:
    """The period the address names, or the one at hand; None for one there is not."""
    code = query.get("period", "")
    if not code:
        return period_at_hand(on)
    return ReportingPeriod.objects.select_related("closing").filter(code=code).first()


def period_choices(query: QueryDict, current: ReportingPeriod, on: date) -> list[PeriodChoice]:
    """The latest that have begun, in order, and the one that is shown."""
    begun = ReportingPeriod.objects.filter(first_day__lte=on).order_by("-last_day", "-code")
    rows = {one.pk: one for one in (*begun[:OFFERED], current)}
    return [
        PeriodChoice(period_name(one), changed(query, period=one.code), one.pk == current.pk)
        for one in sorted(rows.values(), key=lambda one: (one.last_day, one.first_day))
    ]
