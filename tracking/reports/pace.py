"""Whether a unit is on its way to a target, in the words of its line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from foundation.components.numbers import number, points
from tracking.forecast.pace import LOOKS_BACK, Pace, pace
from tracking.forecast.points import Point
from tracking.forecast.trend import trend
from tracking.reports.figures import Figure, Verdict

# The first of the kept points within reach may be up to a week before.
SLACK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target's line at the top of Mina medarbetare."""

    figure: Figure
    note: SafeString


def target_lines(figures: Sequence[Figure], as_of: date, *, paced: bool) -> list[TargetLine]:
    """The figures of a unit, each with its note. One query.

    `paced`: say how fast, too. Points are kept of whole units as each day was known, so nothing
    is said of a business area, or of what was known at another time.
    """
    wanted = [line for line in figures if paced and line.goal is not None]
    kept = (
        trend(
            {line.counts.unit for line in wanted},
            {line.target.code for line in wanted},
            as_of,
            since=as_of - LOOKS_BACK - SLACK,
        )
        if wanted
        else {}
    )
    return [_line(one, kept.get((one.counts.unit, one.target.code), []), as_of) for one in figures]


def _line(found: Figure, kept: Sequence[Point], as_of: date) -> TargetLine:
    if not kept or found.goal is None or found.counts.met is not False:
        return TargetLine(found, found.note)
    until = [point for point in kept if point.day < as_of]
    now = Point(as_of, found.counts)
    going = pace([*until, now], found.target, found.counts.base, as_of)
    shown = found
    if going.reaches is not None and going.needed_per_week is not None:
        shown = replace(found, verdict=_verdict(going.reaches))
    said = _words(going)
    note = format_html("{} · {}", shown.note, said) if said else shown.note
    return TargetLine(found, note)


def _verdict(reaches: bool) -> Verdict:
    if reaches:
        return Verdict("started", pgettext("goal", "on its way"))
    return Verdict("overdue", pgettext("goal", "will not be reached"))


def _words(going: Pace) -> str:
    if going.needed_per_week is None:
        text = ngettext("%(count)s more is needed", "%(count)s more are needed", going.missing)
        return text % {"count": number(going.missing)}
    needed = {"needed": points(round(going.needed_per_week, 1) or 0.1)}
    if going.per_week is None:
        return gettext("%(needed)s a week is needed") % needed
    said = needed | {"now": points(round(going.per_week, 1))}
    return gettext("now %(now)s a week, %(needed)s is needed") % said
