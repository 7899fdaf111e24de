"""The tools of a lesson, each on a page of its own that prints on one sheet."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any, NamedTuple

# What follows the lesson's address, before the tool's key.
FOLDER = "verktyg"
# A short tool is printed in larger type: as many lines of so many letters at most.
ROOMY_LINES = 22
LETTERS = 75


class ToolPlace(NamedTuple):
    """A tool as it is stored, and the number of the screen it stands on."""

    screen: int
    stored: Mapping[str, Any]


def find_tool(screens: Iterable[Mapping[str, Any]], key: str) -> ToolPlace | None:
    """The tool with this key in a lesson's screens as they are stored; None for none."""
    for number, screen in enumerate(screens, start=1):
        for block in screen["value"]["content"]:
            if block["type"] == "tool" and block["value"]["key"] == key:
                return ToolPlace(number, block["value"])
    return None


def tool_url(lesson_url: str, key: str) -> str:
    """The address of a tool's page."""
    return f"{lesson_url}{FOLDER}/{key}/"


def is_roomy(tool: Mapping[str, Any]) -> bool:
    """Whether it fits on its sheet in larger type too."""
    lines = [ceil(len(tool["title"]) / LETTERS), ceil(len(tool["when"]) / LETTERS)]
    for section in tool["sections"]:
        lines += [2, *(ceil(len(item) / LETTERS) for item in section["items"])]
    return sum(lines) <= ROOMY_LINES
