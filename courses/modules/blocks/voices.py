"""Conversations and quotations."""

from typing import Any

from courses.modules.blocks.source import BlockSource, judge_number
from courses.pages.blocks import voices


def dialogue(source: BlockSource) -> dict[str, Any]:
    """A conversation, line by line."""
    fields = source.fields
    lines = []
    for one in fields.mappings("lines"):
        lines.append(
            {
                "who": one.text("who", longest=voices.LONGEST_NAME),
                "says": one.text("says"),
                "note": one.text("note", needed=False),
            }
        )
        one.done()
    judge_number(fields, "lines", lines, voices.LINES)
    return {
        "title": fields.text("title", longest=120),
        "lines": lines,
        "after": source.html(fields, "after", needed=False),
    }


def quote(source: BlockSource) -> dict[str, Any]:
    """A source's own words."""
    fields = source.fields
    return {
        "text": source.html(fields, "text"),
        "who": fields.text("who", needed=False, longest=200),
    }
