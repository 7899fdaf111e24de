"""A funnel: shares by the size of what they are of, within what chance alone can do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from foundation.charts.axes import Frame, share_axis
from foundation.charts.chart import WIDE, Chart, laid_out
from foundation.charts.drawing import (
    SMALL,
    TEXT,
    Dot,
    Drawing,
    Ink,
    Line,
    Mark,
    Text,
    shortened,
    width_of,
)
from foundation.components.numbers import number
from foundation.documents.parts import Table

TALL = 380.0
HALO = 4.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A group: its size, its share (0 to 100), and whether it lies outside the limits."""

    label: str
    size: int
    share: float
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A pair of curves: points (size, lower, upper), shares of 0 to 100."""

    label: str
    points: Sequence[tuple[int, float, float]]
    dashes: str = ""


def funnel(
    name: str,
    title: str,
    described: str,
    spots: Sequence[Spot],
    *,
    middle: tuple[float, str],
    limits: Sequence[Limit],
    axis: str,
    table: Table,
) -> Chart:
    """Spots within curves around the share in the `middle`; those outside are named first.

    `axis` says what the sizes are of.
    """
    most = max((point[0] for limit in limits for point in limit.points), default=1)

    def draw(width: float) -> Drawing:
        frame = Frame(44, 16, width - 12, TALL - 44)

        def x(size: float) -> float:
            return frame.x(size / most)

        marks: list[Mark] = [*share_axis(frame, (0, 25, 50, 75, 100)), *_sizes(frame, most, axis)]
        y = frame.y(middle[0])
        marks.append(Line([(frame.left, y), (frame.right, y)], "accent", 1.5))
        for limit in limits:
            for side in (1, 2):
                curve = [(x(point[0]), frame.y(point[side])) for point in limit.points]
                marks.append(Line(curve, "soft", 1.2, limit.dashes))
        labels = _Labels(frame)
        # On the left, where groups are few.
        labels.take(frame.left + 6, y - 6, middle[1], "accent", is_end=False)
        for place, limit in enumerate(limits):
            if limit.points:
                size, lower, upper = limit.points[-1]
                # In turn at the lower and the upper curve: side by side they lie too close.
                beside = frame.y(upper if place % 2 else lower) - 5
                labels.take(x(size) - 2, beside, limit.label, "soft", is_end=True)
        for spot in spots:
            labels.block(x(spot.size), frame.y(spot.share))
            where = x(spot.size), frame.y(spot.share)
            marks.append(
                Dot(*where, 5.5, "accent") if spot.is_outside else Dot(*where, 4, hollow=True)
            )
        for spot in sorted(spots, key=lambda one: not one.is_outside):
            if spot.is_outside or width >= WIDE:
                labels.beside(x(spot.size), frame.y(spot.share), spot.label, must=spot.is_outside)
        return Drawing(width, TALL, [*marks, *labels.marks])

    return laid_out(name, title, described, draw, table)


def _sizes(frame: Frame, most: int, axis: str) -> list[Mark]:
    step = next(
        one * 10**power for power in range(7) for one in (1, 2, 5) if most <= 6 * one * 10**power
    )
    marks: list[Mark] = []
    for size in range(0, most + 1, step):
        x = frame.x(size / most)
        marks.append(Line([(x, frame.bottom), (x, frame.bottom + 4)], "soft"))
        anchored = "middle" if 0 < size < most else "end" if size else "start"
        marks.append(
            Text(x, frame.bottom + 17, number(size), anchored, SMALL, "soft")  # type: ignore[arg-type]
        )
    marks.append(Text(frame.right, frame.bottom + 36, axis, "end", SMALL, "soft"))
    return marks


class _Labels:
    """Labels, none on another or on a spot."""

    def __init__(self, frame: Frame) -> None:
        self.marks: list[Mark] = []
        self._frame = frame
        self._taken: list[tuple[float, float, float, float]] = []

    def block(self, x: float, y: float) -> None:
        """Nothing is written on the spot here."""
        self._taken.append((x - 6, y - 6, x + 6, y + 6))

    def take(self, x: float, y: float, text: str, ink: Ink, *, is_end: bool) -> None:
        """Write it here, whatever is there."""
        wide = width_of(text, SMALL)
        left = x - wide if is_end else x
        self._taken.append((left, y - 10, left + wide, y + 3))
        self._write(Text(x, y, text, "end" if is_end else "start", SMALL, ink))

    def beside(self, x: float, y: float, text: str, *, must: bool) -> None:
        """Beside a spot, where there is room; one that `must` be there, always."""
        size = TEXT if must else SMALL
        shown = shortened(text, self._frame.width * 0.5, size)
        wide = width_of(shown, size)
        places = [
            (left, base)
            for base in (y + 4, y - 9, y + 19, y - 22, y + 32)
            for left in (x + 9, x - 9 - wide)
        ]
        places += [(x - wide / 2, y - 11), (x - wide / 2, y + 21)]
        inside = [
            place
            for place in places
            if self._frame.left + 2 <= place[0] and place[0] + wide <= self._frame.right
        ]
        free = [place for place in inside if self._is_free(*place, wide)]
        if not free and not must:
            return
        left, base = (free or inside or places)[0]
        self._taken.append((left, base - 11, left + wide, base + 3))
        ink: Ink = "accent" if must else "soft"
        self._write(Text(left, base, shown, size=size, ink=ink, strong=must))

    def _write(self, text: Text) -> None:
        """No curve goes through a word: the paper is drawn around it first."""
        self.marks += [replace(text, ink="paper", outline=HALO), text]

    def _is_free(self, left: float, base: float, wide: float) -> bool:
        top, right, bottom = base - 11, left + wide, base + 3
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in self._taken
        )
