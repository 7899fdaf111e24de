"""How the cells of a file are read: what each must look like, and what an empty one means.

A reader takes a cell's text and gives its value, or raises BadValue with what was expected. What
people fill in on a page that stands for a row of a file is read by the same readers.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from foundation.intervals import DAWN


class Fault(NamedTuple):
    """What is wrong with a row: the column, what stands there, and what was expected."""

    column: str
    value: str
    expected: str


class BadValue(ValueError):
    """A cell that can't be read; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in files, how its cells are read, and what an empty cell means."""

    name: str
    read: Callable[[str], Any]
    required: bool = False
    empty: Any = ""

    def value(self, cell: str) -> Any:
        """The cell's value; raises BadValue."""
        if cell:
            return self.read(cell)
        if self.required:
            raise BadValue(_("a value"))
        return self.empty


# YYYYMMDD-NNNN and its variants: two-digit year, plus sign, no sign, co-ordination numbers
# (day + 60), and the letters that reserve numbers have after the sign.
_SIGN = r"[-+–—−]"
_WITH_SIGN = re.compile(rf"(?<!\d)(?:\d{{2}})?\d{{6}}\s?{_SIGN}\s?[0-9A-Za-z]\d{{3}}(?!\d)")
_MONTH_AND_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_WITHOUT_SIGN = re.compile(rf"(?<!\d)(?:\d{{2}})?\d{{2}}{_MONTH_AND_DAY}[\s./]?\d{{4}}(?!\d)")
# The date written as dates are.
_WITH_DATE = re.compile(
    rf"(?<!\d)(?:\d{{2}})?\d{{2}}[-./](?:0[1-9]|1[0-2])[-./](?:0[1-9]|[12]\d|3[01])"
    rf"\s?(?:{_SIGN}|[./])\s?[0-9A-Za-z]\d{{3}}(?!\s?[-–./]?\d)"
)


def looks_like_personnummer(text: str) -> bool:
    """Whether the text holds something shaped like a Swedish personal identity number."""
    plain = unicodedata.normalize("NFKC", text)
    return any(shape.search(plain) for shape in (_WITH_SIGN, _WITHOUT_SIGN, _WITH_DATE))


# Control characters, half characters, and what no XML can say: no file of ours could hold them.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def sayable(longest: int) -> Callable[[str], str]:
    """Text of at most `longest` characters that a file and a database can hold."""

    def read(cell: str) -> str:
        if len(cell) > longest:
            raise BadValue(_("at most %(count)d characters") % {"count": longest})
        if _UNSAYABLE.search(cell):
            raise BadValue(_("text without control characters"))
        return cell

    return read


def text(longest: int) -> Callable[[str], str]:
    """Free text of at most `longest` characters, without a personal identity number."""

    plain = sayable(longest)

    def read(cell: str) -> str:
        plain(cell)
        if looks_like_personnummer(cell):
            raise BadValue(_("no personal identity number (personnummer)"))
        return cell

    return read


def code(cell: str) -> str:
    """A code: at most 64 characters on one line. Codes compare exactly."""
    if len(cell) > 64 or len(cell.splitlines()) > 1 or "\t" in cell or _UNSAYABLE.search(cell):
        raise BadValue(_("a code of at most 64 characters on one line"))
    return cell


def person_key(cell: str) -> str:
    """HR's own key of a person; never a personal identity number."""
    if looks_like_personnummer(cell):
        raise BadValue(_("HR's own key, never a personal identity number (personnummer)"))
    return code(cell)


def email(cell: str) -> str:
    """An e-mail address: HR's own spelling, as long as it can be one."""
    if len(cell) > 254 or _UNSAYABLE.search(cell) or not re.fullmatch(r"[^@\s]+@[^@\s]+", cell):
        raise BadValue(_("an e-mail address"))
    return cell


def day(cell: str) -> date:
    """A date as YYYY-MM-DD."""
    expected = _("a date as YYYY-MM-DD")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell, re.ASCII):
        raise BadValue(expected)
    try:
        found = date.fromisoformat(cell)
    except ValueError as error:
        raise BadValue(expected) from error
    if found == DAWN:
        raise BadValue(expected)
    return found


def yes_or_no(cell: str) -> bool:
    """`ja` or `nej`."""
    answer = {"ja": True, "nej": False}.get(cell.casefold())
    if answer is None:
        raise BadValue(_("“ja” or “nej”"))
    return answer


def whole_number(least: int, most: int = 100_000) -> Callable[[str], int]:
    """A whole number from `least` to `most`, both included."""

    def read(cell: str) -> int:
        number = int(cell) if re.fullmatch(r"\d{1,9}", cell, re.ASCII) else -1
        if not least <= number <= most:
            raise BadValue(
                _("a whole number from %(least)d to %(most)d") % {"least": least, "most": most}
            )
        return number

    return read


def one_of(choices: Iterable[str]) -> Callable[[str], str]:
    """One of the listed words."""
    words = {word.casefold(): word for word in choices}

    def read(cell: str) -> str:
        try:
            return words[cell.casefold()]
        except KeyError:
            expected = _("one of %(words)s") % {"words": ", ".join(words.values())}
            raise BadValue(expected) from None

    return read


def read_cells(
    cells: Mapping[str, str], columns: Iterable[Column]
) -> tuple[dict[str, Any], list[Fault]]:
    """The values of a row by column name, and what is wrong with it."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in columns:
        cell = cells.get(column.name, "")
        try:
            values[column.name] = column.value(cell)
        except BadValue as error:
            faults.append(Fault(column.name, cell, _("expected %(what)s") % {"what": error}))
    return values, faults


def ends_too_early(values: Mapping[str, Any]) -> Fault | None:
    """What is wrong with `till`, when it is before `fran`."""
    first, last = values.get("fran"), values.get("till")
    if first and last and last < first:
        expected = _("a day on or after fran (%(day)s)") % {"day": first}
        return Fault("till", str(last), expected)
    return None
