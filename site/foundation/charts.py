"""Charts drawn on the server as small SVG: ink on whatever paper the page is.

Each chart says its message in its title and its figures in its description, and stands beside a
table with the same figures. It names no colour: lines and bars take that of the text around them,
so that they are read in every theme. No script, no style.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 640
LABEL_WIDTH = 220
VALUE_WIDTH = 60
ROW = 30
TALL = 220
# A letter of the labels, about; what is longer than its place is cut short.
LETTER = 7.2


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a share from 0 to 1, named, with its value in words; `faint` is of less weight."""

    label: str
    share: float
    value: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its name in the page, what it says, and what it shows in words."""

    name: str
    title: str
    description: str
    svg: SafeString


def bars(name: str, title: str, rows: Sequence[Bar]) -> Chart:
    """Lying bars from 0 to 1, each labelled where it is."""
    room = WIDTH - LABEL_WIDTH - VALUE_WIDTH
    drawn = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end" font-size="13" fill="currentColor">{}</text>'
        '<rect x="{}" y="{}" width="{}" height="14" fill="currentColor" fill-opacity="{}"/>'
        '<text x="{}" y="{}" font-size="13" fill="currentColor">{}</text>',
        (
            (
                LABEL_WIDTH - 10,
                at * ROW + 20,
                _short(bar.label),
                LABEL_WIDTH,
                at * ROW + 9,
                round(room * _within(bar.share), 1),
                "0.35" if bar.faint else "0.85",
                LABEL_WIDTH + round(room * _within(bar.share), 1) + 8,
                at * ROW + 20,
                bar.value,
            )
            for at, bar in enumerate(rows)
        ),
    )
    axis = format_html(
        '<line x1="{0}" x2="{0}" y1="4" y2="{1}" stroke="currentColor"/>',
        LABEL_WIDTH,
        len(rows) * ROW + 4,
    )
    described = "; ".join(f"{bar.label}: {bar.value}" for bar in rows)
    return _chart(name, title, described, len(rows) * ROW + 10, drawn + axis)


def columns(name: str, title: str, rows: Sequence[Bar], *, mark: tuple[int, str] | None) -> Chart:
    """Standing bars, the tallest as tall as there is room; `mark` is a line before a column."""
    most = max((bar.share for bar in rows), default=0.0) or 1.0
    step = WIDTH / max(len(rows), 1)
    floor = TALL - 24
    drawn = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="currentColor" fill-opacity="{}"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="12" fill="currentColor">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="12" fill="currentColor">{}</text>',
        (
            (
                round(at * step + step * 0.12, 1),
                round(floor - (floor - 40) * bar.share / most, 1),
                round(step * 0.76, 1),
                round((floor - 40) * bar.share / most, 1),
                "0.35" if bar.faint else "0.85",
                round((at + 0.5) * step, 1),
                TALL - 6,
                bar.label,
                round((at + 0.5) * step, 1),
                round(floor - (floor - 40) * bar.share / most - 6, 1),
                bar.value,
            )
            for at, bar in enumerate(rows)
        ),
    )
    ground = format_html(
        '<line x1="0" x2="{0}" y1="{1}" y2="{1}" stroke="currentColor"/>', WIDTH, floor
    )
    described = "; ".join(f"{bar.label}: {bar.value}" for bar in rows if bar.value)
    return _chart(name, title, described, TALL, drawn + ground + _mark(mark, step, floor))


def _mark(mark: tuple[int, str] | None, step: float, floor: int) -> SafeString:
    if mark is None:
        return SafeString("")
    x = round(mark[0] * step, 1)
    return format_html(
        '<line x1="{0}" x2="{0}" y1="18" y2="{1}" stroke="currentColor" stroke-dasharray="4 3"/>'
        '<text x="{2}" y="14" text-anchor="{3}" font-size="12" fill="currentColor">{4}</text>',
        x,
        floor,
        x - 6 if x > WIDTH / 2 else x + 6,
        "end" if x > WIDTH / 2 else "start",
        mark[1],
    )


def _chart(name: str, title: str, described: str, height: int, drawn: SafeString) -> Chart:
    svg = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {0} {1}" width="{0}" '
        'height="{1}" role="img" aria-labelledby="{2}-title {2}-description" focusable="false">'
        '<title id="{2}-title">{3}</title><desc id="{2}-description">{4}</desc>{5}</svg>',
        WIDTH,
        height,
        name,
        title,
        described,
        drawn,
    )
    return Chart(name, title, described, svg)


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _short(label: str) -> str:
    most = int((LABEL_WIDTH - 14) / LETTER)
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"
