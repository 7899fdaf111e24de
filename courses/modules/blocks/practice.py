"""Blocks that show how."""

from typing import Any

from courses.modules.blocks.source import BlockSource


def sayings(source: BlockSource) -> dict[str, Any]:
    """Pairs of sentences."""
    pairs = []
    for one in source.fields.mappings("pairs"):
        pairs.append(
            {
                "dont": one.text("dont"),
                "do": one.text("do"),
                "why": one.text("why", needed=False),
            }
        )
        one.done()
    return {"title": source.fields.text("title", longest=120), "pairs": pairs}


def steps(source: BlockSource) -> dict[str, Any]:
    """A procedure."""
    items = []
    for one in source.fields.mappings("items"):
        text = source.html(one, "text", needed=False)
        items.append({"title": one.text("title", longest=120), "text": text})
        one.done()
    return {"title": source.fields.text("title", longest=120), "items": items}
