"""Shares over time: one unit's line towards its goal, and small lines of many units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.charts.axes import Days, Frame, share_axis
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
    at,
    shortened,
    width_of,
)
from foundation.components.numbers import percent
from foundation.documents.parts import Table

TALL = 260.0
SMALL_TALL = 64.0
SPARK = (96.0, 24.0)
# Labels at the right end, and how far apart they must stand.
END_ROOM, APART = 150.0, 16.0


class At(NamedTuple):
    """A share (0 to 100) on a day."""

    day: date
    share: float


@dataclass(frozen=True, slots=True)
class Way:
    """A line through points in order of their days; the last one is labelled."""

    label: str
    points: Sequence[At]
    ink: Ink = "accent"


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a line should be, by when; and where it will be (`foretold`), or between what."""

    share: float
    label: str
    by: date | None = None
    by_label: str = ""
    foretold: float | None = None
    between: tuple[float, float] | None = None


def trend(
    name: str,
    title: str,
    described: str,
    ways: Sequence[Way],
    *,
    goal: Goal | None,
    table: Table,
) -> Chart:
    """Lines over days, the first one strong, with the goal and its day, and the way there dotted.

    A goal further away than the lines are long is named, not drawn: it would leave no room for
    what has happened.
    """
    drawn = [way for way in ways if way.points]

    def draw(width: float) -> Drawing:
        wanted = [width_of(_end_text(way), TEXT) for way in drawn]
        frame = Frame(44, 22, width - min(max(wanted, default=0.0) + 18, END_ROOM), TALL - 28)
        days = _days(frame, drawn, goal)
        marks = [*share_axis(frame), *days.axis()]
        if goal is not None:
            marks += _goal(frame, days, goal)
        ends: list[tuple[float, str, Ink]] = []
        for number, way in enumerate(drawn):
            marks.append(_line(frame, days, way, 2.5 if number == 0 else 1.5))
            last = way.points[-1]
            marks.append(Dot(days.x(last.day), frame.y(last.share), ink=way.ink))
            ends.append((frame.y(last.share), _end_text(way), way.ink))
        if goal is not None and goal.foretold is not None and goal.by and drawn:
            foretold = _foretold(frame, days, drawn[0], goal)
            if foretold:
                # The line goes on: its name stands above it.
                last, (y, text, ink) = drawn[0].points[-1], ends.pop(0)
                over = Text(days.x(last.day) - 6, y - 9, text, "end", ink=ink, strong=True)
                marks += [*foretold, over]
        x = max((days.x(way.points[-1].day) for way in drawn), default=frame.right) + 8
        marks += _end_labels(ends, x, width - x)
        return Drawing(width, TALL, marks)

    return laid_out(name, title, described, draw, table)


@dataclass(frozen=True, slots=True)
class Small:
    """One of many small lines; `said` stands at its end."""

    way: Way
    said: str
    is_late: bool = False


def multiples(
    name: str,
    title: str,
    described: str,
    rows: Sequence[Small],
    *,
    beside: Way | None,
    goal: float | None,
    table: Table,
) -> Chart:
    """A small line for each unit, all on one scale, with the same line (`beside`) faint in each."""

    def draw(width: float) -> Drawing:
        across = 4 if width >= WIDE else 2
        step = width / across
        high = SMALL_TALL + 44
        known = [one.way for one in rows if one.way.points]
        marks: list[Mark] = []
        for number, one in enumerate(rows):
            left, top = number % across * step, number // across * high
            frame = Frame(left, top + 22, left + step - 54, top + 22 + SMALL_TALL)
            days = _days(frame, [*known, *([beside] if beside else [])], None)
            marks.append(Text(left, top + 14, shortened(one.way.label, step - 12), strong=True))
            marks.append(Line([(frame.left, frame.bottom), (frame.right, frame.bottom)], "rule"))
            if goal is not None:
                y = frame.y(goal)
                marks.append(Line([(frame.left, y), (frame.right, y)], "soft", dashes="2 3"))
            if beside and beside.points:
                marks.append(_line(frame, days, beside, 1.5))
            ink: Ink = "late" if one.is_late else one.way.ink
            if one.way.points:
                last = one.way.points[-1]
                marks.append(_line(frame, days, Way("", one.way.points, ink), 2))
                marks.append(Dot(days.x(last.day), frame.y(last.share), 3, ink))
                y = min(max(frame.y(last.share) + 4, frame.top + 8), frame.bottom)
                marks.append(Text(frame.right + 7, y, one.said, ink=ink, strong=True))
        lines = -(-len(rows) // across)
        return Drawing(width, max(lines, 1) * high, marks)

    return laid_out(name, title, described, draw, table)


def spark(points: Sequence[At], goal: float | None) -> SafeString:
    """A line as large as a word, beside words that say the same; empty without two points."""
    if len(points) < 2:
        return SafeString("")
    width, height = SPARK
    frame = Frame(2, 3, width - 5, height - 3)
    days = Days(frame, points[0].day, points[-1].day)
    way = " ".join(f"{at(days.x(one.day))},{at(frame.y(one.share))}" for one in points)
    line = (
        format_html(
            '<line class="ink-soft" x1="{}" x2="{}" y1="{}" y2="{}" stroke="currentColor" '
            'stroke-dasharray="2 3"/>',
            *map(at, (frame.left, frame.right, frame.y(goal), frame.y(goal))),
        )
        if goal is not None
        else ""
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true" '
        'focusable="false">{2}<polyline points="{3}" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linejoin="round"/><circle cx="{4}" cy="{5}" r="2.75" '
        'fill="currentColor"/></svg>',
        at(width),
        at(height),
        line,
        way,
        at(days.x(points[-1].day)),
        at(frame.y(points[-1].share)),
    )


def _end_text(way: Way) -> str:
    return f"{percent(int(way.points[-1].share))} {way.label}".strip()


def _days(frame: Frame, ways: Sequence[Way], goal: Goal | None) -> Days:
    everything = [one.day for way in ways for one in way.points]
    if not everything:
        return Days(frame, date.min, date.min)
    first, last = min(everything), max(everything)
    if goal and goal.by and last < goal.by <= last + max(last - first, last - last):
        last = goal.by
    return Days(frame, first, last)


def _line(frame: Frame, days: Days, way: Way, width: float) -> Line:
    places = [(days.x(one.day), frame.y(one.share)) for one in way.points]
    return Line(places, way.ink, width)


def _goal(frame: Frame, days: Days, goal: Goal) -> list[Mark]:
    y = frame.y(goal.share)
    marks: list[Mark] = [
        Line([(frame.left, y), (frame.right, y)], "soft", dashes="5 4"),
        Text(frame.left + 4, y - 5, goal.label, size=SMALL, ink="soft"),
    ]
    if goal.by and days.first < goal.by <= days.last:
        x = days.x(goal.by)
        anchored = "end" if x > frame.left + frame.width / 2 else "start"
        marks += [
            Line([(x, frame.top - 8), (x, frame.bottom)], "soft", dashes="1 3"),
            Text(x, frame.top - 11, goal.by_label, anchored, SMALL, "soft"),  # type: ignore[arg-type]
        ]
    return marks


def _foretold(frame: Frame, days: Days, way: Way, goal: Goal) -> list[Mark]:
    last = way.points[-1]
    if goal.by is None or goal.foretold is None or not last.day < goal.by <= days.last:
        return []
    x, y = days.x(goal.by), frame.y(goal.foretold)
    line = Line([(days.x(last.day), frame.y(last.share)), (x, y)], way.ink, 1.5, "2 4")
    return [*_fan(frame, days, last, goal, way.ink), line, Dot(x, y, 3, way.ink, hollow=True)]


def _fan(frame: Frame, days: Days, last: At, goal: Goal, ink: Ink) -> list[Mark]:
    """Where the line may come to lie: two thin lines, and an upright one between their ends."""
    if goal.by is None or goal.between is None:
        return []
    start, x = (days.x(last.day), frame.y(last.share)), days.x(goal.by)
    low, high = (frame.y(share) for share in goal.between)
    edges: list[Mark] = [Line([start, (x, y)], ink, 0.75) for y in (low, high)]
    return [*edges, Line([(x, low), (x, high)], ink, 3)]


def _end_labels(ends: list[tuple[float, str, Ink]], x: float, room: float) -> list[Mark]:
    """The lines' names at their ends, moved apart where they would lie on each other."""
    marks: list[Mark] = []
    free = 0.0
    for y, text, ink in sorted(ends):
        placed = max(y + 4, free)
        free = placed + APART
        size = TEXT if width_of(text) <= room else SMALL
        shown = shortened(text, room, size)
        marks.append(Text(x, placed, shown, size=size, ink=ink, strong=ink == "accent"))
    return marks
