"""Dates as people say them: "14 mars 2026", "om 12 dagar", "3 dagar sen"."""

from datetime import date
from typing import Literal

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext, ngettext

DueState = Literal["late", "soon", ""]

SOON_DAYS = 30
"""A deadline this near is due: it wears the colour of what is due."""

DAYS_COUNTED = 60
"""Up to this many days are counted in days, above it in months of 30.44 days."""

MONTH_DAYS = 30.44


def swedish_date(day: date | None) -> str:
    """`day` in full ("14 mars 2026") with the month in the language of the page; "–" for None."""
    return "–" if day is None else date_format(day, "j F Y")


def due_words(due: date | None, today: date) -> str:
    """How far off the deadline `due` is, in words; without a deadline, that it has none."""
    if due is None:
        return gettext("no deadline")
    days = (due - today).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days > 0:
        return _ahead(days)
    return _late(-days)


def due_state(due: date | None, today: date) -> DueState:
    """What the deadline wears: "late" from the day after it, "soon" in its last 30 days."""
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return "late"
    return "soon" if days <= SOON_DAYS else ""


def _ahead(days: int) -> str:
    if days <= DAYS_COUNTED:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    months = round(days / MONTH_DAYS)
    return ngettext("in %(months)d month", "in %(months)d months", months) % {"months": months}


def _late(days: int) -> str:
    if days <= DAYS_COUNTED:
        return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
    months = round(days / MONTH_DAYS)
    return ngettext("%(months)d month late", "%(months)d months late", months) % {"months": months}
