"""A lesson as its file: front matter, then screens."""

from courses.modules.files import LessonFile
from courses.modules.writing.blocks import block_text
from courses.modules.writing.yaml_text import yaml_text


def lesson_text(lesson: LessonFile) -> str:
    """The whole file."""
    front = {
        "title": lesson.title,
        "slug": lesson.slug,
        "minutes": lesson.minutes,
        "objective": lesson.objective,
        "sources": lesson.sources,
    }
    parts = [f"---\n{yaml_text(front)}---"]
    for screen in lesson.screens:
        parts.append(f"## {screen.heading}")
        parts += [block_text(block) for block in screen.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"
