"""From the cells of a file to its rows in the staging table: what is to be said of each alone."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from foundation.cells import Column, read_cells, yes_or_no
from foundation.jobs.progress import Steps
from tracking.imports.kinds.base import Kind, Row
from tracking.imports.problems import ImportRefused, Problem
from tracking.imports.reading import RawRow, Sheet
from tracking.imports.staging import Staging, packed

WITHDRAWN = "aterkallad"
AT_ONCE = 2_000
REMEMBERED = 4_096
_WITHDRAWN = Column(WITHDRAWN, yes_or_no, empty=False)


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


def stage_rows(kind: Kind, sheets: Sequence[Sheet], table: Staging, steps: Steps) -> None:
    """Read every row into the table, from where somebody left it; one row per key stays.

    Bad rows lie beside, with what is wrong and the cells they had.
    """
    if table.note("read whole"):
        return
    read = _Reader(kind)
    seen, before = 0, table.note("rows read", 0)
    for sheet in sheets:
        rows = iter(steps.each(sheet, _("Reading rows")))
        while part := list(islice(rows, AT_ONCE)):
            first, seen = seen, seen + len(part)
            if seen <= before:
                continue
            with table.part():
                read.into(table, enumerate(part, start=first))
                table.write_note("rows read", seen)
    with table.part():
        _set_clashes_aside(kind, table)
        table.write_note("read whole", True)


class _Reader:
    """Reads rows of one kind; the same words and days again and again cost little."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        columns = {each.name: replace(each, read=_remembering(each)) for each in kind.columns}
        self.every = list(columns.values())
        self.keys = [columns[name] for name in columns if name in kind.names_a_row]

    def into(self, table: Staging, rows: Iterable[tuple[int, RawRow]]) -> None:
        """Write rows to the table, each with its number."""
        good, bad = [], []
        rows = list(rows)
        self.kind.look_up([raw.cells for _seq, raw in rows])
        for seq, raw in rows:
            row, problems = self._row(raw)
            if row is not None:
                key, cells = packed(row.key), self.kind.packed_values(row)
                good.append((seq, raw.file, raw.line, row.of, key, cells, row.withdrawn))
            else:
                of = raw.cells.get("person_id", "")
                wrong = packed([astuple(each) for each in problems])
                bad.append((seq, raw.file, raw.line, of, packed(raw.cells), wrong))
                if raw.problem:
                    table.write_note("shapeless", True)
        table.db.executemany("INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?, ?, ?)", good)
        table.db.executemany("INSERT OR REPLACE INTO bad VALUES (?, ?, ?, ?, ?, ?)", bad)

    def _row(self, raw: RawRow) -> tuple[Row | None, list[Problem]]:
        if raw.problem:
            return None, [raw.problem]
        said = raw.cells.get(WITHDRAWN)
        flag, faults = read_cells(raw.cells, [_WITHDRAWN]) if said else ({}, [])
        is_withdrawn = flag.get(WITHDRAWN, False)
        values, more = read_cells(raw.cells, self.keys if is_withdrawn else self.every)
        if faults or more:
            return None, [Problem(raw.file, raw.line, *fault) for fault in (*faults, *more)]
        row = self.kind.row(raw.file, raw.line, values, withdrawn=is_withdrawn)
        problems = [] if is_withdrawn else self.kind.row_problems(row)
        return (None, problems) if problems else (row, [])


def _remembering(column: Column) -> Callable[[str], Any]:
    return lru_cache(maxsize=REMEMBERED)(column.read)


def _set_clashes_aside(kind: Kind, table: Staging) -> None:
    """Equal rows of one key are one; of rows that differ none is taken."""
    twice = table.db.execute("SELECT of, key FROM row GROUP BY of, key HAVING count(*) > 1")
    for of, key in twice.fetchall():
        first, *others = table.db.execute(
            "SELECT seq, file, line, cells, withdrawn FROM row WHERE of = ? AND key = ? ORDER BY 1",
            [of, key],
        ).fetchall()
        clashing = [other for other in others if other[3:] != first[3:]]
        for one, other in [
            *((first, other) for other in clashing[:1]),
            *((other, first) for other in clashing),
        ]:
            _write_clash(kind, table, (of, key), one, other)
        gone = [first, *others] if clashing else others
        table.db.executemany("DELETE FROM row WHERE seq = ?", ([row[0]] for row in gone))


def _write_clash(kind: Kind, table: Staging, of: tuple[str, str], one: Any, other: Any) -> None:
    seq, file, line = one[:3]
    expected = _("one row per key; line %(line)d of %(file)s says otherwise") % {
        "line": other[2],
        "file": other[1],
    }
    key = dict(zip(kind.key_columns, map(str, json.loads(of[1])), strict=True))
    problem = Problem(file, line, ", ".join(key), ";".join(key.values()), expected)
    person = of[0] if kind.is_of_people else ""
    table.db.execute(
        "INSERT OR IGNORE INTO bad VALUES (?, ?, ?, ?, ?, ?)",
        [seq, file, line, person, packed(key), packed([astuple(problem)])],
    )
