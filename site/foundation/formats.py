"""Writes a table as a file: CSV as Excel in Swedish opens it, or a workbook.

The one place that knows these formats; reports and exports declare columns and give rows.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter

# A cell that begins with one of these is run as a formula by spreadsheets that open a CSV file;
# the wide ones where an input method of East Asia is used.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# No file in UTF-8 can say half a character, and no XML the last two of a plane.
UNSAYABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")

# Of a workbook's sheet, counted from 0; what is written below it is lost without a word.
LAST_ROW = 1_048_575

Cell = str | int | float | date | None


class Said(tuple[str | None, ...]):
    """A row whose cells are what files say already: each came through `cell_text`, or is nothing.

    Where there are rows by the million most say the same things; those are put into words once.
    """

    __slots__ = ()


def cell_text(value: Cell) -> str:
    """A value as files say it: dates as YYYY-MM-DD, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        # What is plain is not looked into: of a million cells nearly all are.
        return value if value.isascii() else UNSAYABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    return value.isoformat() if isinstance(value, date) else str(value)


def file_name(stem: str, ending: str) -> str:
    """A name that every system takes as the name of a file: letters, digits, `-`, `_` and `.`.

    Codes of units stand in it, and a code may hold anything: what turns the reading direction,
    quotation marks, the separator of folders.
    """
    plain = re.sub(r"[^\w.-]+|\.{2,}", "-", unicodedata.normalize("NFC", stem)).strip("-.")
    return f"{plain[:100]}.{ending}"


def inert(value: Cell) -> Cell:
    """The value, as text that no spreadsheet runs."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def write_csv(file: IO[str], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """`;`-separated with CRLF. Open `file` with encoding utf-8-sig and newline=""."""
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell_text(name) for name in header])
    writer.writerows(
        row if type(row) is Said else [cell_text(cell) for cell in row] for row in rows
    )


def write_xlsx(
    file: Path | IO[bytes],
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    sheet: str = "Data",
) -> None:
    """A sheet with a frozen bold header, and more of them where one is full (a sheet holds
    1,048,576 rows); dates are dates and numbers numbers. Flat memory.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(file) if isinstance(file, Path) else file, options) as workbook:
        bold = workbook.add_format({"bold": True, "bottom": 1})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        page = _add_sheet(workbook, sheet, header, bold)
        number = sheets = 1
        for row in rows:
            if number > LAST_ROW:
                sheets += 1
                page = _add_sheet(workbook, f"{sheet[:26]} {sheets}", header, bold)
                number = 1
            for column, value in enumerate(row):
                _write_cell(page, number, column, value, day)
            number += 1


def _add_sheet(workbook: Any, name: str, header: Sequence[str], bold: Any) -> Any:
    page = workbook.add_worksheet(name[:31])
    page.freeze_panes(1, 0)
    page.set_column(0, max(len(header) - 1, 0), 16)
    for column, title in enumerate(header):
        page.write_string(0, column, cell_text(title), bold)
    return page


def _write_cell(page: Any, row: int, column: int, value: Cell, day: Any) -> None:
    match value:
        case None | "":
            return
        case datetime() | date() if value.year >= 1900:
            page.write_datetime(row, column, value, day)
        case int() | float():
            page.write_number(row, column, value)
        case _:
            page.write_string(row, column, cell_text(value)[:32_767])


def is_workbook(path: Path) -> bool:
    """Whether `write_file` makes a workbook of this file."""
    return path.suffix.lower() == ".xlsx"


def write_file(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write to `path` by its ending: `.xlsx` a workbook, anything else CSV in UTF-8 with BOM.

    Gives the number of rows.
    """
    counted = _Counted(rows)
    if is_workbook(path):
        write_xlsx(path, header, counted)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            write_csv(file, header, counted)
    return counted.count


class _Counted:
    """Rows that are counted as they go by."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self._rows:
            self.count += 1
            yield row
