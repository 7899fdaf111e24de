"""Interactive content: a folder of h5p/ by its name, and what the reader must do with it."""

from typing import Any

from courses.h5p.results.requirements import Kind
from courses.modules.blocks.source import BlockSource, named_key
from courses.pages.blocks.keys import KEY


def interactive(source: BlockSource) -> dict[str, Any]:
    """What plays, and how much of it is demanded; a share of the points only where one is."""
    fields = source.fields
    requirement = fields.choice("requirement", list(Kind.values), needed=False) or Kind.SHOWN.value
    percent = None
    if requirement == Kind.SCORE:
        percent = fields.number("percent", low=1, high=100)
    elif fields.get("percent") is not None:
        fields.refuse("percent", f"requirement: {Kind.SCORE.value}")
    name = named_key(fields, "content")
    return {
        "content": name if KEY.match(name) else "",
        "requirement": requirement,
        "percent": percent,
    }
