"""Units where somebody works and nobody is the manager."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.components.numbers import number
from foundation.sorting import swedish
from tracking.organisation.models import Duty, DutyRole
from tracking.organisation.rules import stands_in
from tracking.quality.finding import Cell, Finding, Found, Line, holds
from tracking.quality.look import Look


@dataclass(frozen=True, slots=True)
class Unmanaged:
    """A unit without a manager of its own."""

    unit: str
    above: str  # the nearest unit above that has one; empty: none has
    has_deputy: bool


class UnitsWithoutManager(Finding):
    """A manager is an employment with the manager's flag, or a duty, in the unit itself.

    A manager further up sees the people, and so does a deputy; both are said, and neither makes
    somebody answer for the unit: it stays listed.
    """

    key = "utan-chef"
    title = _("Units without a manager")
    means = _(
        "Somebody works in the unit, but nobody employed there is marked as its manager and "
        "nobody has the duty. The figures are right all the same. The people are seen by the "
        "nearest manager above, and nobody nearer follows up their training."
    )
    advice = _(
        "Have the manager marked in HR's file (chef = ja), or bring in a duty as manager for "
        "somebody employed elsewhere. A deputy (stallforetradare) is for a time only and does "
        "not take the unit off the list."
    )
    heads = (_("Unit"), _("District or committee"), _("Nearest manager above"), _("Deputy"))
    searched = _("Unit, its code, or district")

    def count(self, look: Look) -> int:
        return len(_unmanaged(look))

    def counted(self, count: int) -> str:
        return ngettext("%(count)s unit", "%(count)s units", count) % {"count": number(count)}

    def found(self, look: Look, words: str) -> Found:
        listed = [
            one
            for one in _unmanaged(look)
            if holds(words, one.unit, look.unit_name(one.unit), look.district_name(one.unit))
        ]
        return sorted(
            listed,
            key=lambda one: (
                bool(one.above),
                swedish(look.district_name(one.unit)),
                swedish(look.unit_name(one.unit)),
            ),
        )

    def lines(self, look: Look, page: Sequence[Any], *, opens_people: bool) -> list[Line]:
        return [self._line(look, one, opens_people) for one in page]

    def _line(self, look: Look, one: Unmanaged, opens_people: bool) -> Line:
        staff = f"{reverse('reports:staff')}?{urlencode({'enhet': one.unit})}"
        return Line(
            (
                Cell(look.unit_name(one.unit), one.unit, url=staff if opens_people else ""),
                Cell(look.district_name(one.unit)),
                Cell(look.unit_name(one.above) if one.above else gettext("None at all")),
                Cell(gettext("Yes") if one.has_deputy else "–"),
            )
        )


def _unmanaged(look: Look) -> list[Unmanaged]:
    tree = look.tree
    staffed = {unit for code in look.unit_codes if (unit := look.standing(code)) is not None}
    duties = Duty.objects.known_now().on(look.on)
    managed = _named(look, look.employed.filter(is_manager=True))
    managed |= _named(look, duties.filter(role=DutyRole.MANAGER))
    deputies = _named(look, duties.filter(role=DutyRole.DEPUTY))
    return [
        Unmanaged(
            unit,
            next((above for above in tree.path(unit)[1:] if above in managed), ""),
            unit in deputies,
        )
        for unit in staffed
        if unit not in managed
    ]


def _named(look: Look, rows: Any) -> set[str | None]:
    """Where the units that the rows name stand on the day. One query."""
    codes = rows.order_by().values_list("unit_code", flat=True).distinct()
    return {stands_in(look.tree, code) for code in codes}
