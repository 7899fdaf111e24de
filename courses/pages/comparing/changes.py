"""What differs between two versions of the screens, as plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail import blocks

from courses.pages.checks.places import Place, lines_of, places

# Fields that only tie a block together.
UNSEEN = ("key", "id")


@dataclass(frozen=True, slots=True)
class Change:
    """A field that reads otherwise, with what it was and what it is; "" where it was not."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class ScreenChange:
    """A screen that is new, gone, moved or changed; its number before and after, 0 for none."""

    heading: str
    before: int
    after: int
    changes: list[Change] = field(default_factory=list)
    moved: bool = False


def screen_changes(stream: blocks.StreamBlock, old: Any, new: Any) -> list[ScreenChange]:
    """Every screen that is not as it was, in the order of the new version, then those gone."""
    before, after = _by_screen(stream, old), _by_screen(stream, new)
    stayed = [key for key in after if key in before]
    order = [key for key in before if key in after]
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = _number(before.get(key)), _number(after.get(key))
        # A screen that only makes room for others has not moved.
        overtaken = key in order and order.index(key) != stayed.index(key)
        one = ScreenChange(
            heading=_heading(after.get(key) or before[key]),
            before=was,
            after=now,
            changes=list(_changes(before.get(key, {}), after.get(key, {}))),
            moved=overtaken and was != now,
        )
        if one.changes or one.moved or not (one.before and one.after):
            found.append(one)
    return found


def _by_screen(stream: blocks.StreamBlock, stored: Any) -> dict[str, dict[str, Place]]:
    screens: dict[str, dict[str, Place]] = {}
    for place in places(stream, stored):
        key = ".".join(place.path.split(".")[:2])
        screens.setdefault(key, {})[place.path] = place
    return screens


def _number(screen: Mapping[str, Place] | None) -> int:
    return next(iter(screen.values())).screen if screen else 0


def _heading(screen: Mapping[str, Place]) -> str:
    return next((str(one.value) for one in screen.values() if one.name == "heading"), "")


def _changes(before: Mapping[str, Place], after: Mapping[str, Place]) -> Iterator[Change]:
    for path in [*after, *(path for path in before if path not in after)]:
        place = after.get(path) or before[path]
        if not _is_leaf(place):
            continue
        was, now = (said(one[path]) if path in one else "" for one in (before, after))
        if was != now:
            yield Change(_label(place), was, now)


def _is_leaf(place: Place) -> bool:
    inner = (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock, blocks.StaticBlock)
    return place.name not in UNSEEN and not isinstance(place.block, inner)


def _label(place: Place) -> str:
    own = str(place.block.label or place.name)
    return f"{place.within}: {own}" if place.within and place.within != own else own


def said(place: Place) -> str:
    """A field's value as one reads it."""
    block, value = place.block, place.value
    if place.is_rich:
        return lines_of(value or "")
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(block.field.choices).get(value, value or ""))
    if isinstance(block, blocks.BooleanBlock):
        return "✓" if value else ""
    if isinstance(block, blocks.ChooserBlock):
        return str(block.to_python(value) or "") if value else ""
    return "" if value is None else str(value)
