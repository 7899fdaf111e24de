"""Film and sound: files of media/ by their names. A draft may lack captions and transcript."""

from typing import Any

from courses.modules.blocks.source import BlockSource
from courses.pages.blocks.films import LONGEST_TITLE


def film(source: BlockSource) -> dict[str, Any]:
    """A film, its captions, its transcript, and the picture before it starts."""
    fields = source.fields
    return {
        "title": fields.text("title", longest=LONGEST_TITLE),
        "film": fields.text("film"),
        "captions": fields.text("captions", needed=False),
        "transcript": source.html(fields, "transcript", needed=False),
        "poster": fields.text("poster", needed=False),
    }


def audio(source: BlockSource) -> dict[str, Any]:
    """A recording and its transcript."""
    fields = source.fields
    return {
        "title": fields.text("title", longest=LONGEST_TITLE),
        "audio": fields.text("audio"),
        "transcript": source.html(fields, "transcript", needed=False),
    }
