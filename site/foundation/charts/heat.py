"""A grid of cells, each with its words: the tone only repeats what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.charts.chart import WIDE, Chart, laid_out
from foundation.charts.drawing import SMALL, TEXT, Drawing, Line, Mark, Rect, Text, shortened
from foundation.documents.parts import Table

ROW = 30.0
HEAD = 30.0
LABELS, PHONE_LABELS = 0.31, 0.4
TICK = "✓"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says; `part` of the whole (0 to 1) that its tone shows, None where nothing is.

    `is_late`: something in it should have been reached by now.
    """

    text: str
    part: float | None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells."""

    label: str
    cells: Sequence[Cell]
    strong: bool = False


def heat(
    name: str, title: str, described: str, columns: Sequence[str], rows: Sequence[Row], table: Table
) -> Chart:
    """Rows of cells: full ones in ink with a tick, others fainter, late ones with a bar."""

    def draw(width: float) -> Drawing:
        is_wide = width >= WIDE
        begin, size = (
            round(width * (LABELS if is_wide else PHONE_LABELS)),
            TEXT if is_wide else SMALL,
        )
        step = (width - begin) / max(len(columns), 1)
        marks: list[Mark] = [
            Text(begin + (number + 0.5) * step, 18, label, "middle", SMALL, "soft")
            for number, label in enumerate(columns)
        ]
        for number, row in enumerate(rows):
            top = HEAD + number * ROW
            label = shortened(row.label, begin - 6, size)
            marks.append(Text(0, top + 19, label, size=size, strong=row.strong))
            for place, cell in enumerate(row.cells):
                marks += _cell(cell, begin + place * step, top, step)
        return Drawing(width, HEAD + len(rows) * ROW + 2, marks)

    return laid_out(name, title, described, draw, table)


def _cell(cell: Cell, left: float, top: float, step: float) -> list[Mark]:
    middle, base = left + step / 2, top + 19
    if cell.part is None:
        return [Text(middle, base, cell.text, "middle", SMALL, "soft")]
    box = (left + 2, top + 2, step - 4, ROW - 4)
    if cell.part >= 1:
        text = f"{TICK} {cell.text}"
        return [
            Rect(*box, ink="accent"),
            Text(middle, base, text, "middle", SMALL, "paper", strong=True),
        ]
    marks: list[Mark] = [Rect(*box, ink="accent", weight=0.06 + 0.2 * cell.part)]
    if cell.is_late:
        marks.append(Line([(left + 4, top + 2), (left + 4, top + ROW - 2)], "late", 4))
    marks.append(Text(middle, base, cell.text, "middle", SMALL, "late" if cell.is_late else "ink"))
    return marks
