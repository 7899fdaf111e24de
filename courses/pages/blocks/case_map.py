"""A case as a drawn map of its paths: its steps in rows by how many choices lead to them."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

BOX_WIDTH, BOX_HEIGHT = 108, 44
GAP_ACROSS, GAP_DOWN, MARGIN = 16, 44, 12
LETTERS = 14  # of a step's text that fit its box
VERDICTS = {"good": "+", "mixed": "±", "poor": "–"}


@dataclass(frozen=True, slots=True)
class Way:
    """A choice in words, and the step it leads to."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class MapStep:
    """A step as the list beside the map says it."""

    name: str
    says: str
    ways: tuple[Way, ...]
    verdict: str  # of an end; "" for others

    @property
    def is_end(self) -> bool:
        """Whether the case ends here."""
        return bool(self.verdict)


def map_steps(steps: Sequence[Mapping[str, Any]]) -> list[MapStep]:
    """The steps in plain words."""
    return [
        MapStep(
            name=str(step["id"]),
            says=" ".join(strip_tags(str(step["text"])).split()),
            ways=tuple(Way(str(one["text"]), str(one["to"])) for one in step.get("choices") or []),
            verdict=VERDICTS.get(step.get("verdict") or "", "•") if step.get("end") else "",
        )
        for step in steps
    ]


def rows_of(start: str | None, steps: Sequence[MapStep]) -> list[list[MapStep]]:
    """The steps by their distance from the start; what no way leads to comes last."""
    by_name = {step.name: step for step in steps}
    distance: dict[str, int] = {}
    waiting = deque([(start or "", 0)])
    while waiting:
        name, far = waiting.popleft()
        if name in by_name and name not in distance:
            distance[name] = far
            waiting.extend((way.to, far + 1) for way in by_name[name].ways)
    last = max(distance.values(), default=-1) + 1
    rows: list[list[MapStep]] = [[] for _row in range(last + 1)]
    for step in steps:
        rows[distance.get(step.name, last)].append(step)
    return [row for row in rows if row]


def drawn_map(start: str | None, steps: Sequence[MapStep], title: str) -> SafeString:
    """The map as SVG. Whatever it says stands in the list beside it too."""
    rows = rows_of(start, steps)
    across = max((len(row) for row in rows), default=1)
    width = across * (BOX_WIDTH + GAP_ACROSS) - GAP_ACROSS + 2 * MARGIN + GAP_ACROSS
    height = len(rows) * (BOX_HEIGHT + GAP_DOWN) - GAP_DOWN + 2 * MARGIN
    places: dict[str, tuple[float, float]] = {}
    for number, row in enumerate(rows):
        wide = len(row) * (BOX_WIDTH + GAP_ACROSS) - GAP_ACROSS
        for at, step in enumerate(row):
            left = (width - wide) / 2 + at * (BOX_WIDTH + GAP_ACROSS)
            places[step.name] = (left, MARGIN + number * (BOX_HEIGHT + GAP_DOWN))
    ways = [
        _way(places[step.name], places[to])
        for step in steps
        for to in dict.fromkeys(way.to for way in step.ways)
        if to in places
    ]
    boxes = [_box(step, *places[step.name], is_start=step.name == start) for step in steps]
    name = escape(gettext("Map of the case %(title)s") % {"title": title})
    # Everything in it is written here, and escaped where it came from somebody.
    return mark_safe(  # nosec B308 B703
        f'<svg class="drawing case-map" viewBox="0 0 {width:g} {height:g}" width="{width:g}"'
        f' height="{height:g}" role="img" aria-label="{name}">{"".join(ways + boxes)}</svg>'
    )


def _box(step: MapStep, left: float, top: float, *, is_start: bool) -> str:
    kind = "accent" if is_start else "ink"
    fill = " fill" if step.is_end else ""
    corner = BOX_HEIGHT / 2 if step.is_end else 4
    middle = left + BOX_WIDTH / 2
    head = f"{step.name} {step.verdict}".strip()
    says = step.says if len(step.says) <= LETTERS else f"{step.says[: LETTERS - 1].rstrip()}…"
    return (
        f'<rect class="{kind}{fill}" x="{left:g}" y="{top:g}" width="{BOX_WIDTH}"'
        f' height="{BOX_HEIGHT}" rx="{corner:g}"/>'
        f'<text class="strong" x="{middle:g}" y="{top + 18:g}">{escape(head)}</text>'
        f'<text class="small" x="{middle:g}" y="{top + 34:g}">{escape(says)}</text>'
    )


def _way(start: tuple[float, float], to: tuple[float, float]) -> str:
    """From the foot of one box to the head of the next; a way back goes round the side."""
    (left, top), (to_left, to_top) = start, to
    x, y = left + BOX_WIDTH / 2, top + BOX_HEIGHT
    if to_top > top:
        end_x, end_y = to_left + BOX_WIDTH / 2, to_top
        middle = (y + end_y) / 2
        line = f"M{x:g} {y:g} C{x:g} {middle:g} {end_x:g} {middle:g} {end_x:g} {end_y:g}"
        head = f"M{end_x - 5:g} {end_y - 8:g} L{end_x:g} {end_y:g} L{end_x + 5:g} {end_y - 8:g}"
        return f'<path class="ink" d="{line}"/><path class="ink" d="{head}"/>'
    if to_top == top and to_left != left:  # below the boxes between them
        end_x, out = to_left + BOX_WIDTH / 2, y + GAP_DOWN * 0.8
        line = f"M{x:g} {y:g} C{x:g} {out:g} {end_x:g} {out:g} {end_x:g} {y:g}"
        head = f"M{end_x - 5:g} {y + 8:g} L{end_x:g} {y:g} L{end_x + 5:g} {y + 8:g}"
        return _back(line, head)
    x, y = left + BOX_WIDTH, top + BOX_HEIGHT / 2
    end_x, end_y = to_left + BOX_WIDTH, to_top + BOX_HEIGHT / 2 + 8
    out = max(x, end_x) + GAP_ACROSS
    line = f"M{x:g} {y:g} C{out:g} {y:g} {out:g} {end_y:g} {end_x:g} {end_y:g}"
    head = f"M{end_x + 8:g} {end_y - 5:g} L{end_x:g} {end_y:g} L{end_x + 8:g} {end_y + 5:g}"
    return _back(line, head)


def _back(line: str, head: str) -> str:
    return (
        f'<path class="accent" stroke-dasharray="5 4" d="{line}"/><path class="accent" d="{head}"/>'
    )
