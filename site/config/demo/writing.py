"""Rows to the files of STATUS.md 2: whole files, and the slices in which they became known."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class Kind(StrEnum):
    """What a file holds; the value ends the name of its command, `import_KIND`.

    Files of one moment are loaded in this order: each needs those before it.
    """

    ORGANISATION = "organisation"
    COURSES = "courses"
    TARGETS = "targets"
    STAFF = "staff"
    ABSENCE = "absence"
    STARTS = "starts"
    COMPLETIONS = "completions"
    EXEMPTIONS = "exemptions"
    DUTIES = "duties"


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind's file name, its columns in order, and those that make up its key."""

    file_name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


def _layout(file_name: str, columns: str, key: str) -> Layout:
    return Layout(file_name, tuple(columns.split()), tuple(key.split()))


LAYOUTS: dict[Kind, Layout] = {
    Kind.ORGANISATION: _layout(
        "organisation.csv", "kod namn typ overordnad fran till ersatts_av", "kod fran"
    ),
    Kind.COURSES: _layout("kurser.csv", "kod namn form anordnare minuter", "kod"),
    Kind.TARGETS: _layout(
        "kunskapsmal.csv",
        "kod namn programmal kurser omfattar niva andel senast dagar_nyanstalld"
        " giltighet_manader fran till kalla antagande",
        "kod",
    ),
    Kind.STAFF: _layout(
        "personal.csv",
        "person_id fornamn efternamn epost enhet befattning verksamhetsomrade chef fran till"
        " skyddad",
        "person_id enhet fran",
    ),
    Kind.ABSENCE: _layout("franvaro.csv", "person_id fran till typ", "person_id fran"),
    Kind.STARTS: _layout("paborjade.csv", "person_id kurs datum", "person_id kurs"),
    Kind.COMPLETIONS: _layout(
        "genomforanden.csv",
        "person_id kurs datum kalla resultat",
        "person_id kurs datum kalla",
    ),
    Kind.EXEMPTIONS: _layout("undantag.csv", "person_id mal fran till skal", "person_id mal fran"),
    Kind.DUTIES: _layout(
        "uppdrag.csv", "person_id roll enhet fran till", "person_id roll enhet fran"
    ),
}

Cell = str | int | date | bool | None


@dataclass(frozen=True, slots=True)
class Row:
    """One version of a row: its cells in the layout's order, and when it became known."""

    cells: tuple[str, ...]
    known_on: date


def text(cell: Cell) -> str:
    """A cell as the files have it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def row(known_on: date, *cells: Cell) -> Row:
    """A version of a row, its cells as text."""
    return Row(tuple(text(cell) for cell in cells), known_on)


def latest(kind: Kind, rows: Iterable[Row]) -> list[Row]:
    """The last version of each row (later in the list wins), ordered by key."""
    layout = LAYOUTS[kind]
    places = [layout.columns.index(column) for column in layout.key]
    by_key = {tuple(version.cells[place] for place in places): version for version in rows}
    return [by_key[key] for key in sorted(by_key)]


def slices(kind: Kind, rows: Sequence[Row], moments: Sequence[date]) -> dict[date, list[Row]]:
    """Rows by the first of `moments` on or after they became known; the last takes the rest.

    Of a row with several versions in one slice, the last one stands there alone.
    """
    by_moment: dict[date, list[Row]] = {moment: [] for moment in moments}
    for version in rows:
        moment = next((day for day in moments if version.known_on <= day), moments[-1])
        by_moment[moment].append(version)
    return {moment: latest(kind, found) for moment, found in by_moment.items() if found}


def write(path: Path, kind: Kind, rows: Iterable[Row]) -> None:
    """Write a file as Excel does: UTF-8 with BOM, semicolons, CRLF."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(LAYOUTS[kind].columns)
        writer.writerows(version.cells for version in rows)


def recorded_at(day: date, kind: Kind) -> datetime:
    """The moment a kind's file of that day was loaded: early in the morning, in load order."""
    morning = datetime.combine(day, time(5), STOCKHOLM)
    return morning + timedelta(minutes=5 * list(Kind).index(kind))
