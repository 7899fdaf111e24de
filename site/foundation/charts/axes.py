"""Axes of shares and of days: where a value stands, and the quiet lines behind it."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as date_format

from foundation.charts.drawing import SMALL, Line, Mark, Text, width_of
from foundation.components.numbers import percent


@dataclass(frozen=True, slots=True)
class Frame:
    """The box a chart's values are drawn in."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From side to side."""
        return self.right - self.left

    def y(self, share: float) -> float:
        """Where a share of 0 to 100 stands."""
        return self.bottom - (self.bottom - self.top) * min(max(share, 0.0), 100.0) / 100

    def x(self, part: float) -> float:
        """Where a part of the way, 0 to 1, stands."""
        return self.left + self.width * part


def share_axis(frame: Frame, steps: tuple[int, ...] = (0, 50, 100)) -> list[Mark]:
    """Lines across at these shares, each with its number before it."""
    marks: list[Mark] = []
    for share in steps:
        y = frame.y(share)
        marks.append(Line([(frame.left, y), (frame.right, y)], "rule" if share else "soft"))
        marks.append(Text(frame.left - 6, y + 4, percent(share), "end", SMALL, "soft"))
    return marks


class Days:
    """A stretch of days laid along a frame."""

    def __init__(self, frame: Frame, first: date, last: date) -> None:
        self.frame, self.first, self.last = frame, first, last
        self._span = max((last - first).days, 1)

    def x(self, day: date) -> float:
        """Where a day stands."""
        return self.frame.x((day - self.first).days / self._span)

    def axis(self) -> list[Mark]:
        """Months, or years where they are many, as many as there is room for."""
        ticks = self._ticks()
        marks: list[Mark] = []
        free = self.frame.left - 20
        for day, label in ticks:
            x = self.x(day)
            half = width_of(label, SMALL) / 2
            inside = min(max(x, self.frame.left + half), self.frame.right - half)
            if inside - half < free:
                continue
            free = inside + half + 10
            bottom = self.frame.bottom
            marks.append(Line([(x, bottom), (x, bottom + 4)], "soft"))
            marks.append(Text(inside, bottom + 17, label, "middle", SMALL, "soft"))
        return marks

    def _ticks(self) -> list[tuple[date, str]]:
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        if months < 1:
            return [(day, date_format(day, "j b")) for day in (self.first, self.last)]
        step = next((one for one in (1, 2, 3, 6, 12) if months / one <= 7), 12)
        ticks: list[tuple[date, str]] = []
        for number in range(months + 1):
            year, month = divmod(self.first.year * 12 + self.first.month - 1 + number, 12)
            day = date(year, month + 1, 1)
            if not self.first <= day <= self.last or month % step:
                continue
            label = date_format(day, "b")
            is_new = not ticks or month == 0
            ticks.append((day, f"{label} {year}" if is_new else label))
        return ticks
