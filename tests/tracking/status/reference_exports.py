"""The two export files of STATUS.md 5 as the second reading writes them, byte for byte."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from tests.tracking.rows import field
from tests.tracking.status.reference import City

STATUS_HEADER = ("person_id", "mal", "status", "klar_datum", "giltig_till", "senast", "start")
SUMMARY_HEADER = (
    "enhet",
    "mal",
    "malgrupp",
    "undantagna",
    "klara",
    "utgangna",
    "forsenade",
    "pagaende",
    "ej_paborjade",
    "andel",
    "uppfyllt",
)
STATUS_COLUMN = {
    "undantagen": "undantagna",
    "klar": "klara",
    "utgangen": "utgangna",
    "forsenad": "forsenade",
    "pagaende": "pagaende",
    "ej_paborjad": "ej_paborjade",
}
Line = tuple[str, ...]


def _subtree(city: City, unit: str | None, on: date) -> set[str]:
    """The unit and all below it on the day; without a unit, all in force."""
    in_force = {field(row, "kod") for row in city.units if city.unit_on(field(row, "kod"), on)}
    return {code for code in in_force if unit is None or unit in city.codes_above(code, on)}


def _targets(city: City, wanted: Collection[str] | None) -> list[dict[str, str]]:
    return [row for row in city.targets if wanted is None or field(row, "kod") in wanted]


def _text(value: date | None) -> str:
    return value.isoformat() if value else ""


def status_lines(
    city: City, on: date, targets: Collection[str] | None = None, unit: str | None = None
) -> list[Line]:
    """One line a person and target, sorted by both; protected people are left out."""
    inside = _subtree(city, unit, on)
    lines = []
    for person in city.people:
        for target in _targets(city, targets):
            units = city.audience_units(person, target, on)
            if not units & inside or person in city.protected:
                continue
            best = city.best(person, target, on)
            lines.append(
                (
                    person,
                    field(target, "kod"),
                    city.status(person, target, on),
                    _text(best.on if best else None),
                    _text(best.through if best else None),
                    _text(city.due(person, target, on)),
                    _text(city.stretch_start(person, target, on)),
                )
            )
    return sorted(lines)


def summary_lines(
    city: City, on: date, targets: Collection[str] | None = None, unit: str | None = None
) -> list[Line]:
    """One line a unit and target with an audience, sorted by both."""
    lines = []
    for code in _subtree(city, unit, on):
        for target in _targets(city, targets):
            statuses = [
                city.status(person, target, on)
                for person in city.people
                if any(
                    code in city.codes_above(placed, on)
                    for placed in city.audience_units(person, target, on)
                )
            ]
            if statuses:
                lines.append(
                    (code, field(target, "kod"), *figures(statuses, field(target, "andel")))
                )
    return sorted(lines)


def figures(statuses: list[str], share: str) -> Line:
    """The columns of a summary after `enhet` and `mal`, from the people's statuses."""
    counted = Counter(STATUS_COLUMN[status] for status in statuses)
    base = len(statuses) - counted["undantagna"]
    numbers = [str(counted[column]) for column in STATUS_COLUMN.values()]
    if base == 0:
        return (str(len(statuses)), *numbers, "", "")
    percent = 0
    while (percent + 1) * base <= counted["klara"] * 100:
        percent += 1
    met = counted["klara"] * 100 >= int(share or 100) * base
    return (str(len(statuses)), *numbers, str(percent), "ja" if met else "nej")


def as_file(header: Line, lines: Iterable[Line]) -> bytes:
    """UTF-8 with BOM, `;`, CRLF. Codes in these tests need no quoting."""
    text = "".join(";".join(line) + "\r\n" for line in [header, *lines])
    return b"\xef\xbb\xbf" + text.encode()


def status_file(city: City, on: date, **options: object) -> bytes:
    return as_file(STATUS_HEADER, status_lines(city, on, **options))  # type: ignore[arg-type]


def summary_file(city: City, on: date, **options: object) -> bytes:
    return as_file(SUMMARY_HEADER, summary_lines(city, on, **options))  # type: ignore[arg-type]
