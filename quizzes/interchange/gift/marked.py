"""A text of a GIFT file, with the format that may stand before it in brackets."""

from quizzes.interchange.gift.blocks import shown
from quizzes.interchange.source import Text, TextFormat


def marked(said: str, default: TextFormat) -> Text:
    """The text as it is meant; `[html]` and its like say how it is marked up."""
    said = said.strip()
    for kind in TextFormat:
        if said.startswith(f"[{kind}]"):
            return Text(shown(said[len(kind) + 2 :]).strip(), kind)
    return Text(shown(said).strip(), default)
