"""Conditions of targets that match nothing on the day (STATUS.md 4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.components.numbers import number
from tracking.organisation.models import UnitKind
from tracking.quality.finding import Cell, Finding, Found, Line, holds
from tracking.quality.look import Look
from tracking.quality.units import why_gone
from tracking.targets.expressions import Condition, folded, parse_audience
from tracking.targets.models import Target


@dataclass(frozen=True, slots=True)
class Dead:
    """A value of a condition that no unit, or no employment, of the day has."""

    target: Target
    condition: Condition
    value: str
    is_whole: bool  # no value of the condition matches anything


class DeadConditions(Finding):
    """By target and value; targets that have ended are left out."""

    key = "villkor"
    title = _("Conditions of targets that match nothing")
    means = _(
        "A knowledge target names a unit that does not exist today, a type that no unit has, or a "
        "role or business area that nobody has. Those it was meant for may be left out of its "
        "audience, or those it was to leave out may be in it."
    )
    advice = _(
        "Look whether the unit has another code since the last reorganisation, and whether the "
        "word is spelt as in HR's file. A target is corrected under Knowledge targets, or in the "
        "file of targets (kunskapsmal.csv); a requirement that is to be another from a date on "
        "is a new target."
    )
    heads = (_("Knowledge target"), _("Condition"), _("Why it is listed"))
    searched = _("Target or value")

    def count(self, look: Look) -> int:
        return len(list(_dead(look)))

    def counted(self, count: int) -> str:
        text = ngettext("%(count)s condition", "%(count)s conditions", count)
        return text % {"count": number(count)}

    def found(self, look: Look, words: str) -> Found:
        return [
            one for one in _dead(look) if holds(words, one.target.name, one.target.code, one.value)
        ]

    def lines(self, look: Look, page: Sequence[Any], *, opens_people: bool) -> list[Line]:
        return [
            Line(
                (
                    Cell(one.target.name, second=one.target.code, lang="sv"),
                    Cell(f"{one.condition.key}{'!=' if one.condition.negated else '='}{one.value}"),
                    Cell(_why(look, one), second=_so(one)),
                )
            )
            for one in page
        ]


def _dead(look: Look) -> Iterator[Dead]:
    """Two queries, and a third where a target asks for roles or business areas."""
    targets = [(one, parse_audience(one.audience)) for one in look.targets]
    alive = {
        "enhet": set(look.tree.units),
        "enhetstyp": {unit.kind for unit in look.tree.units.values()},
        "chef": {"ja", "nej"},
    }
    if any(one.named("befattning") or one.named("verksamhetsomrade") for _t, one in targets):
        alive |= _words(look)
    for target, audience in targets:
        for condition in (one for clause in audience.clauses for one in clause):
            missing = condition.values - alive[condition.key]
            for value in sorted(missing):
                yield Dead(target, condition, value, missing == condition.values)


def _words(look: Look) -> dict[str, set[str]]:
    pairs = look.employed.order_by().values_list("position", "business_area").distinct()
    positions, areas = set[str](), set[str]()
    for position, area in pairs:
        positions.add(folded(position))
        areas.add(folded(area))
    return {"befattning": positions, "verksamhetsomrade": areas}


def _why(look: Look, dead: Dead) -> str:
    match dead.condition.key:
        case "enhet":
            return why_gone(look, dead.value)
        case "enhetstyp":
            if dead.value in UnitKind.values:
                return gettext("No unit has this type today")
            return gettext("There is no such type of unit")
        case "befattning":
            return gettext("Nobody has this role today")
    return gettext("Nobody works in this business area today")


def _so(dead: Dead) -> str:
    """What follows from it."""
    if dead.condition.negated:
        return gettext("It leaves nobody out.")
    if dead.is_whole:
        return gettext("Nobody is in the audience through it.")
    return gettext("The condition's other values still match.")
