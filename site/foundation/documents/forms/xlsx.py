"""A workbook: a sheet for every table, and one that says what the file is. Flat memory."""

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext

from foundation.documents.forms.base import Form
from foundation.documents.parts import About, Cell, Document, Kind, Table
from foundation.documents.words import about_lines, local
from foundation.formats import LAST_ROW, cell_text

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# What a spreadsheet keeps of a whole number, and the first year it knows.
LARGEST, FIRST_YEAR = 10**15, 1900
LONGEST_NAME, LONGEST_CELL, LONGEST_HEADER = 31, 32_767, 200
NARROWEST, WIDEST = 9, 60
MEASURED = 1_000  # rows whose cells say how wide a column is
A4 = 9
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _write(document: Document, file: IO[bytes]) -> None:
    with xlsxwriter.Workbook(file, OPTIONS) as workbook:
        _Book(workbook, document.about).write(document)


class _Book:
    """A workbook under way: its formats, and the names its sheets have taken."""

    def __init__(self, workbook: Any, about: About) -> None:
        self.workbook, self.about = workbook, about
        self.names: set[str] = set()
        self.formats = {
            name: workbook.add_format(settings)
            for name, settings in {
                "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
                "title": {"bold": True, "font_size": 16},
                "label": {"bold": True, "valign": "top"},
                "words": {"text_wrap": True, "valign": "top"},
                "text": {},
                "code": {"num_format": "@"},
                "number": {"num_format": "#,##0"},
                "decimal": {"num_format": "#,##0.0"},
                "share": {"num_format": "0%"},
                "share_decimal": {"num_format": "0.0%"},
                "date": {"num_format": "yyyy-mm-dd", "align": "left"},
                "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
            }.items()
        }
        properties: dict[str, Any] = {
            "title": _plain(about.title),
            "subject": _plain(about.subtitle),
            "author": "Kompetens mot våld",
            "company": gettext("City of Stockholm"),
        }
        if about.made_at:
            properties["created"] = local(about.made_at).replace(tzinfo=None)
        workbook.set_properties(properties)

    def write(self, document: Document) -> None:
        """Tables first: what one came for lies on top."""
        for table in document.tables():
            self._table(table)
        self._about()

    def new_sheet(self, wished: str) -> Any:
        """A sheet with this name, or as near as can be."""
        return self.workbook.add_worksheet(self._own_name(wished))

    def _own_name(self, wished: str) -> str:
        """A name that every spreadsheet takes, and that no other sheet has."""
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", _plain(wished))
        plain = " ".join(plain.split()).strip("'") or gettext("Table")
        if plain.casefold() == "history":  # Excel keeps it for itself
            plain += " 1"
        name, number = _cut(plain, LONGEST_NAME), 1
        while name.casefold() in self.names:
            number += 1
            ending = f" {number}"
            name = _cut(plain, LONGEST_NAME - len(ending)) + ending
        self.names.add(name.casefold())
        return name

    def _table(self, table: Table) -> None:
        """The rows, going on in another sheet where one is full."""
        sheet = _Sheet(self, table)
        for row in table.rows:
            if sheet.is_full:
                sheet.finish()
                sheet = _Sheet(self, table)
            sheet.add(row)
        sheet.finish()

    def look(self, sheet: Any, *, landscape: bool) -> None:
        """How a sheet is printed: A4, as wide as the page, numbered, with what it is on top."""
        sheet.set_paper(A4)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        title = _plain(self.about.title)[:LONGEST_HEADER].replace("&", "&&")
        sheet.set_header(f"&L{title}&R&A")
        page = gettext("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
        sheet.set_footer(f"&C{page}")

    def _about(self) -> None:
        """The sheet that says what the file is."""
        about, line = self.about, 0
        sheet = self.new_sheet(gettext("About the file"))
        self.look(sheet, landscape=False)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 90)
        sheet.write_string(line, 0, _plain(about.title), self.formats["title"])
        for label, words in _about_rows(about):
            line += 1
            if label:
                sheet.write_string(line, 0, _plain(label), self.formats["label"])
            if words:
                sheet.write_string(line, 1, _plain(words), self.formats["words"])


class _Sheet:
    """A sheet of a table, with as many rows as it holds."""

    def __init__(self, book: _Book, table: Table) -> None:
        self.book, self.table, self.line = book, table, 0
        self.sheet = book.new_sheet(table.title)
        self.widths = [min(len(column.name) * 0.7 + 4, 24) for column in table.columns]
        for at, column in enumerate(table.columns):
            self.sheet.write_string(0, at, _plain(column.name), book.formats["head"])

    @property
    def is_full(self) -> bool:
        """Whether no other row has room."""
        return self.line >= LAST_ROW

    def add(self, row: Sequence[Cell]) -> None:
        """Write a row."""
        self.line += 1
        for at, value in enumerate(row):
            kind: Kind = self.table.columns[at].kind if at < len(self.table.columns) else "text"
            self._cell(at, value, kind)
            if self.line < MEASURED and at < len(self.widths):
                self.widths[at] = max(self.widths[at], _width(value))

    def finish(self) -> None:
        """Everything that is known when all rows are there."""
        sheet, last = self.sheet, max(len(self.table.columns) - 1, 0)
        sheet.freeze_panes(1, 0)
        for at, width in enumerate(self.widths):
            sheet.set_column(at, at, min(max(width, NARROWEST), WIDEST))
        if self.line:
            sheet.autofilter(0, 0, self.line, last)
        sheet.repeat_rows(0)
        self.book.look(sheet, landscape=True)

    def _cell(self, at: int, value: Cell, kind: Kind) -> None:
        sheet, formats, line = self.sheet, self.book.formats, self.line
        match value, kind:
            case ((None | ""), _):
                return
            case bool(), _:
                sheet.write_string(line, at, gettext("yes") if value else gettext("no"))
            case datetime(), _:
                plain = local(value).replace(tzinfo=None)
                sheet.write_datetime(line, at, plain, formats["moment"])
            case date(), _ if value.year >= FIRST_YEAR:
                sheet.write_datetime(line, at, value, formats["date"])
            case ((int() | float()), ("number" | "share")) if _fits(value):
                amount = value / 100 if kind == "share" else value
                sheet.write_number(line, at, amount, formats[_number_format(value, kind)])
            case _:
                look = formats["code" if kind == "code" else "text"]
                sheet.write_string(line, at, cell_text(value)[:LONGEST_CELL], look)


def _about_rows(about: About) -> Iterator[tuple[str, str]]:
    if about.subtitle:
        yield "", about.subtitle
    yield from about_lines(about)
    for heading, rows in (
        (gettext("How it is counted"), about.definitions),
        (gettext("To know"), [("", note) for note in about.notes]),
    ):
        if rows:
            yield "", ""
            yield heading, ""
            yield from rows


def _number_format(value: float, kind: Kind) -> str:
    if kind == "share":
        return "share" if isinstance(value, int) else "share_decimal"
    return "number" if isinstance(value, int) else "decimal"


def _fits(value: float) -> bool:
    return math.isfinite(value) and abs(value) < LARGEST


def _width(value: Cell) -> float:
    if isinstance(value, datetime):
        return 17
    if isinstance(value, date):
        return 11.5
    return len(value) * 1.05 + 2 if isinstance(value, str) else NARROWEST


def _plain(value: Cell) -> str:
    """Text as XML can say it: control characters as the sign for what is not there."""
    text = cell_text(value)
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST_CELL]


def _cut(name: str, most: int) -> str:
    """Not longer than `most` as a spreadsheet counts: in units of UTF-16."""
    units = name.encode("utf-16-le")[: most * 2]
    return units.decode("utf-16-le", "ignore").rstrip(" '")


FORM = Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _write)
