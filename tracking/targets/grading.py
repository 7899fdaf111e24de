"""Courses that targets ask for and nobody can complete: nothing that is graded here ends them.

Whoever keeps the courses knows it, and says so when the app is ready (DESIGN.md: tracking never
knows a page).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ungraded:
    """What a course lacks, as the end of a sentence, and where it can be looked at."""

    lacks: str
    url: str


# Of these course codes those that are taken here and that nothing graded here ends.
Teller = Callable[[Collection[str]], Mapping[str, Ungraded]]
_TELLER: list[Teller] = []


def register(teller: Teller) -> None:
    """Let whoever keeps the courses say what they lack."""
    _TELLER[:] = [teller]


def ungraded(codes: Collection[str]) -> Mapping[str, Ungraded]:
    """Those of the courses, by code, that lack a quiz that is graded here.

    Courses that are taken elsewhere are none. No query for no courses.
    """
    return _TELLER[0](codes) if _TELLER and codes else {}
