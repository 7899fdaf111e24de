"""Lessons' content for the checks, without a database: as a StreamField stores it."""

from typing import Any

from courses.pages.checks.places import Place, places
from courses.pages.models import LessonPage

STREAM = LessonPage._meta.get_field("body").stream_block


def screen(heading: str, *content: tuple[str, Any]) -> dict[str, Any]:
    blocks = [
        {"type": kind, "value": value, "id": f"b{at}"} for at, (kind, value) in enumerate(content)
    ]
    return {"type": "screen", "id": "s", "value": {"heading": heading, "content": blocks}}


def content(*screens: dict[str, Any]) -> list[Place]:
    """Screens are called s1, s2 …; their blocks b0, b1 …"""
    named = [{**one, "id": f"s{number}"} for number, one in enumerate(screens, start=1)]
    return list(places(STREAM, named))


def text(html: str) -> list[Place]:
    """A screen with this text alone."""
    return content(screen("Rubrik", ("text", html)))
