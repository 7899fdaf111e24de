"""Reads a table as people save it: CSV in several dialects, or a workbook.

Knows nothing of what the columns mean. A cell is text, in Unicode NFC, trimmed. Neither kind of
file is ever whole in memory: a file is gone through once to learn how it is written and how many
rows it has, and once more, as often as need be, for the rows.
"""

import codecs
import csv
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tracking.imports.problems import ImportRefused, Problem

DELIMITERS = ";,\t"
BLOCK = 1 << 20
ROWS_APART = 5_000  # how many rows of a workbook are read between two looks up
# A free text of Excel's longest cell (32,767 characters) passes, a runaway quotation mark does not.
csv.field_size_limit(131_072)

# What reading a file that only calls itself a workbook can come to, in any of the layers below.
NO_WORKBOOK = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    KeyError,
    IndexError,
    AttributeError,
    TypeError,
    ValueError,
)

Numbered = Iterator[tuple[int, list[str]]]


@dataclass(slots=True)
class RawRow:
    """A row of cells by column name. `line` is the line in the file where the row begins."""

    file: str
    line: int
    cells: dict[str, str]
    problem: Problem | None = None  # what makes it no row of this table at all


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's header, and its rows: how many they are, and each time they are asked for anew."""

    file: str
    header: tuple[str, ...]
    count: int
    numbered: Callable[[], Numbered]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[RawRow]:
        numbered = self.numbered()
        next(numbered, None)
        width = len(self.header)
        for line, cells in numbered:
            texts = [_clean(cell) for cell in cells]
            if not any(texts):
                continue
            problem = None
            if any(texts[width:]):
                expected = _("at most %(count)d cells, as in the header") % {"count": width}
                problem = Problem(self.file, line, "", ";".join(texts)[:200], expected)
            texts += [""] * (width - len(texts))
            cells_by_name = dict(zip(self.header, texts, strict=False))
            yield RawRow(self.file, line, cells_by_name, problem)


@contextmanager
def opened(path: Path, look_up: Callable[[], None] = lambda: None) -> Iterator[Sheet]:
    """Within: a `.csv` or `.xlsx` file; raises ImportRefused when it can't be read as a table.

    `look_up` is called now and then while a workbook is unpacked, and may break it off.
    """
    try:
        if path.suffix.lower() == ".xlsx":
            with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as unpacked:
                _unpack(path, unpacked, look_up)
                yield _sheet(path.name, lambda: _unpacked(unpacked))
        else:
            _refuse_binary(path)
            encoding = _encoding_of(path)
            yield _sheet(path.name, lambda: _csv(path, encoding))
    except OSError as error:
        raise _refused(path.name, str(error.strerror), _("a file that can be read")) from error


def _refused(file: str, value: str, expected: str, line: int | None = None) -> ImportRefused:
    return ImportRefused([Problem(file, line, "", value, expected)])


def _sheet(file: str, numbered: Callable[[], Numbered]) -> Sheet:
    lines = numbered()
    line, first = next(lines, (1, []))
    header = [cell.casefold() for cell in map(_clean, first)]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise _refused(file, "", _("a header row with the names of the columns"), 1)
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        raise _refused(file, ", ".join(sorted(twice)), _("each column once"), line)
    count = sum(any(map(str.strip, cells)) for _line, cells in lines)
    return Sheet(file, tuple(header), count, numbered)


def _clean(cell: str) -> str:
    return cell.strip() if cell.isascii() else unicodedata.normalize("NFC", cell).strip()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _refuse_binary(path: Path) -> None:
    if any(b"\0" in block for block in _blocks(path)):
        raise _refused(path.name, "NUL", _("a text file: UTF-8 or Windows-1252"))


def _encoding_of(path: Path) -> str:
    utf8 = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for block in _blocks(path):
            utf8.decode(block)
        utf8.decode(b"", final=True)
    except UnicodeDecodeError:
        for block in _blocks(path):
            try:
                block.decode("cp1252")
            except UnicodeDecodeError as error:
                value = f"0x{block[error.start]:02X}"
                expected = _("a text file: UTF-8 or Windows-1252")
                raise _refused(path.name, value, expected) from error
        return "cp1252"
    return "utf-8-sig"


def _csv(path: Path, encoding: str) -> Numbered:
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(BLOCK).split("\n", 1)[0]
        delimiter = max(DELIMITERS, key=first.count)
        file.seek(0)
        yield from _rows(file, delimiter, path.name)


def _rows(file: IO[str], delimiter: str, name: str) -> Numbered:
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        expected = _("cells quoted as Excel quotes them")
        raise _refused(name, str(error), expected, begins) from error


def _unpack(path: Path, into: IO[str], look_up: Callable[[], None]) -> None:
    """Write the first sheet of a workbook as a table of its own, each row after its number."""
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()  # the file's own word for how large it is may be anything
            _write_out(sheet.iter_rows(values_only=True), into, look_up)
        finally:
            workbook.close()
    except NO_WORKBOOK as error:
        raise _refused(path.name, type(error).__name__, _("a workbook (.xlsx)")) from error


def _write_out(
    rows: Iterator[Sequence[object]], into: IO[str], look_up: Callable[[], None]
) -> None:
    writer = csv.writer(into)
    for number, row in enumerate(rows, start=1):
        if number % ROWS_APART == 0:
            look_up()
        texts = _trimmed([_cell(value) for value in row])
        if texts or number == 1:
            writer.writerow([number, *texts])


def _unpacked(file: IO[str]) -> Numbered:
    file.seek(0)
    for number, *cells in csv.reader(file, strict=True):
        yield int(number), cells


def _trimmed(texts: Sequence[str]) -> Sequence[str]:
    """Without what only formatting made cells of: a row may claim sixteen thousand."""
    last = len(texts)
    while last and not texts[last - 1]:
        last -= 1
    return texts[:last]


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
