"""The days of a person's status in words: the due date's arithmetic, leaves, exemptions."""

from django.utils.translation import gettext, ngettext

from foundation.components.dates import swedish_date
from foundation.intervals import DAWN, FOREVER, Interval
from tracking.status.reasons import ExemptionRead, Explanation, LeaveRead
from tracking.status.rules import LEAVE_COUNTS_FROM_DAYS, DueBasis, DueStep, TargetRow
from tracking.targets.models import Level


def due(explained: Explanation, target: TargetRow) -> list[str]:
    """Every day the due date can't be before, and which of them decides."""
    if not explained.due_steps:
        offered = target.level == Level.OFFERED
        return [
            gettext("The target is offered, so there is no last day.")
            if offered
            else gettext("The target has no last day.")
        ]
    lines = [_due_step(step) for step in explained.due_steps]
    latest = explained.due_step
    assert latest is not None
    day = {"day": swedish_date(latest.gives)}
    if len(lines) > 1:
        lines.append(gettext("The latest of these days holds: %(day)s.") % day)
    return lines


def _due_step(step: DueStep) -> str:
    said = {
        "since": swedish_date(step.since),
        "days": step.days,
        "gives": swedish_date(step.gives),
    }
    match step.basis:
        case DueBasis.FIXED:
            return gettext("The target's last day is %(gives)s.") % said
        case DueBasis.LEAVE:
            text = ngettext(
                "The last leave ended on %(since)s. %(days)d day later is %(gives)s.",
                "The last leave ended on %(since)s. %(days)d days later is %(gives)s.",
                step.days,
            )
            return text % said
        case _ if step.days:
            text = ngettext(
                "Whoever is new has %(days)d day: from %(since)s until %(gives)s.",
                "Whoever is new has %(days)d days: from %(since)s until %(gives)s.",
                step.days,
            )
            return text % said
        case _:
            return gettext("Nobody is late before the target applies to them: %(gives)s.") % said


def leaves(held: tuple[LeaveRead, ...]) -> list[str]:
    """Each leave, and whether it counts."""
    return [_leave(leave) for leave in held]


def _leave(leave: LeaveRead) -> str:
    said = {"days": days_words(leave.interval).capitalize(), "least": LEAVE_COUNTS_FROM_DAYS}
    if not leave.counts:
        return gettext("%(days)s: shorter than %(least)d days, so it changes nothing.") % said
    if leave.covers:
        return gettext("%(days)s: at least %(least)d days, and it covers the day.") % said
    return gettext("%(days)s: at least %(least)d days, so it counts.") % said


def exemptions(held: tuple[ExemptionRead, ...], *, tells_reasons: bool) -> list[str]:
    """Each exemption that covers the day; why, only to who may know."""
    return [
        gettext("Exempt %(days)s: %(reason)s.")
        % {"days": days_words(one.interval), "reason": one.reason.rstrip(".")}
        if tells_reasons and one.reason
        else gettext("Exempt %(days)s.") % {"days": days_words(one.interval)}
        for one in held
    ]


def days_words(days: Interval) -> str:
    """ "since 1 mars 2022", or from the first through the last day."""
    first = swedish_date(days.start)
    if days.start == DAWN:
        return gettext("through %(last)s") % {"last": swedish_date(days.last_day)}
    if days.end == FOREVER:
        return gettext("since %(first)s") % {"first": first}
    last = days.last_day
    if last == days.start:
        return gettext("on %(first)s") % {"first": first}
    return gettext("from %(first)s through %(last)s") % {"first": first, "last": swedish_date(last)}
