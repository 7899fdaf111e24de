"""A full staff file (STATUS.md 2) over what was known: an obvious second reading."""

from datetime import date, timedelta

from tests.tracking.rows import Row, covers, day, field

Period = tuple[str, str, date, date | None]


def key(row: Row) -> tuple[str, str, str]:
    return field(row, "person_id"), field(row, "enhet"), field(row, "fran")


def as_period(row: Row) -> Period:
    """Person, unit, first and last day (None: open)."""
    return (*key(row)[:2], date.fromisoformat(field(row, "fran")), day(field(row, "till")))


def share_a_day(one: Row, other: Row) -> bool:
    """Two periods overlap exactly when one of them begins on a day of the other."""
    return covers(one, as_period(other)[2]) or covers(other, as_period(one)[2])


def after_full(known: list[Row], file: list[Row], on: date) -> tuple[list[Row], int, int]:
    """The employments after the file, how many it ended or withdrew, and how many were open."""
    after = {key(row): row for row in known}
    in_file = {key(row) for row in file}
    ended = open_before = 0
    for row in known:
        last = as_period(row)[3]
        if last is not None and last < on:
            continue
        open_before += 1
        if key(row) in in_file:
            continue
        wrong_start = any(
            key(other)[:2] == key(row)[:2] and share_a_day(other, row) for other in file
        )
        if wrong_start:
            del after[key(row)]
        elif as_period(row)[2] >= on:
            del after[key(row)]
            ended += 1
        else:
            after[key(row)] = {**row, "till": (on - timedelta(days=1)).isoformat()}
            ended += 1
    after |= {key(row): row for row in file}
    return list(after.values()), ended, open_before


def overlapping(rows: list[Row]) -> bool:
    return any(
        one is not other and key(one)[:2] == key(other)[:2] and share_a_day(one, other)
        for one in rows
        for other in rows
    )
