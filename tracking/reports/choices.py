"""Rows of links that change one thing of a report's address: the day, the knowledge, the area."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext

from foundation.components.dates import swedish_date
from foundation.sorting import swedish
from tracking.targets.models import Level

# What the committees report after: tertial 1, tertial 2, the year (DOMAIN.md 3).
REPORT_DAYS = ((4, 30), (8, 31), (12, 31))
DAYS_OFFERED = 3


class Choice(NamedTuple):
    """A link of a row. `lang`: its label's, where that is not the page's."""

    label: str
    url: str
    current: bool
    lang: str = ""


def changed(asked: QueryDict, **said: str | None) -> str:
    """The same address with these parameters otherwise; None takes one away."""
    query = asked.copy()
    query.pop("sida", None)
    for name, value in said.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def report_days(today: date) -> list[date]:
    """The last days that reports were made for, the latest first."""
    days = [date(year, *day) for year in (today.year, today.year - 1) for day in REPORT_DAYS]
    return sorted((day for day in days if day < today), reverse=True)[:DAYS_OFFERED]


def days(asked: QueryDict, as_of: date, today: date) -> list[Choice]:
    """Today, and the days of the latest reports: each as it was known then."""
    offered = [Choice(gettext("Today"), changed(asked, datum=None, kand=None), as_of == today)]
    for day in report_days(today):
        said = day.isoformat()
        url = changed(asked, datum=said, kand=said)
        offered.append(Choice(swedish_date(day), url, day == as_of))
    return offered


def knowledge(asked: QueryDict, as_of: date, today: date, *, kand: str) -> list[Choice]:
    """For a past day: what was known then, or what is known now. Nothing to choose for today."""
    if as_of >= today and not kand:
        return []
    then = as_of.isoformat()
    return [
        Choice(gettext("As reported then"), changed(asked, kand=then), kand == then),
        Choice(gettext("With what is known today"), changed(asked, kand=None), not kand),
    ]


def areas(asked: QueryDict, names: dict[str, str], area: str) -> list[Choice]:
    """All, and each business area by name; `names` by their folded form."""
    lang = settings.CONTENT_LANGUAGE
    rows = sorted(names.items(), key=lambda one: swedish(one[1]))
    offered = [Choice(gettext("All"), changed(asked, omrade=None), not area)]
    offered += [
        Choice(name, changed(asked, omrade=name), folded == area, lang) for folded, name in rows
    ]
    return offered if rows else []


def goals(asked: QueryDict, goals_there: Iterable[str], goal: str) -> list[Choice]:
    """All, and each goal of the programme that some target serves."""
    there = sorted({one for one in goals_there if one}, key=swedish)
    offered = [Choice(gettext("All"), changed(asked, programmal=None), not goal)]
    offered += [
        Choice(_goal_words(one), changed(asked, programmal=one), one == goal) for one in there
    ]
    return offered if there else []


def levels(asked: QueryDict, there: Iterable[str], level: str) -> list[Choice]:
    """All, and each level that some target has, the most binding first."""
    held = set(there)
    named = [(one.value, capfirst(str(one.label))) for one in Level if one.value in held]
    offered = [Choice(gettext("All"), changed(asked, niva=None), not level)]
    offered += [Choice(label, changed(asked, niva=one), one == level) for one, label in named]
    return offered if len(named) > 1 else []


def _goal_words(goal: str) -> str:
    return gettext("Goal %(goal)s") % {"goal": goal} if goal.isdigit() else goal
