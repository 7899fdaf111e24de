"""Whether facts could have been accepted (STATUS.md 8): a second reading, a day at a time.

Used to make random cities that every import takes, and to know which changes must be refused.
Only what the random files can get wrong is judged: the shape of the organisation, overlapping
periods, and references to what is not there.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.tracking.rows import Row, covers, day, field

Facts = dict[str, dict[tuple[str, ...], Row]]


def sound(facts: Facts) -> bool:
    return next(complaints(facts), None) is None


def complaints(facts: Facts) -> Iterator[str]:
    """What an import would have to refuse in this state; nothing when it is sound."""
    for rows in facts.values():
        for row in rows.values():
            first, last = day(field(row, "fran")), day(field(row, "till"))
            if first and last and last < first:
                yield f"till before fran {row}"
    units = list(facts["organisation"].values())
    yield from _periods(units, ("kod",))
    yield from _periods(list(facts["staff"].values()), ("person_id", "enhet"))
    yield from _tree(units)
    yield from _successors(units)
    courses = {field(row, "kod") for row in facts["courses"].values()}
    targets = {field(row, "kod") for row in facts["targets"].values()}
    people = {field(row, "person_id") for row in facts["staff"].values()}
    for row in facts["targets"].values():
        for course in field(row, "kurser").replace("|", "+").split("+"):
            if course.strip() not in courses:
                yield f"unknown course {course}"
    for kind in ("starts", "completions"):
        for row in facts[kind].values():
            if field(row, "kurs") not in courses:
                yield f"unknown course {field(row, 'kurs')}"
    for row in facts["exemptions"].values():
        if field(row, "mal") not in targets:
            yield f"unknown target {field(row, 'mal')}"
    for kind in ("absence", "starts", "completions", "exemptions"):
        for row in facts[kind].values():
            if field(row, "person_id") not in people:
                yield f"unknown person {field(row, 'person_id')}"


def _periods(rows: list[Row], key: tuple[str, ...]) -> Iterator[str]:
    """Two rows of one key on one day."""
    for row in rows:
        first = date.fromisoformat(field(row, "fran"))
        name = [field(row, part) for part in key]
        same = [each for each in rows if [field(each, part) for part in key] == name]
        # Two periods overlap exactly when one of them begins on a day of the other.
        if any(other is not row and covers(other, first) for other in same):
            yield f"overlap {row}"


def _tree(units: list[Row]) -> Iterator[str]:
    """One root a day from the first day on, every parent in force, no cycle."""
    if not units:
        return
    written = [day(field(row, name)) for row in units for name in ("fran", "till")]
    dates = [each for each in written if each]
    step, end = min(dates), max(dates) + timedelta(days=2)
    before: list[bool] = []
    while step <= end:
        in_force = [covers(row, step) for row in units]
        if in_force != before:
            before = in_force
            yield from _tree_on(step, [row for row in units if covers(row, step)])
        step += timedelta(days=1)


def _tree_on(on: date, rows: list[Row]) -> Iterator[str]:
    parents = {field(row, "kod"): field(row, "overordnad") for row in rows}
    roots = [code for code, parent in parents.items() if not parent]
    if len(roots) != 1:
        yield f"{len(roots)} roots on {on}"
    for code in parents:
        seen, step = set(), code
        while step:
            if step in seen:
                yield f"cycle at {code} on {on}"
                break
            seen.add(step)
            if step not in parents:
                yield f"{step} is not in force on {on}"
                break
            step = parents[step]


def _successors(units: list[Row]) -> Iterator[str]:
    codes = {field(row, "kod") for row in units}
    successors: dict[str, str] = {}
    for row in sorted(units, key=lambda row: field(row, "fran")):
        successors[field(row, "kod")] = field(row, "ersatts_av")
        if field(row, "ersatts_av") and field(row, "ersatts_av") not in codes:
            yield f"unknown successor {field(row, 'ersatts_av')}"
    for code in codes:
        seen, step = set(), code
        while step in successors and step not in seen:
            seen.add(step)
            step = successors[step]
        if step in seen:
            yield f"successors in a circle at {code}"
