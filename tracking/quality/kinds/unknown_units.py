"""Staff whose unit nobody knows, or that ended with nothing in its place (STATUS.md 3)."""

from collections.abc import Sequence
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation.components.dates import swedish_date
from foundation.components.numbers import number
from foundation.sorting import swedish
from tracking.quality.finding import Cell, Finding, Found, Line, holds
from tracking.quality.look import Look
from tracking.quality.people import by_name, person_cell
from tracking.quality.units import why_gone


class UnknownUnits(Finding):
    """By unit code, as HR's file names it; the number is of people."""

    key = "okanda-enheter"
    title = _("Staff in units that do not exist")
    means = _(
        "They count in the figures of the whole city, but in no district and no unit, and no "
        "manager sees them. HR's file names a unit that the organisation's file does not have, "
        "or one that has ended with no other in its place."
    )
    advice = _(
        "Ask whoever keeps the organisation's file to add the unit, or to say which unit took "
        "over when it ended. If the unit is wrong in HR's file, have the employment corrected "
        "there. Then bring the file in again."
    )
    heads = (_("Unit in HR's file"), _("Why it is listed"), _("People"))
    searched = _("Unit's code or name")

    def count(self, look: Look) -> int:
        codes = _lost(look)
        there = look.employed.filter(unit_code__in=codes)
        return there.values("person").distinct().count() if codes else 0

    def counted(self, count: int) -> str:
        text = ngettext("%(count)s person", "%(count)s people", count)
        return text % {"count": number(count)}

    def found(self, look: Look, words: str) -> Found:
        codes = [code for code in _lost(look) if holds(words, code, look.unit_name(code))]
        return sorted(codes, key=lambda code: (-look.unit_codes[code], swedish(code)))

    def lines(self, look: Look, page: Sequence[Any], *, opens_people: bool) -> list[Line]:
        return [self._line(look, code, opens_people) for code in page]

    def _line(self, look: Look, code: str, opens_people: bool) -> Line:
        name = look.unit_name(code)
        people = Cell(
            number(look.unit_codes[code]),
            url=f"?{urlencode({'enhet': code})}" if opens_people else "",
            is_number=True,
        )
        named = Cell(code, second="" if name == code else name)
        return Line((named, Cell(why_gone(look, code)), people))

    def inside(self, unit: str) -> Finding:
        return PeopleOfUnit(unit)


class PeopleOfUnit(Finding):
    """The people behind one row: who is employed in a unit that does not exist."""

    key = UnknownUnits.key
    title = UnknownUnits.title
    means = UnknownUnits.means
    advice = UnknownUnits.advice
    heads = (_("Name"), _("Role"), _("Employed since"))
    searched = _("Name or HR's key")
    names_people = True

    def __init__(self, unit: str) -> None:
        self.unit = unit

    def _there(self, look: Look) -> Any:
        # A unit that stands is for the reports to show, to whom they may.
        lost = look.standing(self.unit) is None
        return look.employed.filter(unit_code=self.unit) if lost else look.employed.none()

    def count(self, look: Look) -> int:
        return int(self._there(look).count())

    def counted(self, count: int) -> str:
        text = ngettext("%(count)s employment", "%(count)s employments", count)
        return text % {"count": number(count)}

    def found(self, look: Look, words: str) -> Found:
        there = self._there(look).filter(person__protected=False).select_related("person")
        return by_name(there, words, "person__")

    def lines(self, look: Look, page: Sequence[Any], *, opens_people: bool) -> list[Line]:
        return [
            Line(
                (
                    person_cell(one.person),
                    Cell(one.position, second=one.business_area, lang="sv"),
                    Cell(swedish_date(one.valid_from)),
                ),
                (one.person_id,),
            )
            for one in page
        ]


def _lost(look: Look) -> list[str]:
    return [code for code in look.unit_codes if look.standing(code) is None]
