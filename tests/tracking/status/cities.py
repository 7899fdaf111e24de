"""Random small cities as files: everything STATUS.md 1-5 speaks of, near its boundaries.

A city is drawn as batches that every import takes (STATUS.md 8), with questions to ask of it.
Days are drawn around a few anchors, so that the ends of things meet.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.tracking.commands import Dialect
from tests.tracking.rows import KEYS, Batch, Row, covers, day, field, known
from tests.tracking.status.organisations import (
    ANCHORS,
    TYPES,
    iso,
    maybe,
    some_day,
    unit_rows,
)
from tests.tracking.status.reference import City, months_later
from tests.tracking.status.reference_exports import status_lines
from tests.tracking.status.soundness import sound

FIRST_MOMENT = datetime(2025, 3, 1, 7, 30, tzinfo=UTC)
PEOPLE = ["P1", "P10", "P2", "p1", "Å1"]
COURSES = ["K1", "K2", "K3"]
POSITIONS = [
    "Socialsekreterare",
    " SOCIALSEKRETERARE ",
    "Chef, enhet",
    "Handläggare",
    "HANDLA\u0308GGARE",
    "Straße",
    "STRASSE",
    "",
]
AREAS = ["Ekonomiskt bistånd", "EKONOMISKT BISTÅND", "Äldre; hemtjänst", "Barn | unga", ""]
UNKNOWN_UNIT = "U-OKAND"


@dataclass(frozen=True)
class Question:
    """What to ask of a city: a day, a moment (None: now), and what to leave out."""

    on: date
    known_at: datetime | None
    targets: tuple[str, ...] | None
    unit: str | None


@dataclass(frozen=True)
class Scenario:
    """A city as its files, how they were saved, and the questions."""

    batches: tuple[Batch, ...]
    dialect: Dialect
    questions: tuple[Question, ...]


# People


def employment_rows(draw: Any, anchors: list[date], person: str, units: list[str]) -> list[Row]:
    """One to three employments: side by side, one after the other, with and without a gap."""
    rows: list[Row] = []
    chained = [code for code in units if code == "CHAIN1"]
    for _ in range(draw(st.integers(1, 3))):
        start = some_day(draw, anchors)
        if rows and rows[-1]["till"] and draw(st.booleans()):
            ended = date.fromisoformat(rows[-1]["till"])
            start = ended + timedelta(days=draw(st.sampled_from([1, 1, 2])))
        end = some_day(draw, anchors) if draw(st.integers(0, 2)) == 2 else None
        if end is not None and end < start:
            end = start + timedelta(days=draw(st.sampled_from([0, 1, 45])))
        rows.append(
            {
                "person_id": person,
                "fornamn": f"F{person}",
                "efternamn": "Efternamn",
                "epost": f"{PEOPLE.index(person)}@exempel.se",
                "enhet": draw(st.sampled_from([*units, UNKNOWN_UNIT, *chained, *chained])),
                "befattning": draw(st.sampled_from(POSITIONS)),
                "verksamhetsomrade": draw(st.sampled_from(AREAS)),
                "chef": draw(st.sampled_from(["nej", "nej", "ja", ""])),
                "fran": iso(start),
                "till": iso(end),
                "skyddad": "nej",
            }
        )
    return rows


def absence_rows(draw: Any, anchors: list[date], person: str) -> list[Row]:
    """Leaves around thirty days; adjacent, overlapping, without end."""
    rows: list[Row] = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3]))):
        start = some_day(draw, anchors)
        if rows and rows[-1]["till"] and draw(st.booleans()):
            ended = date.fromisoformat(rows[-1]["till"])
            start = ended + timedelta(days=draw(st.sampled_from([-3, 0, 1, 1, 2])))
        days = draw(st.sampled_from([1, 5, 15, 29, 30, 31, 90, None]))
        end = None if days is None else start + timedelta(days=days - 1)
        rows.append({"person_id": person, "fran": iso(start), "till": iso(end), "typ": "vård"})
    return rows


def completion_rows(draw: Any, anchors: list[date], person: str) -> list[Row]:
    return [
        {
            "person_id": person,
            "kurs": draw(st.sampled_from(COURSES)),
            "datum": iso(some_day(draw, anchors)),
            "kalla": draw(st.sampled_from(["import", "intyg", "narvaro", "plattform"])),
            "resultat": draw(st.sampled_from(["", "godkänd"])),
        }
        for _ in range(draw(st.sampled_from([4, 6, 3, 2, 0])))
    ]


def exemption_rows(draw: Any, anchors: list[date], person: str, targets: list[str]) -> list[Row]:
    rows = []
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        start = some_day(draw, anchors)
        end = draw(st.sampled_from([None, start, start + timedelta(days=100)]))
        mal = draw(st.sampled_from(targets))
        row = {"person_id": person, "mal": mal, "fran": iso(start), "till": iso(end)}
        rows.append({**row, "skal": "Annan utbildning"})
    return rows


# Targets


def quoted(draw: Any, values: list[str]) -> str:
    """Values as `omfattar` writes them: quoted where they must be, sometimes where not."""
    return ",".join(
        f'"{value}"' if set(value) & set(",;|") or draw(st.integers(0, 5)) == 0 else value
        for value in values
    )


def audience(draw: Any, units: list[str]) -> str:
    choices = {
        "enhet": [*units, "U-FINNS-EJ"],
        "enhetstyp": ["kommun", *TYPES],
        "befattning": [value.strip() for value in POSITIONS if value],
        "verksamhetsomrade": [value for value in AREAS if value],
        "chef": ["ja", "nej"],
    }
    clauses = []
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2]))):
        conditions = []
        for _ in range(draw(st.sampled_from([1, 1, 2]))):
            key = draw(st.sampled_from(sorted(choices)))
            values = draw(st.lists(st.sampled_from(choices[key]), min_size=1, max_size=2))
            sign = draw(st.sampled_from(["=", "=", "!="]))
            conditions.append(f"{key}{sign}{quoted(draw, values)}")
        clauses.append(draw(st.sampled_from([";", "; "])).join(conditions))
    return " | ".join(clauses)


def target_row(draw: Any, anchors: list[date], code: str, units: list[str]) -> Row:
    alternatives = draw(
        st.lists(
            st.lists(st.sampled_from(COURSES), min_size=1, max_size=2, unique=True),
            min_size=1,
            max_size=2,
        )
    )
    start = some_day(draw, anchors) if draw(st.integers(0, 2)) == 0 else None
    end = some_day(draw, anchors) if draw(st.integers(0, 2)) == 0 else None
    if start and end and end < start:
        start, end = end, start
    return {
        "kod": code,
        "namn": f"Mål {code}",
        "programmal": "1",
        "kurser": "|".join("+".join(each) for each in alternatives),
        "omfattar": audience(draw, units),
        "niva": draw(st.sampled_from(["", "ska", "ska", "bor", "erbjuden"])),
        "andel": draw(st.sampled_from(["", "0", "33", "50", "66", "67", "100"])),
        "senast": maybe(draw, 1, iso(some_day(draw, anchors))),
        "dagar_nyanstalld": maybe(draw, 1, "1", "29", "30", "31", "90"),
        "giltighet_manader": maybe(draw, 1, "1", "6", "12", "24"),
        "fran": iso(start),
        "till": iso(end),
        "kalla": "Programmet",
        "antagande": draw(st.sampled_from(["", "nej", "ja"])),
    }


def unique(kind: str, rows: list[Row]) -> list[Row]:
    """The first row of each key: two that differ would be refused."""
    by_key: dict[tuple[str, ...], Row] = {}
    for row in rows:
        by_key.setdefault(tuple(field(row, name) for name in KEYS[kind]), row)
    return list(by_key.values())


def without_overlaps(rows: list[Row]) -> list[Row]:
    """Employments of one person in one unit must not share a day."""
    kept: list[Row] = []
    for row in rows:
        first, same = (
            date.fromisoformat(row["fran"]),
            [each for each in kept if each["enhet"] == row["enhet"]],
        )
        if not any(covers(each, first) or covers(row, _first(each)) for each in same):
            kept.append(row)
    return kept


def _first(row: Row) -> date:
    return date.fromisoformat(row["fran"])


# The whole


def boundary_days(batches: list[Batch]) -> list[date]:
    """Days on which something may change, and their neighbours."""
    found: set[date] = set()
    for batch in batches:
        for row in batch.rows:
            for name in ("fran", "till", "datum", "senast"):
                written = day(field(row, name))
                if written is not None:
                    found |= {written, written + timedelta(days=30)}
                    if batch.kind == "completions":
                        found |= {months_later(written, months) for months in (1, 6, 12, 24)}
                    if batch.kind == "staff":
                        found |= {written + timedelta(days=days) for days in (1, 29, 31, 90)}
    return sorted(found)


def first_load(draw: Any, anchors: list[date]) -> list[tuple[str, list[Row]]]:
    units = unit_rows(draw, anchors)
    codes = sorted({row["kod"] for row in units})
    people = PEOPLE[: draw(st.sampled_from([5, 4, 3, 2, 1]))]
    targets = [f"M{number}" for number in range(1, draw(st.sampled_from([3, 2, 1])) + 1)]
    staff, absence, starts, completions, exemptions = [], [], [], [], []
    for person in people:
        mine = without_overlaps(employment_rows(draw, anchors, person, codes))
        if draw(st.integers(0, 7)) == 0:
            mine = [{**row, "skyddad": "ja"} for row in mine]
        staff += mine
        absence += absence_rows(draw, anchors, person)
        completions += completion_rows(draw, anchors, person)
        exemptions += exemption_rows(draw, anchors, person, targets)
        starts += [
            {"person_id": person, "kurs": course, "datum": iso(some_day(draw, anchors))}
            for course in draw(st.lists(st.sampled_from(COURSES), max_size=2, unique=True))
        ]
    courses = [
        {"kod": code, "namn": code, "form": "extern_webb", "anordnare": "NCK", "minuter": "60"}
        for code in COURSES
    ]
    return [
        ("organisation", units),
        ("staff", staff),
        ("absence", absence),
        ("courses", courses),
        ("targets", [target_row(draw, anchors, code, codes) for code in targets]),
        ("starts", starts),
        ("completions", completions),
        ("exemptions", exemptions),
    ]


def change(draw: Any, anchors: list[date], batches: list[Batch], moment: datetime) -> Batch | None:
    """One later file: a correction, a withdrawal, something new, or an old file sent again."""
    kind = draw(st.sampled_from([key for key in KEYS if key not in ("courses", "duties")]))
    now = list(known(batches, None)[kind].values())
    ways = ["correct", "correct", "correct", "moved", "withdraw", "new", "again"]
    what = draw(st.sampled_from(ways))
    if what == "again":
        old = [batch for batch in batches if batch.kind == kind]
        return Batch(kind, draw(st.sampled_from(old)).rows, moment) if old else None
    if what == "new" and kind == "completions":
        person = draw(st.sampled_from(sorted({r["person_id"] for r in batches[1].rows})))
        rows = unique(kind, completion_rows(draw, anchors, person))
        return Batch(kind, tuple(rows), moment) if rows else None
    if not now:
        return None
    row = dict(draw(st.sampled_from(now)))
    if what == "withdraw":
        return Batch(kind, ({**row, "aterkallad": "ja"},), moment)
    if what == "moved":
        if "fran" not in KEYS[kind]:
            return None
        moved = {**row, "fran": iso(some_day(draw, anchors))}
        if moved["fran"] == row["fran"]:
            return None
        return Batch(kind, ({**row, "aterkallad": "ja"}, moved), moment)
    units = sorted({field(each, "kod") for each in batches[0].rows})
    return Batch(kind, (corrected(draw, anchors, kind, row, units),), moment)


def corrected(draw: Any, anchors: list[date], kind: str, row: Row, units: list[str]) -> Row:
    """The same key, and something else said about it."""
    if kind == "targets":
        return target_row(draw, anchors, row["kod"], units)
    if kind == "staff":
        other = draw(st.sampled_from(["till", "befattning", "verksamhetsomrade", "chef"]))
        if other != "till":
            pool = {"befattning": POSITIONS, "verksamhetsomrade": AREAS}.get(other, ["ja", "nej"])
            return {**row, other: draw(st.sampled_from(pool))}
    if kind == "organisation" and draw(st.booleans()):
        typ = "kommun" if not row["overordnad"] else draw(st.sampled_from(TYPES))
        return {**row, "typ": typ, "ersatts_av": draw(st.sampled_from(["", *units]))}
    if kind == "starts":
        return {**row, "datum": iso(some_day(draw, anchors))}
    if kind == "completions":
        return {**row, "resultat": "rättad"}
    return {**row, "till": maybe(draw, 2, iso(some_day(draw, anchors)))}


@st.composite
def scenarios(draw: Any) -> Scenario:
    """A city, its history of knowledge, and questions near its boundaries."""
    anchors = draw(st.lists(st.sampled_from(ANCHORS), min_size=2, max_size=4, unique=True))
    moment = FIRST_MOMENT
    batches: list[Batch] = []
    for kind, drawn in first_load(draw, anchors):
        rows = unique(kind, drawn)
        if rows:
            batches.append(Batch(kind, tuple(rows), moment))
            moment += timedelta(hours=draw(st.sampled_from([0, 1])))
    assert sound(known(batches, None))
    for _ in range(draw(st.integers(0, 4))):
        moment += timedelta(days=draw(st.sampled_from([0, 1, 40])))
        batch = change(draw, anchors, batches, moment)
        if batch is not None and sound(known([*batches, batch], None)):
            batches.append(batch)
    return Scenario(tuple(batches), draw(dialects()), draw(questions(batches)))


@st.composite
def questions(draw: Any, batches: list[Batch]) -> tuple[Question, ...]:
    """Some days out of the files, then days on which the second reading sees something turn."""
    days = boundary_days(batches)
    asked = [_question(draw, batches, draw(st.sampled_from(days))) for _ in range(3)]
    turns: set[date] = set()
    for question in asked:
        city = City(batches, question.known_at)
        for line in status_lines(city, question.on):
            turns |= {written for written in map(day, line[4:]) if written}
            turns |= {leave.last for leave in city.leaves(line[0]) if leave.last}
    near = sorted(turns) or days
    for _ in range(6):
        on = draw(st.sampled_from(near)) + timedelta(days=draw(st.sampled_from([0, 1, -1])))
        asked.append(_question(draw, batches, on))
    return tuple(asked)


def _question(draw: Any, batches: list[Batch], on: date) -> Question:
    known_at = draw(st.sampled_from([*[None] * 20, *(each.recorded_at for each in batches)]))
    if known_at is not None:
        known_at -= draw(st.sampled_from([timedelta(0), timedelta(microseconds=1)]))
    facts = known(batches, known_at)
    codes = sorted(key[0] for key in facts["targets"])
    in_force = sorted(
        {field(row, "kod") for row in facts["organisation"].values() if covers(row, on)}
    )
    target, unit = None, None
    if codes and draw(st.integers(0, 3)) == 3:
        target = (draw(st.sampled_from(codes)),)
    if in_force and draw(st.integers(0, 2)) == 2:
        unit = draw(st.sampled_from(in_force))
    return Question(on, known_at, target, unit)


@st.composite
def dialects(draw: Any) -> Dialect:
    return Dialect(
        delimiter=draw(st.sampled_from([";", ",", "\t"])),
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252"])),
        line_end=draw(st.sampled_from(["\r\n", "\n"])),
        quote_all=draw(st.booleans()),
        reverse_columns=draw(st.booleans()),
    )
