"""Reads a table as people save it: CSV in several dialects, or a workbook.

Knows nothing of what the columns mean. A cell is text, in Unicode NFC, trimmed.
"""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tracking.imports.problems import ImportRefused, Problem

DELIMITERS = ";,\t"
# A free text of Excel's longest cell (32,767 characters) passes, a runaway quotation mark does not.
csv.field_size_limit(131_072)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row of cells by column name. `line` is the line in the file where the row begins."""

    file: str
    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's header and rows."""

    file: str
    header: tuple[str, ...]
    rows: list[RawRow]


def read_sheet(path: Path) -> Sheet:
    """Read a `.csv` or `.xlsx` file; raises ImportRefused when it can't be read as a table."""
    try:
        numbered = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
        return _sheet(path.name, iter(numbered))
    except OSError as error:
        raise _refused(path.name, str(error.strerror), _("a file that can be read")) from error


def _refused(file: str, value: str, expected: str, line: int | None = None) -> ImportRefused:
    return ImportRefused([Problem(file, line, "", value, expected)])


def _sheet(file: str, numbered: Iterator[tuple[int, list[str]]]) -> Sheet:
    line, first = next(numbered, (1, []))
    header = [cell.casefold() for cell in map(_clean, first)]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise _refused(file, "", _("a header row with the names of the columns"), 1)
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        raise _refused(file, ", ".join(sorted(twice)), _("each column once"), line)
    rows: list[RawRow] = []
    problems: list[Problem] = []
    for line, cells in numbered:
        texts = [_clean(cell) for cell in cells]
        if not any(texts):
            continue
        if any(texts[len(header) :]):
            value = ";".join(texts)[:200]
            expected = _("at most %(count)d cells, as in the header") % {"count": len(header)}
            problems.append(Problem(file, line, "", value, expected))
            continue
        texts += [""] * (len(header) - len(texts))
        rows.append(RawRow(file, line, dict(zip(header, texts, strict=False))))
    if problems:
        raise ImportRefused(problems)
    return Sheet(file, tuple(header), rows)


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFC", cell).strip()


def _csv(path: Path) -> Iterable[tuple[int, list[str]]]:
    content = path.read_bytes()
    if b"\0" in content:
        raise _refused(path.name, "NUL", _("a text file: UTF-8 or Windows-1252"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            value = f"0x{content[error.start]:02X}"
            expected = _("a text file: UTF-8 or Windows-1252")
            raise _refused(path.name, value, expected) from error
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        expected = _("cells quoted as Excel quotes them")
        raise _refused(path.name, str(error), expected, begins) from error
    return found


def _xlsx(path: Path) -> Iterable[tuple[int, list[str]]]:
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise _refused(path.name, type(error).__name__, _("a workbook (.xlsx)")) from error
    try:
        sheet = workbook.worksheets[0]
        return [
            (number, [_cell(value) for value in row])
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
        ]
    finally:
        workbook.close()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case datetime():
            return (
                value.date().isoformat() if value.time().isoformat() == "00:00:00" else str(value)
            )
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
