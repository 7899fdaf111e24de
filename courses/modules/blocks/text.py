"""Notes, and the pointer to support."""

from typing import Any

from courses.modules.blocks.source import BlockSource
from courses.pages.blocks.text import NOTE_KINDS


def note(source: BlockSource) -> dict[str, Any]:
    """A text beside the text; its text stands below a line ---."""
    fields = source.fields
    return {
        "kind": fields.choice("kind", [kind for kind, _label in NOTE_KINDS]),
        "title": fields.text("title", longest=120),
        "text": source.html(fields, "text"),
    }


def support(_source: BlockSource) -> None:
    """Has nothing of its own."""
    return
