"""Places for each district's own routine."""

from typing import Any

from courses.modules.blocks.source import BlockSource, key_of


def local(source: BlockSource) -> dict[str, Any]:
    """What is written there is no part of the files."""
    fields = source.fields
    return {
        "key": key_of(fields),
        "title": fields.text("title", longest=120),
        "prompt": fields.text("prompt"),
    }
