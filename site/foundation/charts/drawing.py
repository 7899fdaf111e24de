"""What a chart is drawn of: a few marks in a few inks, written as plain SVG 1.1.

On a page the inks are those of the page (static/css/charts.css), in every theme and on paper; in
a file of its own they are the tokens' on white paper (tests/foundation/charts hold them together).
No script, no style, no text that a hostile label could get out of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

Ink = Literal["ink", "soft", "rule", "accent", "due", "late", "paper"]
Anchor = Literal["start", "middle", "end"]

# The light theme's tokens (static/css/tokens.css), for what leaves the page.
ON_PAPER: dict[Ink, str] = {
    "ink": "#1c1a17",
    "soft": "#4c473f",
    "rule": "#d9d0c0",
    "accent": "#0b4a53",
    "due": "#7a4e00",
    "late": "#8f2b18",
    "paper": "#ffffff",
}
# What the reader has of these; the last but one is what our own PDF files are set in.
FONTS = "Source Sans 3, Source Sans, Libertinus Serif, sans-serif"
TEXT = 13.0
SMALL = 11.5
# Widths of letters as parts of their size, about: nothing here can measure a font.
NARROW, MIDDLING, WIDE = 0.3, 0.53, 0.82
NARROW_LETTERS = frozenset("fijlrtI.,:;'!|()[] \u00a0")
WIDE_LETTERS = frozenset("mwMWÅÄÖOQG%@—")


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled box. `weight`: how strong its ink is, 0 to 1; `outline`: drawn around it instead."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink = "ink"
    weight: float = 1.0
    outline: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: Sequence[tuple[float, float]]
    ink: Ink = "ink"
    width: float = 1.0
    dashes: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot; a hollow one is a ring."""

    x: float
    y: float
    radius: float = 3.5
    ink: Ink = "ink"
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `y` is the line it stands on, `outline` how wide its ink goes around it."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    size: float = TEXT
    ink: Ink = "ink"
    strong: bool = False
    outline: float = 0


Mark = Rect | Line | Dot | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks on a sheet, the first lowest. Sizes are CSS pixels as long as there is room."""

    width: float
    height: float
    marks: Sequence[Mark]

    def on_page(self, name: str, title: str, described: str, kind: str = "") -> SafeString:
        """As it stands in a page: in the inks of the text around it."""
        return self._svg(name, title, described, f"chart {kind}".strip(), standalone=False)

    def standalone(self, name: str, title: str, described: str) -> SafeString:
        """As a file of its own: its inks, fonts and sizes are in it."""
        return self._svg(name, title, described, "", standalone=True)

    def _svg(
        self, name: str, title: str, described: str, classes: str, *, standalone: bool
    ) -> SafeString:
        write = _written_alone if standalone else _written
        look = (
            format_html('font-family="{}"', FONTS)
            if standalone
            else format_html('class="{}" focusable="false"', classes)
        )
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" {0} viewBox="0 0 {1} {2}" width="{1}" '
            'height="{2}" role="img" aria-labelledby="{3}-title {3}-description">'
            '<title id="{3}-title">{4}</title><desc id="{3}-description">{5}</desc>{6}</svg>',
            look,
            at(self.width),
            at(self.height),
            name,
            title,
            described,
            SafeString("".join(map(write, self.marks))),  # nosec B703
        )


def width_of(text: str, size: float = TEXT) -> float:
    """About as wide as the text will be."""
    parts = (
        NARROW if one in NARROW_LETTERS else WIDE if one in WIDE_LETTERS else MIDDLING
        for one in text
    )
    return sum(parts) * size


def shortened(text: str, room: float, size: float = TEXT) -> str:
    """The text, or as much of it as there is room for."""
    if width_of(text, size) <= room:
        return text
    cut = text
    while cut and width_of(f"{cut.rstrip()}…", size) > room:
        cut = cut[:-1]
    return f"{cut.rstrip()}…"


def at(value: float) -> str:
    """A coordinate, no longer than it has to be."""
    return f"{value + 0.0:.1f}".removesuffix(".0")


def _written(mark: Mark) -> str:
    of = "" if mark.ink == "ink" else f' class="ink-{mark.ink}"'
    return _mark(mark, of, "currentColor")


def _written_alone(mark: Mark) -> str:
    return _mark(mark, "", ON_PAPER[mark.ink])


def _mark(mark: Mark, of: str, ink: str) -> str:
    """A chart has hundreds, so they are put together plainly: all but a text is ours."""
    match mark:
        case Rect():
            look = (
                f'fill="none" stroke="{ink}"'
                if mark.outline
                else f'fill="{ink}" fill-opacity="{mark.weight:g}"'
            )
            return (
                f'<rect{of} x="{at(mark.x)}" y="{at(mark.y)}" width="{at(mark.width)}" '
                f'height="{at(mark.height)}" {look}/>'
            )
        case Line():
            points = " ".join(f"{at(x)},{at(y)}" for x, y in mark.points)
            dashes = f' stroke-dasharray="{mark.dashes}"' if mark.dashes else ""
            return (
                f'<polyline{of} points="{points}" fill="none" stroke="{ink}" '
                f'stroke-width="{mark.width:g}" stroke-linejoin="round"{dashes}/>'
            )
        case Dot():
            look = (
                f'fill="none" stroke="{ink}" stroke-width="1.5"' if mark.hollow else f'fill="{ink}"'
            )
            return f'<circle{of} cx="{at(mark.x)}" cy="{at(mark.y)}" r="{at(mark.radius)}" {look}/>'
        case Text():
            strong = ' font-weight="600"' if mark.strong else ""
            if mark.outline:
                strong += f' stroke="{ink}" stroke-width="{mark.outline:g}" stroke-linejoin="round"'
            return (
                f'<text{of} x="{at(mark.x)}" y="{at(mark.y)}" text-anchor="{mark.anchor}" '
                f'font-size="{mark.size:g}"{strong} fill="{ink}">{escape(mark.text)}</text>'
            )
