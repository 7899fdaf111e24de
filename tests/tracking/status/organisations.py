"""Random organisations over time, as rows of `organisation.csv` (STATUS.md 1-3, 8)."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.tracking.rows import Row, covers, day

EARLIEST, LATEST = date(2020, 1, 1), date(2024, 12, 31)
ANCHORS = [
    date(2021, 1, 1),
    date(2021, 6, 30),
    date(2021, 8, 31),
    date(2022, 2, 28),
    date(2022, 10, 31),
    date(2023, 3, 26),
    date(2023, 7, 1),
    date(2024, 2, 29),
]
OFFSETS = [0, 0, 0, 1, 1, -1, 2, 29, 30, 31, -30, 60, 181, -200]
TYPES = ["namnd", "stadsdelsnamnd", "avdelning", "enhet"]


def iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def some_day(draw: Any, anchors: list[date]) -> date:
    found = draw(st.sampled_from(anchors)) + timedelta(days=draw(st.sampled_from(OFFSETS)))
    return min(max(found, EARLIEST), LATEST)


def maybe(draw: Any, often: int, *values: str) -> str:
    """One of the values, or an empty text; `often` times as likely as the empty one."""
    return draw(st.sampled_from(["", *(value for value in values for _ in range(often))]))


def unit_rows(draw: Any, anchors: list[date]) -> list[Row]:
    """An organisation over time: a root, renamed or exchanged, and units that come and go."""
    first = draw(st.sampled_from([EARLIEST, EARLIEST, min(anchors)]))
    roots = _root_rows(draw, anchors, first)
    rows = list(roots)
    codes = [f"U{number}" for number in range(1, draw(st.integers(2, 6)) + 1)]
    for code in codes:
        rows += _periods_of_unit(draw, anchors, code, first, roots)
    if len(roots) == 1 and draw(st.integers(0, 2)) == 2:
        rows += _chain(draw, first)
    for row in rows[len(roots) :]:
        _give_parent(draw, row, rows, roots)
    for row in rows[len(roots) :]:
        _give_successor(draw, row, rows)
    return rows


def _root_rows(draw: Any, anchors: list[date], first: date) -> list[Row]:
    change = some_day(draw, anchors)
    kind = draw(st.sampled_from(["same", "same", "renamed", "exchanged"]))
    if kind == "same" or change <= first:
        return [_unit("STAD", "kommun", first, None)]
    other = "STAD" if kind == "renamed" else "STAD2"
    gone = _unit("STAD", "kommun", first, change - timedelta(days=1))
    if kind == "exchanged" and draw(st.booleans()):
        gone["ersatts_av"] = "STAD2"
    return [gone, _unit(other, draw(st.sampled_from(["kommun", "bolag"])), change, None)]


def _unit(code: str, typ: str, fran: date, till: date | None) -> Row:
    row = {"kod": code, "namn": f"Enhet {code}", "typ": typ, "overordnad": ""}
    return {**row, "fran": iso(fran), "till": iso(till), "ersatts_av": ""}


def _chain(draw: Any, first: date) -> list[Row]:
    """CHAIN1, with or without a hole in its days, replaced by CHAIN2, replaced by CHAIN3."""
    rows: list[Row] = []
    start = first
    for number in (1, 1, 2, 3):
        end = start + timedelta(days=draw(st.sampled_from([30, 300, 500])))
        last = number == 3 and draw(st.booleans())
        rows.append(_unit(f"CHAIN{number}", draw(st.sampled_from(TYPES)), start, end))
        if last:
            rows[-1]["till"] = ""
        elif number < 3:
            rows[-1]["ersatts_av"] = f"CHAIN{number + 1}"
        start = end + timedelta(days=draw(st.sampled_from([1, 1, 60])))
    return rows


def _periods_of_unit(
    draw: Any, anchors: list[date], code: str, first: date, roots: list[Row]
) -> list[Row]:
    """One to three periods that touch or leave gaps; none across an exchange of the root."""
    start = max(first, first if draw(st.booleans()) else some_day(draw, anchors))
    rows: list[Row] = []
    for number in range(draw(st.sampled_from([1, 1, 2, 2, 3]))):
        if number:
            start += timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 40])))
        end: date | None = some_day(draw, anchors)
        if draw(st.booleans()) or (end is not None and end < start):
            end = None
        under = next(row for row in reversed(roots) if covers(row, start) or row is roots[0])
        root_end = day(under["till"])
        if root_end is not None and (end is None or end > root_end):
            end = root_end
        if end is not None and end < start:
            break
        rows.append(_unit(code, draw(st.sampled_from(TYPES)), start, end))
        if end is None:
            break
        start = end + timedelta(days=1)
    return rows


def _give_parent(draw: Any, row: Row, rows: list[Row], roots: list[Row]) -> None:
    """A parent in force during the whole period, so that no day has a cycle."""
    first, last = day(row["fran"]), day(row["till"])
    assert first is not None
    candidates = {each["kod"] for each in rows if each["kod"] != row["kod"]}
    fitting = [code for code in sorted(candidates) if _in_force(rows, code, first, last)]
    row["overordnad"] = draw(st.sampled_from(fitting))
    on = first
    while on <= (last or LATEST + timedelta(days=1)):
        if _climbs_to(row["kod"], row["overordnad"], rows, on):
            row["overordnad"] = next(each["kod"] for each in roots if covers(each, first))
            return
        on += timedelta(days=1)


def _in_force(rows: list[Row], code: str, first: date, last: date | None) -> bool:
    mine = [row for row in rows if row["kod"] == code]
    if last is None and not any(not row["till"] for row in mine):
        return False
    on = first
    while on <= (last or LATEST + timedelta(days=1)):
        if not any(covers(row, on) for row in mine):
            return False
        on += timedelta(days=1)
    return True


def _climbs_to(goal: str, code: str, rows: list[Row], on: date) -> bool:
    while code:
        if code == goal:
            return True
        code = next(
            (row["overordnad"] for row in rows if row["kod"] == code and covers(row, on)), ""
        )
    return False


def _give_successor(draw: Any, row: Row, rows: list[Row]) -> None:
    """Now and then; also where it says nothing, on a row that is not its unit's last."""
    if not row["till"] or row["ersatts_av"] or draw(st.integers(0, 3)) == 0:
        return
    wanted = draw(st.sampled_from(sorted({each["kod"] for each in rows})))
    reached, front = {wanted}, [wanted]
    while front:
        step = front.pop()
        further = {each["ersatts_av"] for each in rows if each["kod"] == step} - {"", *reached}
        reached |= further
        front += further
    if row["kod"] not in reached:
        row["ersatts_av"] = wanted
