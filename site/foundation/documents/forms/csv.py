"""CSV as Excel in Swedish opens it: the main table, and nothing about it."""

from datetime import datetime
from io import TextIOWrapper
from typing import IO

from foundation.documents.forms.base import Form
from foundation.documents.parts import Cell, Document
from foundation.documents.words import local
from foundation.formats import Cell as PlainCell
from foundation.formats import inert, write_csv


def _plain(value: Cell) -> PlainCell:
    match value:
        case bool():
            return "ja" if value else "nej"
        case datetime():
            return local(value).isoformat()
        case float():  # the decimal sign of those who open it
            return str(value).replace(".", ",")
        case _:
            return inert(value)


def _write(document: Document, file: IO[bytes]) -> None:
    table = document.main or next(document.tables())
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    header = [str(inert(column.name)) for column in table.columns]
    write_csv(text, header, ([_plain(cell) for cell in row] for row in table.rows))
    text.flush()
    text.detach()


FORM = Form("csv", "text/csv; charset=utf-8", _write)
