"""What an import changes and what is wrong with it, kept for the page that shows it.

A file of pages in the private storage: any of them can be read without the others, however long
the list. Of protected people it holds nothing but that they are among those changed.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypedDict

from tracking.imports.judging import CHANGED, ENDED, MOVED, NEW, WITHDRAWN
from tracking.imports.kinds.base import AT_ONCE, Kind
from tracking.imports.kinds.people import DETAILS, SAID
from tracking.imports.problems import Problem
from tracking.imports.reading import RawRow, Sheet
from tracking.imports.staging import Staging, packed
from tracking.organisation.models import Employment, Person, Unit

PER_PAGE = 50
# Which changes are looked at first: those that take something away.
ORDER = (ENDED, WITHDRAWN, MOVED, CHANGED, NEW, DETAILS)
MOST_SHOWN_BAD = 200  # rows; a file of them all can be fetched
UNITS_NAMED = 20
# From this share on, in percent, and this many, it is worth a question whether the file is whole.
MANY_PERCENT, MANY = 2, 5


class Change(TypedDict):
    """A change as the page shows it; of somebody protected there is no more than `what`."""

    what: str
    key: list[Any]  # empty: somebody protected
    name: str  # of somebody the file brings
    was: dict[str, Any] | None
    becomes: dict[str, Any] | None
    line: int | None


class Summary(TypedDict):
    """What there is to show."""

    kind: str
    counts: dict[str, int]
    open: int  # employments that were open, of which `stopped` end
    stopped: int
    units: list[tuple[str, int]]  # codes nobody knows, and how many employments name each
    unknown_units: int
    bad_rows: int
    bad_shown: int


class Place(TypedDict):
    """Rows of the file around bad ones, as they stand there."""

    file: str
    header: list[str]
    rows: list[dict[str, Any]]


class Report:
    """Reads one page at a time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = zipfile.ZipFile(file)
        self.summary: Summary = json.loads(self._file.read("summary.json"))

    def changes(self, what: str, page: int) -> list[Change]:
        """A page of one way of changing; the first is 1."""
        return list(json.loads(self._file.read(f"{what}/{page}.json")))

    def places(self) -> list[Place]:
        """The bad rows that are shown in their places."""
        return list(json.loads(self._file.read("places.json")))


def write_report(
    path: Path, kind: Kind, table: Staging, sheets: Sequence[Sheet], problems: Sequence[Problem]
) -> None:
    """Write the pages, from what was judged."""
    protected = Protected(table)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        counts: dict[str, int] = {}
        for what in ORDER:
            for number, some in enumerate(_pages(_changes(table, what)), start=1):
                shown = [_shown(change, kind, protected) for change in protected.asked(some)]
                file.writestr(f"{what}/{number}.json", packed(shown))
                counts[what] = counts.get(what, 0) + len(some)
        places, bad = _places(sheets, problems, protected)
        file.writestr("places.json", packed(places))
        units = _unknown_units(table) if kind.model is Employment else {}
        summary = Summary(
            kind=kind.name,
            counts=counts,
            open=Employment.objects.known_now().filter(valid_to=None).count(),
            stopped=table.number("SELECT sum(stops) FROM change"),
            units=sorted(units.items(), key=lambda each: (-each[1], each[0]))[:UNITS_NAMED],
            unknown_units=len(units),
            bad_rows=bad,
            bad_shown=sum(row["is_bad"] for place in places for row in place["rows"]),
        )
        file.writestr("summary.json", packed(summary))


def _pages(changes: Iterable[Change]) -> Iterator[list[Change]]:
    left = iter(changes)
    while some := list(islice(left, PER_PAGE)):
        yield some


def _changes(table: Staging, what: str) -> Iterator[Change]:
    if what == DETAILS:
        # Of people who are new the new facts say it; here are those whose row alone changes.
        rows = table.db.execute(
            "SELECT of, data FROM effect WHERE name = ? AND json_extract(data, '$[0]') IS NOT NULL"
            " ORDER BY id",
            [DETAILS],
        )
        for of, data in rows:
            _pk, first, last, address, _protected = json.loads(data)
            becomes = {"first_name": first, "last_name": last, "email": address}
            yield Change(what=what, key=[of], name="", was=None, becomes=becomes, line=None)
        return
    rows = table.db.execute(
        "SELECT key, was, becomes, line FROM change WHERE what = ? ORDER BY id", [what]
    )
    for key, was, becomes, line in rows:
        yield Change(
            what=what,
            key=json.loads(key),
            name="",
            was=json.loads(was) if was else None,
            becomes=json.loads(becomes) if becomes else None,
            line=line,
        )


class Protected:
    """Who is protected: now, by the file, or by what is known of them."""

    def __init__(self, table: Staging) -> None:
        self.table = table
        self.known: dict[str, bool] = {}
        self.people: dict[str, dict[str, Any]] = {}

    def asked(self, changes: list[Change]) -> list[Change]:
        """The changes, once it is known of all their people."""
        self.look_up({str(change["key"][0]) for change in changes})
        return changes

    def look_up(self, keys: set[str]) -> None:
        """Ask of some people; what was asked before is forgotten."""
        some = sorted(keys)
        self.known, self.people = {}, {}
        for at in range(0, len(some), AT_ONCE):
            found = Person.objects.filter(person_id__in=some[at : at + AT_ONCE])
            for person in found.values(
                "person_id", "first_name", "last_name", "email", "protected"
            ):
                self.people[person["person_id"]] = dict(person)
                self.known[person["person_id"]] = person["protected"]
        said = self.table.db.execute(
            "SELECT of, name, data FROM effect WHERE name IN (?, ?)"
            " AND of IN (SELECT value FROM json_each(?))",
            [DETAILS, SAID, packed(some)],
        )
        for of, name, data in said:
            values = json.loads(data)
            hidden = bool(values[-1])
            self.known[of] = self.known.get(of, False) or hidden
            if name == DETAILS and of not in self.people:
                self.people[of] = dict(
                    zip(("first_name", "last_name", "email"), values[1:4], strict=True)
                )

    def __contains__(self, key: object) -> bool:
        return self.known.get(str(key), False)

    def name(self, key: str) -> str:
        """What somebody is called, or is going to be."""
        person = self.people.get(key, {})
        return f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()


def _shown(change: Change, kind: Kind, protected: Protected) -> Change:
    if not kind.is_of_people:
        return change
    key = str(change["key"][0])
    if key in protected:
        return Change(
            what=change["what"], key=[], name="", was=None, becomes=None, line=change["line"]
        )
    change["name"] = protected.name(key)
    if change["becomes"]:
        change["becomes"].pop("says_protected", None)
    if change["what"] == DETAILS and change["becomes"]:
        person = protected.people.get(key, {})
        change["was"] = {name: person.get(name, "") for name in change["becomes"]}
    return change


def _unknown_units(table: Staging) -> dict[str, int]:
    """Codes that the file's employments name and the organisation does not."""
    known = set(Unit.objects.known_now().values_list("code", flat=True))
    rows = table.db.execute("SELECT json_extract(key, '$[1]'), count(*) FROM row GROUP BY 1")
    return {code: count for code, count in rows if code not in known}


def _places(
    sheets: Sequence[Sheet], problems: Sequence[Problem], protected: Protected
) -> tuple[list[Place], int]:
    """The file's own table around each bad row; and how many bad rows there are."""
    found: dict[str, dict[int, list[Problem]]] = {}
    for problem in problems:
        if problem.line is not None:
            found.setdefault(problem.file, {}).setdefault(problem.line, []).append(problem)
    places: list[Place] = []
    left = MOST_SHOWN_BAD
    for sheet in sheets:
        bad = found.get(sheet.file, {})
        lines = dict(sorted(bad.items())[:left])
        left -= len(lines)
        if lines and max(lines) > 1:
            places += _around(sheet, lines, protected)
    return places, sum(map(len, found.values()))


def _around(sheet: Sheet, bad: dict[int, list[Problem]], protected: Protected) -> Iterator[Place]:
    place: list[RawRow] = []
    before: RawRow | None = None
    last = max(bad)
    for row in sheet:
        if row.line in bad:
            if not place and before is not None:
                place.append(before)
            place.append(row)
        elif place and place[-1].line in bad:
            place.append(row)
        elif place:
            yield _place(sheet, place, bad, protected)
            place = []
        if row.line > last and (not place or place[-1].line not in bad):
            break
        before = row
    if place:
        yield _place(sheet, place, bad, protected)


def _place(
    sheet: Sheet, rows: list[RawRow], bad: dict[int, list[Problem]], protected: Protected
) -> Place:
    protected.look_up({row.cells.get("person_id", "") for row in rows})
    faulty = {
        name.strip()
        for row in rows
        for each in bad.get(row.line, [])
        for name in each.column.split(",")
    }
    # What is wrong is seen first, also where there is room for two columns.
    header = sorted(sheet.header, key=lambda name: name not in faulty)
    shown = []
    for row in rows:
        wrong = bad.get(row.line, [])
        marked = {name.strip(): each.expected for each in wrong for name in each.column.split(",")}
        hidden = (
            row.cells.get("skyddad", "").casefold() == "ja"
            or row.cells.get("person_id") in protected
        )
        cells = [
            {
                "text": "" if hidden and name not in marked else row.cells.get(name, "")[:200],
                "expected": marked.get(name, ""),
            }
            for name in header
        ]
        in_all = [each.expected for each in wrong if not set(sheet.header) & {*marked}]
        shown.append(
            {
                "line": row.line,
                "cells": cells,
                "is_bad": bool(wrong),
                "is_hidden": hidden,
                "in_all": in_all,
            }
        )
    return Place(file=sheet.file, header=header, rows=shown)
