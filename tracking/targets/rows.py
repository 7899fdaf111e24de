"""A target as a row of `kunskapsmal.csv` says it: how each cell is read, and written again.

The file and the page where a target is made are two ways of filling in the same row.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from foundation.cells import (
    BadValue,
    Column,
    Fault,
    code,
    day,
    ends_too_early,
    one_of,
    read_cells,
    sayable,
    text,
    whole_number,
    yes_or_no,
)
from foundation.intervals import exclusive, inclusive
from tracking.targets.expressions import ExpressionError, normal, parse_audience, parse_courses
from tracking.targets.models import Level, Target

LONGEST = 20_000  # of `omfattar` and `kurser`


def _parsed(parse: Callable[[str], object]) -> Callable[[str], str]:
    """A reader of one of the two languages: the text itself, if it parses."""
    plain = sayable(LONGEST)

    def read(cell: str) -> str:
        plain(cell)
        try:
            parse(cell)
        except ExpressionError as error:
            raise BadValue(str(error)) from error
        return cell

    return read


COLUMNS = (
    Column("kod", code, required=True),
    Column("namn", text(300), required=True),
    Column("programmal", text(100)),
    Column("kurser", _parsed(parse_courses), required=True),
    Column("omfattar", _parsed(parse_audience)),
    Column("niva", one_of(Level.values), empty=Level.SHALL.value),
    Column("andel", whole_number(0, 100), empty=100),
    Column("senast", day, empty=None),
    Column("dagar_nyanstalld", whole_number(0), empty=None),
    Column("giltighet_manader", whole_number(1), empty=None),
    Column("fran", day, empty=None),
    Column("till", day, empty=None),
    Column("kalla", text(2000)),
    Column("antagande", yes_or_no, empty=False),
)
# The fact's field of each column; the key's, and the day that ends it, are not among them.
FIELDS = {
    "namn": "name",
    "programmal": "programme_goal",
    "kurser": "courses",
    "omfattar": "audience",
    "niva": "level",
    "andel": "share",
    "senast": "due_on",
    "dagar_nyanstalld": "days_new_employee",
    "giltighet_manader": "validity_months",
    "fran": "valid_from",
    "kalla": "source",
    "antagande": "is_assumption",
}


def fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fact's fields, without its key, from the values of a row."""
    said = {name: values[column] for column, name in FIELDS.items()}
    return said | {"valid_to": exclusive(values["till"])}


def read_row(cells: Mapping[str, str]) -> tuple[str, dict[str, Any], list[Fault]]:
    """The code and the fields that the cells of one row say, and what is wrong with each cell.

    With faults the fields are empty: a row is read whole or not at all.
    """
    plain = {name: normal(cell) for name, cell in cells.items()}
    values, faults = read_cells(plain, COLUMNS)
    early = ends_too_early(values)
    if early:
        faults.append(early)
    return values.get("kod", ""), {} if faults else fields(values), faults


def cells_of(target: Target) -> dict[str, str]:
    """The row that says what this target does."""
    said: dict[str, object] = {"kod": target.code, "till": inclusive(target.valid_to)}
    said |= {column: getattr(target, name) for column, name in FIELDS.items()}
    return {column.name: _cell(said[column.name]) for column in COLUMNS}


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case date():
            return value.isoformat()
        case _:
            return str(value)
