"""A page's stream as places one can check and lead to, whatever blocks it is made of."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup
from wagtail import blocks

from courses.sources.marks import CITATION

# Elements that hold a sentence of their own.
LINES = ("p", "li", "h2", "h3", "h4", "blockquote")


@dataclass(frozen=True)
class Place:
    """A block or a field of one, with its value as it is stored."""

    path: str
    screen: int
    kind: str  # the block on the screen it belongs to: "text", "note"; "" for the heading
    name: str  # the field, "" for the block itself
    block: blocks.Block
    value: Any
    within: str = ""  # what the editor calls the block it stands in

    @property
    def is_rich(self) -> bool:
        """Whether it is text with mark-up."""
        return isinstance(self.block, blocks.RichTextBlock)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written or chosen."""
        if self.is_rich:
            return not self.soup.get_text(strip=True)
        return not (self.value.strip() if isinstance(self.value, str) else self.value)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """Rich text taken apart."""
        return BeautifulSoup(self.value or "", "html.parser")

    def part(self, name: str) -> "Place":
        """A field of this block."""
        inner = self.block.child_blocks[name]
        value = (self.value or {}).get(name)
        within = str(self.block.label) if self.kind else ""
        return Place(f"{self.path}.{name}", self.screen, self.kind, name, inner, value, within)


def places(stream: blocks.StreamBlock, stored: Any) -> Iterator[Place]:
    """Every block and field of the screens, in order, outer ones before what stands in them.

    `stored` is the plain data of the stream (`citations.as_data`).
    """
    for number, screen in enumerate(stored, start=1):
        block = stream.child_blocks[screen["type"]]
        path = f"body.{screen.get('id') or ''}"
        yield from _inside(Place(path, number, "", "", block, screen["value"]))


def _inside(place: Place) -> Iterator[Place]:
    yield place
    block, value = place.block, place.value
    if isinstance(block, blocks.StructBlock):
        for name in block.child_blocks:
            if isinstance(value, Mapping):
                yield from _inside(place.part(name))
    elif isinstance(block, blocks.StreamBlock):
        for one in value or []:
            inner = block.child_blocks.get(one["type"])
            if inner is not None:
                path = f"{place.path}.{one.get('id') or ''}"
                kind = place.kind or one["type"]
                yield from _inside(Place(path, place.screen, kind, "", inner, one["value"]))
    elif isinstance(block, blocks.ListBlock):
        for one in value or []:
            item = one if isinstance(one, Mapping) and one.get("type") == "item" else {"value": one}
            path = f"{place.path}.{item.get('id') or ''}"
            inner = block.child_block
            yield from _inside(
                Place(path, place.screen, place.kind, place.name, inner, item["value"])
            )


def plain_text(html: str) -> str:
    """Rich text as lines, without what it cites: what reading ease is measured of."""
    return lines_of(CITATION.sub("", html))


def lines_of(html: str) -> str:
    """Rich text as lines: a paragraph, a heading, a point of a list each."""
    soup = BeautifulSoup(html, "html.parser")
    lines = [one.get_text(" ", strip=True) for one in soup.find_all(LINES) if not one.find(LINES)]
    return "\n".join(lines) if lines else soup.get_text(" ", strip=True)


def stored_of(page: Any) -> Any:
    """The stream of a lesson as plain data, of a draft too."""
    body = page.body
    return json.loads(json.dumps(body.stream_block.get_prep_value(body), default=str))
