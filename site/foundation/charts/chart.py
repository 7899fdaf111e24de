"""A chart: its message, what it shows in words, its figures as a table, and the drawing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from foundation.charts.drawing import Drawing
from foundation.documents.parts import Table

# Widths a chart is laid out for: a page or a sheet, and a phone. The narrow one is as wide as a
# screen of 360 px has room for, so that a label of 13 px is never under 11 on one of 320.
WIDE = 640.0
PHONE = 328.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. `name` is its own in the page; `title` says what it comes to.

    `wide` and `narrow` are the same drawing laid out for a page and for a phone.
    """

    name: str
    title: str
    described: str
    wide: Drawing
    narrow: Drawing
    table: Table

    @property
    def svg(self) -> SafeString:
        """For a page: both layouts, of which the style sheet shows the one there is room for."""
        wide = self.wide.on_page(self.name, self.title, self.described, "chart--wide")
        narrow = self.narrow.on_page(
            f"{self.name}-narrow", self.title, self.described, "chart--narrow"
        )
        return SafeString(wide + narrow)  # nosec B703

    def standalone(self) -> SafeString:
        """For a file: with inks, fonts and sizes of its own, on white paper."""
        return self.wide.standalone(self.name, self.title, self.described)


def laid_out(
    name: str,
    title: str,
    described: str,
    draw: Callable[[float], Drawing],
    table: Table,
) -> Chart:
    """A chart whose drawing is laid out for the width it gets."""
    return Chart(name, title, described, draw(WIDE), draw(PHONE), table)
