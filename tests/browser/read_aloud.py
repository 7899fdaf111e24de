"""A page as a screen reader has it: what its accessibility tree says of headings, places, names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml
from playwright.sync_api import Page

# `role "name" [level=2]`, as the tree's YAML has a node.
NODE = re.compile(r'^(?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?(?P<more>.*)$')
# The quick one, where PyYAML has it; both make nothing but plain values.
READ = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LANDMARKS = {"banner", "main", "contentinfo"}
# What one can do something with, or what stands for something seen: each says what it is.
NAMED = {"button", "checkbox", "combobox", "img", "link", "radio", "slider", "spinbutton"}
NAMED |= {"textbox", "searchbox", "table", "dialog", "progressbar", "meter"}


@dataclass(frozen=True)
class Part:
    """A node of the tree."""

    role: str
    name: str
    level: int


def parts(page: Page) -> list[Part]:
    """The page's nodes in the order they are read."""
    return list(_parts(yaml.load(page.locator("body").aria_snapshot(), READ)))


def _parts(tree: Any) -> Iterator[Part]:
    """A node is a text, or a mapping from one to its words or to the nodes within."""
    for node in tree if isinstance(tree, list) else [tree]:
        if isinstance(node, dict):
            for said, within in node.items():
                yield from _part(said, within if isinstance(within, str) else "")
                if not isinstance(within, str):
                    yield from _parts(within)
        else:
            yield from _part(str(node), "")


def _part(said: str, words: str) -> Iterator[Part]:
    found = NODE.match(said)
    if found:
        level = re.search(r"\[level=(\d)\]", found["more"])
        yield Part(found["role"], found["name"] or words, int(level[1]) if level else 0)


def faults(page: Page) -> list[str]:
    """What would leave somebody who listens to the page lost; nothing on a good page."""
    read = parts(page)
    told = []
    for role in sorted(LANDMARKS):
        count = sum(part.role == role for part in read)
        if count != 1:
            told.append(f"{count} × {role}")
    headings = [part for part in read if part.role == "heading"]
    levels = [part.level for part in headings]
    if levels.count(1) != 1:
        told.append(f"{levels.count(1)} headings of the first level")
    told += [
        f"heading {after.name!r} of level {after.level} below one of level {before.level}"
        for before, after in pairwise(headings)
        if after.level > before.level + 1
    ]
    told += [
        f"{part.role} without a name"
        for part in read
        if part.role in NAMED | {"heading"} and not part.name
    ]
    places = [part for part in read if part.role == "navigation"]
    if len(places) > 1 and len({part.name for part in places}) < len(places):
        told.append("places to navigate in with the same name")
    return told
