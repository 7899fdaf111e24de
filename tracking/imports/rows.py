"""From the cells of a file to the rows of its kind: what is to be said of each by itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.cells import Column, yes_or_no
from foundation.jobs.progress import Steps
from tracking.imports.columns import WITHDRAWN, parse
from tracking.imports.kinds.base import Key, Kind, Row
from tracking.imports.problems import ImportRefused, Problem
from tracking.imports.reading import RawRow, Sheet


@dataclass(slots=True)
class BadRow:
    """What is wrong with a row, and the cells it had."""

    problems: list[Problem]
    cells: dict[str, str]

    def get(self, name: str, default: str) -> str:
        """A cell, as it was written."""
        return self.cells.get(name, default)


def problems_of(bad: dict[tuple[str, int], BadRow]) -> Iterable[Problem]:
    """Everything that is wrong, row by row."""
    for one in bad.values():
        yield from one.problems


def header_warnings(kind: Kind, sheets: Iterable[Sheet]) -> list[str]:
    """Refuse files that lack a needed column; give warnings of unknown ones."""
    names = [column.name for column in kind.columns]
    needed = [column.name for column in kind.columns if column.required]
    problems, warnings = [], []
    for sheet in sheets:
        # What only withdraws needs no more than the keys; a row that does not is told so itself.
        keys = kind.key_columns if WITHDRAWN in sheet.header else needed
        missing = [name for name in needed if name in keys and name not in sheet.header]
        if kind.either and not set(kind.either) & set(sheet.header):
            missing.insert(0, _(" or ").join(kind.either))
        if missing:
            expected = _("the columns %(columns)s") % {"columns": ", ".join(missing)}
            problems.append(Problem(sheet.file, 1, "", ";".join(sheet.header)[:200], expected))
        warnings += [
            _("%(file)s: the column “%(column)s” is unknown and was ignored")
            % {"file": sheet.file, "column": name}
            for name in sheet.header
            if name and name not in names and name != WITHDRAWN
        ]
    if problems:
        raise ImportRefused(problems)
    return warnings


def read_rows(
    kind: Kind, sheets: Iterable[Sheet], steps: Steps
) -> tuple[list[Row], dict[tuple[str, int], BadRow]]:
    """Every row read, one per key, and the bad ones by place."""
    bad: dict[tuple[str, int], BadRow] = {}
    by_key: dict[Key, tuple[Row, dict[str, str]]] = {}
    withdrawn = Column(WITHDRAWN, yes_or_no, empty=False)
    for sheet in sheets:
        for raw in steps.each(sheet.rows, _("Reading rows")):
            row, problems = _row(kind, raw, withdrawn)
            if row is None:
                bad[raw.file, raw.line] = BadRow(problems, raw.cells)
                continue
            first, cells = by_key.setdefault(row.key, (row, raw.cells))
            if first is not row and (first.values, first.withdrawn) != (row.values, row.withdrawn):
                for one, other, of in ((first, row, cells), (row, first, raw.cells)):
                    expected = _("one row per key; line %(line)d of %(file)s says otherwise") % {
                        "line": other.line,
                        "file": other.file,
                    }
                    columns = ", ".join(kind.key_columns)
                    value = ";".join(map(str, row.key))
                    clash = BadRow([one.problem(columns, value, expected)], of)
                    bad.setdefault((one.file, one.line), clash)
    rows = [row for row, _cells in by_key.values() if (row.file, row.line) not in bad]
    return kind.prepare(rows), bad


def _row(kind: Kind, raw: RawRow, withdrawn: Column) -> tuple[Row | None, list[Problem]]:
    flag, problems = parse(raw, [withdrawn])
    is_withdrawn = flag.get(WITHDRAWN, False)
    only = {*kind.key_columns, *kind.either} if is_withdrawn else None
    values, found = parse(raw, kind.columns, only)
    problems += found
    if problems:
        return None, problems
    row = Row(
        raw.file,
        raw.line,
        kind.key(values),
        {} if is_withdrawn else kind.fields(values),
        values,
        is_withdrawn,
    )
    problems = [] if is_withdrawn else kind.row_problems(row)
    return (None, problems) if problems else (row, [])
