"""Figures: a file of images/ and what it says."""

from typing import Any

from courses.modules.blocks.source import BlockSource


def figure(source: BlockSource) -> dict[str, Any]:
    """An image by its name, its text alternative and caption."""
    fields = source.fields
    return {
        "image": fields.text("image"),
        "alt": fields.text("alt"),
        "caption": fields.text("caption", needed=False, longest=300),
    }
