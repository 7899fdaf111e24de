"""A document with one of every part, and reading files back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl

from foundation.documents import (
    About,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
    write,
)

MADE_AT = datetime(2026, 5, 15, 10, 30, tzinfo=UTC)
COLUMNS = [
    Column("Enhet", "code"),
    Column("Namn"),
    Column("Målgrupp", "number"),
    Column("Andel", "share"),
    Column("Senast", "date"),
    Column("Räknat", "moment"),
    Column("Uppfyllt", "yes_no"),
]
ROWS: list[Sequence[Cell]] = [
    ["SDN-JARVA", "Järva", 1234, 87, date(2026, 12, 31), MADE_AT, True],
    ["0012", "Bromma", 12, 99.5, None, None, False],
]


@dataclass(frozen=True)
class Drawn:
    """A chart as the charts' module gives it."""

    name: str
    title: str
    described: str
    table: Table

    def standalone(self) -> str:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60" width="300" height="60">'
            '<rect x="10" y="10" width="200" height="30" fill="#0b4a53"/></svg>'
        )


def table(rows: Sequence[Sequence[Cell]] = ROWS, title: str = "Nämnder", **more: Any) -> Table:
    return Table(title, COLUMNS, rows, **more)


def about(**more: Any) -> About:
    return About("Kunskapsmålen", as_of=date(2026, 4, 30), made_at=MADE_AT, **more)


def document(*parts: Any, **more: Any) -> Document:
    return Document(about(**more), parts or [table()])


def whole() -> Document:
    one = table(note="Totalen är antal personer.")
    return document(
        Heading("Sammanfattning"),
        Paragraph("Målen nås.\nNästan."),
        Figure(Drawn("trend", "Järva leder", "Liggande staplar", one)),
        Heading("Per nämnd", 2),
        one,
        definitions=[("Andel", "Klara av basen, avrundat nedåt.")],
        filters=[("Enhet", "Hela staden")],
        notes=["Skyddade uppgifter visas inte."],
    )


def written(one: Document, form: str) -> bytes:
    file = BytesIO()
    write(one, form, file)
    return file.getvalue()


def workbook(one: Document) -> Any:
    return openpyxl.load_workbook(BytesIO(written(one, "xlsx")))


def part_of(content: bytes, name: str) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()
