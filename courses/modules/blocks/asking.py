"""Blocks that ask the reader something."""

from typing import Any

from courses.modules.blocks.source import BlockSource


def check(source: BlockSource) -> dict[str, Any]:
    """A question of questions.yaml, by its key."""
    return {"question": source.fields.text("question")}


def quiz(source: BlockSource) -> dict[str, Any]:
    """A quiz to practise on, by the key that module.yaml gives it."""
    return {"quiz": source.fields.text("quiz")}


def reflection(source: BlockSource) -> dict[str, Any]:
    """Something to write about."""
    return {"prompt": source.fields.text("prompt")}
