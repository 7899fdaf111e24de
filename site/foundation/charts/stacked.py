"""Parts of a whole, side by side in lying bars: what of each is done, begun, late."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.charts.chart import WIDE, Chart, laid_out
from foundation.charts.drawing import (
    SMALL,
    Drawing,
    Ink,
    Line,
    Mark,
    Rect,
    Text,
    shortened,
    width_of,
)
from foundation.documents.parts import Table

ROW, TWO_LINES, BAR = 30.0, 48.0, 18.0
HEAD = 40.0
# Before the bars on a page; on a phone the label stands above its bar.
LABELS, SAID = 214.0, 50.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of part: its name, its ink and how strong; the same in every bar."""

    label: str
    ink: Ink
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar: how many of each kind, in the order of the kinds; `said` stands before it."""

    label: str
    numbers: Sequence[int]
    said: str = ""
    strong: bool = False


def stacked(
    name: str,
    title: str,
    described: str,
    kinds: Sequence[Kind],
    rows: Sequence[Stack],
    table: Table,
) -> Chart:
    """Bars as long as each other; the kinds are named above, where the parts of the
    fullest lie."""

    def draw(width: float) -> Drawing:
        is_wide = width >= WIDE
        begin = LABELS if is_wide else 1.0
        step = ROW if is_wide else TWO_LINES
        room = width - begin - 2
        marks: list[Mark] = []
        for number, row in enumerate(rows):
            top = HEAD + number * step + (0 if is_wide else step - BAR - 8)
            base = top + BAR - 4 if is_wide else top - 5
            end = begin - 8 if is_wide else width - 2
            label = shortened(row.label, end - SAID)
            marks.append(Text(0, base, label, strong=row.strong))
            marks.append(Text(end, base, row.said, "end", strong=row.strong))
            marks += _bar(row, kinds, begin, top, room)
        if rows:
            # The first bar that has them all names them all; else the one with the most.
            fullest = max(rows, key=lambda row: sum(map(bool, row.numbers)))
            marks += _names(fullest, kinds, begin, room)
        return Drawing(width, HEAD + len(rows) * step + 2, marks)

    return laid_out(name, title, described, draw, table)


def _bar(row: Stack, kinds: Sequence[Kind], begin: float, top: float, room: float) -> list[Mark]:
    whole = sum(row.numbers)
    marks: list[Mark] = [Rect(begin, top, room, BAR, "rule", outline=True)]
    x = begin
    for kind, number in zip(kinds, row.numbers, strict=True):
        if not number:
            continue
        length = room * number / whole
        marks.append(Rect(x, top, length, BAR, kind.ink, kind.weight))
        if x > begin:
            marks.append(Line([(x, top), (x, top + BAR)], "paper", 1.5))
        if width_of(str(number), SMALL) + 8 <= length:
            is_dark = kind.weight > 0.6 and kind.ink != "rule"
            ink: Ink = "paper" if is_dark else "ink"
            marks.append(Text(x + length / 2, top + BAR - 5, str(number), "middle", SMALL, ink))
        x += length
    return marks


def _names(row: Stack, kinds: Sequence[Kind], begin: float, room: float) -> list[Mark]:
    """The kinds' names above the bars, from the left, on two lines where they would meet."""
    whole = sum(row.numbers) or 1
    marks: list[Mark] = []
    free = [-1e9, -1e9]
    x = begin
    for kind, number in zip(kinds, row.numbers, strict=True):
        length = room * number / whole
        wide = width_of(kind.label, SMALL)
        if number:
            left = min(x, begin + room - wide)
            line = 0 if left >= free[0] else 1
            left = max(left, free[line])
            if left + wide <= begin + room + 2:
                free[line] = left + wide + 8
                y = HEAD - 8 - 14 * line
                marks.append(Text(left, y, kind.label, size=SMALL, ink="soft"))
        x += length
    return marks
