"""What a pace comes to, in words; the same on every page."""

from typing import NamedTuple

from django.utils.translation import gettext, ngettext

from foundation.components.numbers import number
from tracking.forecast.pace import Pace


class PaceWords(NamedTuple):
    """`word`: whether it gets there; `more`: at what pace, and what it would take."""

    icon: str
    word: str
    more: str
    misses: bool = False


def pace_words(found: Pace | None) -> PaceWords | None:
    """None where nothing can be said: no goal, or nobody to count."""
    if found is None or (found.needed_per_week is None and not found.missing):
        return None
    if not found.missing:
        return PaceWords("done", gettext("reached"), "")
    missing = ngettext(
        "%(count)s more person is needed", "%(count)s more people are needed", found.missing
    ) % {"count": number(found.missing)}
    if found.needed_per_week is not None:
        return _timed(found, missing)
    if found.reaches is False:
        return PaceWords("overdue", gettext("the day has passed"), missing, misses=True)
    return PaceWords("not-started", gettext("no day to reach it by"), missing)


def _timed(found: Pace, missing: str) -> PaceWords:
    """The same of a target whose day is still to come."""
    paces = {"needed": a_week(found.needed_per_week), "now": a_week(found.per_week)}
    if found.reaches is None:
        text = gettext("%(needed)s a week are needed; the pace is not known yet")
        return PaceWords("clock", missing, text % paces)
    text = gettext("%(now)s a week now, %(needed)s are needed") % paces
    if found.reaches:
        return PaceWords("clock", gettext("on its way"), text)
    return PaceWords("overdue", gettext("will not reach the goal in time"), text, misses=True)


def a_week(value: float | None) -> str:
    """People a week, with a decimal below ten: "0,4", "12"; what is needed is never "0"."""
    if value is None:
        return "–"
    if abs(value) < 10:
        shown = number(value, 1)
        return shown if value <= 0 or shown.strip("0,.") else number(0.1, 1)
    return number(value)
