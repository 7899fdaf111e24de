"""Bars of shares: lying, each labelled where it is, or standing in a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext

from foundation.charts.chart import Chart, laid_out
from foundation.charts.drawing import SMALL, TEXT, Drawing, Line, Mark, Rect, Text, shortened
from foundation.documents.parts import Column, Table

ROW = 30.0
TALL = 220.0
VALUE_WIDTH = 60.0
# The labels' part of the width.
LABELS = 0.34
STRONG, FAINT = 0.85, 0.35
OVER, UNDER = 40.0, 24.0  # room above and below standing bars


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a share from 0 to 1, named, with its value in words; `faint` is of less weight."""

    label: str
    share: float
    value: str
    faint: bool = False


def bars(name: str, title: str, rows: Sequence[Bar], *, table: Table | None = None) -> Chart:
    """Lying bars from 0 to 1, each labelled where it is."""

    def draw(width: float) -> Drawing:
        begin = round(width * LABELS)
        room = width - begin - VALUE_WIDTH
        marks: list[Mark] = []
        for number, bar in enumerate(rows):
            base = number * ROW + 20
            length = room * _within(bar.share)
            marks += [
                Text(begin - 10, base, shortened(bar.label, begin - 14), "end"),
                Rect(begin, base - 11, length, 14, weight=FAINT if bar.faint else STRONG),
                Text(begin + length + 8, base, bar.value),
            ]
        marks.append(Line([(begin, 4), (begin, len(rows) * ROW + 4)]))
        return Drawing(width, len(rows) * ROW + 10, marks)

    return laid_out(name, title, _said(rows), draw, table or _table(title, rows))


def columns(
    name: str,
    title: str,
    rows: Sequence[Bar],
    *,
    mark: tuple[int, str] | None,
    table: Table | None = None,
) -> Chart:
    """Standing bars, the tallest as tall as there is room; `mark` is a line before a column."""
    most = max((bar.share for bar in rows), default=0.0) or 1.0

    def draw(width: float) -> Drawing:
        step, floor = width / max(len(rows), 1), TALL - UNDER
        marks: list[Mark] = []
        for number, bar in enumerate(rows):
            height = (floor - OVER) * bar.share / most
            middle, weight = (number + 0.5) * step, FAINT if bar.faint else STRONG
            marks += [
                Rect(middle - step * 0.38, floor - height, step * 0.76, height, weight=weight),
                Text(middle, TALL - 6, bar.label, "middle", SMALL),
                Text(middle, floor - height - 6, bar.value, "middle", SMALL),
            ]
        marks.append(Line([(0, floor), (width, floor)]))
        if mark is not None:
            x = mark[0] * step
            is_right = x > width / 2
            marks += [
                Line([(x, 18), (x, floor)], dashes="4 3"),
                Text(
                    x + (-6 if is_right else 6), 14, mark[1], "end" if is_right else "start", TEXT
                ),
            ]
        return Drawing(width, TALL, marks)

    said = [bar for bar in rows if bar.value]
    return laid_out(name, title, _said(said), draw, table or _table(title, rows))


def _said(rows: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.label}: {bar.value}" for bar in rows)


def _table(title: str, rows: Sequence[Bar]) -> Table:
    heads = [Column(pgettext("chart", "What")), Column(pgettext("chart", "Value"))]
    return Table(title, heads, [(bar.label, bar.value) for bar in rows])


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
