"""What a quiz asks, as plain data: how files and other programs say its parts."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A part of a quiz: one question by its key, or so many drawn of those with all the tags."""

    question: str = ""
    tags: tuple[str, ...] = ()
    draw: int = 0

    @property
    def count(self) -> int:
        """How many questions it asks."""
        return 1 if self.question else self.draw


def always_and_drawn(always: Sequence[str], tag: str, draw: int) -> list[Asked]:
    """Certain questions first, then others with a tag: what most quizzes ask."""
    drawn = [Asked(tags=(tag,), draw=draw)] if draw else []
    return [*(Asked(question=key) for key in always), *drawn]
