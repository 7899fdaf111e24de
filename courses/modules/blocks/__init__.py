"""The blocks of lesson files, a module for each family as in courses.pages.blocks.

A reader gives the value as its block stores it, with images and questions by name; whatever a file
says of a block stands in that value again, so that the file can be written back.
"""

from collections.abc import Callable
from typing import Any

from courses.modules.blocks.asking import check, quiz, reflection
from courses.modules.blocks.cases import case
from courses.modules.blocks.figures import figure
from courses.modules.blocks.films import audio, film
from courses.modules.blocks.interactive import interactive
from courses.modules.blocks.local import local
from courses.modules.blocks.order import accordion, table
from courses.modules.blocks.practice import sayings, steps
from courses.modules.blocks.source import BlockSource
from courses.modules.blocks.text import note, support
from courses.modules.blocks.tools import tool
from courses.modules.blocks.voices import dialogue, quote

READERS: dict[str, Callable[[BlockSource], Any]] = {
    "figure": figure,
    "film": film,
    "audio": audio,
    "note": note,
    "case": case,
    "check": check,
    "quiz": quiz,
    "interactive": interactive,
    "reflection": reflection,
    "sayings": sayings,
    "steps": steps,
    "dialogue": dialogue,
    "quote": quote,
    "tool": tool,
    "accordion": accordion,
    "table": table,
    "local": local,
    "support": support,
}

__all__ = ["READERS", "BlockSource"]
