"""The words of periods, statuses and what is missing."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext

from foundation.components.dates import swedish_date
from tracking.scorecards.card import CardState, Gap
from tracking.scorecards.models import PeriodKind, ReportingPeriod, UndertakingStatus

ICONS = {
    UndertakingStatus.NOT_BEGUN: "not-started",
    UndertakingStatus.UNDER_WAY: "started",
    UndertakingStatus.DONE: "done",
    UndertakingStatus.OFF_TRACK: "overdue",
    UndertakingStatus.NOT_RELEVANT: "exempt",
}
STATE_ICONS = {
    CardState.MISSING: "not-started",
    CardState.UNDER_WAY: "started",
    CardState.REOPENED: "changed",
    CardState.SIGNED: "done",
}
IN_A_YEAR = (PeriodKind.TERTIAL_1, PeriodKind.TERTIAL_2, PeriodKind.ANNUAL)


def period_name(period: ReportingPeriod) -> str:
    """What the period is reported in: "Tertialrapport 2, 2026"."""
    kind = capfirst(str(PeriodKind(period.kind).label))
    if period.kind not in IN_A_YEAR:
        return kind
    return gettext("%(report)s, %(year)s") % {"report": kind, "year": period.last_day.year}


def period_days(period: ReportingPeriod) -> str:
    """Its first and last day."""
    days = {"first": swedish_date(period.first_day), "last": swedish_date(period.last_day)}
    return gettext("%(first)s to %(last)s") % days


def status_word(status: str) -> str:
    """The word of an undertaking's status."""
    if not status:
        return gettext("No status yet")
    return capfirst(str(UndertakingStatus(status).label))


def status_icon(status: str) -> str:
    """A symbol of static/img/icons.svg."""
    return ICONS[UndertakingStatus(status)] if status else "waiting"


def state_word(state: CardState, *, is_closed: bool = False) -> str:
    """How far a committee has come."""
    if is_closed and state != CardState.SIGNED:
        return gettext("Not reported")
    return {
        CardState.MISSING: gettext("Nothing written yet"),
        CardState.UNDER_WAY: gettext("Under way"),
        CardState.REOPENED: gettext("Opened again"),
        CardState.SIGNED: gettext("Signed"),
    }[state]


def gap_word(gap: Gap) -> str:
    """What an undertaking lacks."""
    return {
        Gap.STATUS: gettext("status is missing"),
        Gap.COMMENT: gettext("a comment that explains is missing"),
        Gap.EVIDENCE: gettext("evidence is missing: a text, a link or a reference number"),
    }[gap]


def days_of(undertaking_from: date, undertaking_last: date | None) -> str:
    """The days an undertaking holds, in words."""
    first = swedish_date(undertaking_from)
    if undertaking_last is None:
        return gettext("from %(first)s until further notice") % {"first": first}
    last = swedish_date(undertaking_last)
    return gettext("%(first)s to %(last)s") % {"first": first, "last": last}
