"""What a module's files say, once they have been read and judged."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from courses.modules.library import LibraryFile
from quizzes.bank.asked import Asked
from quizzes.bank.models import MINUTES_PER_QUESTION
from quizzes.bank.settings import Settings
from quizzes.types import Content

# Where films, recordings and captions lie, and what of a block names one.
MEDIA = "media"
# Where contents that play lie, each in a folder of its own.
H5P = "h5p"
MEDIA_FIELDS = {"film": ("film", "captions"), "audio": ("audio",)}


@dataclass(frozen=True, slots=True)
class BlockFile:
    """A block of a screen, its value as its block stores it; images and questions by name."""

    kind: str
    value: Any
    place: str


@dataclass(frozen=True, slots=True)
class ScreenFile:
    """A screen."""

    heading: str
    blocks: list[BlockFile]


@dataclass(frozen=True, slots=True)
class LessonFile:
    """A lesson."""

    file: str
    slug: str
    title: str
    minutes: int
    objective: str
    sources: list[str]
    screens: list[ScreenFile]


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """A question of the bank."""

    key: str
    content: Content
    tags: list[str]
    difficulty: int
    source: str
    use: str
    place: str


@dataclass(frozen=True, slots=True)
class QuizFile:
    """What the final quiz asks, and how it is judged. Without a title it has the usual one."""

    parts: list[Asked]
    shuffle: bool
    settings: Settings
    title: str = ""

    @property
    def draw(self) -> int:
        """How many questions a try asks."""
        return sum(part.count for part in self.parts)

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.draw * MINUTES_PER_QUESTION


def usual_quiz_title(title: str) -> str:
    """What a module's final quiz is called where it has no name of its own."""
    return f"Slutprov i {title}"


@dataclass(frozen=True, slots=True)
class ModuleFiles:
    """A whole module."""

    folder: Path
    code: str
    slug: str
    title: str
    summary: str
    summary_en: str
    audience: str
    prepares_for: str
    objectives: list[str]
    authors: list[str]
    reviewed_on: date | None
    reviewer: str
    content_warning: str
    sources: list[str]
    quiz: QuizFile | None
    practice: dict[str, QuizFile]  # quizzes of its lessons that complete nothing, by key
    lesson_files: list[str]
    library: LibraryFile
    lessons: list[LessonFile] = field(default_factory=list)
    questions: list[QuestionFile] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """How long the course takes; no file says it, so that none can say otherwise."""
        quiz = self.quiz.minutes if self.quiz else 0
        return sum(lesson.minutes for lesson in self.lessons) + quiz

    @property
    def quiz_title(self) -> str:
        """What the final quiz is called: content, and so in the language of the modules."""
        said = self.quiz.title if self.quiz else ""
        return said or usual_quiz_title(self.title)

    def images(self) -> dict[str, str]:
        """The images that figures show, with their text alternatives, in order."""
        return {
            block.value["image"]: block.value["alt"]
            for lesson in self.lessons
            for screen in lesson.screens
            for block in screen.blocks
            if block.kind == "figure"
        } | {
            block.value["poster"]: block.value["title"]
            for lesson in self.lessons
            for screen in lesson.screens
            for block in screen.blocks
            if block.kind == "film" and block.value["poster"]
        }

    def media(self) -> list[str]:
        """The files that films and recordings name, each once, in order."""
        named = [
            block.value[name]
            for lesson in self.lessons
            for screen in lesson.screens
            for block in screen.blocks
            for name in MEDIA_FIELDS.get(block.kind, ())
        ]
        return [name for name in dict.fromkeys(named) if name]

    def interactive(self) -> list[str]:
        """The folders of contents that blocks name, each once, in order."""
        named = [
            block.value["content"]
            for lesson in self.lessons
            for screen in lesson.screens
            for block in screen.blocks
            if block.kind == "interactive"
        ]
        return [name for name in dict.fromkeys(named) if name]
