"""Figures: a file of images/ and what it says."""

from typing import Any

from courses.modules.blocks.source import BlockSource
from courses.pages.blocks.figures import LONGEST_LABEL


def figure(source: BlockSource) -> dict[str, Any]:
    """An image by its name, its text alternative and caption.

    `labels` are given where the words in the drawing are to be others than the file has.
    """
    fields = source.fields
    return {
        "image": fields.text("image"),
        "alt": fields.text("alt"),
        "caption": fields.text("caption", needed=False, longest=300),
        "labels": fields.texts("labels", longest=LONGEST_LABEL, needed=False),
    }
