"""The modules' files, parsed plainly: the tests judge what was written, not what is made of it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "courses" / "modules"
CITATION = re.compile(r"\[@(?P<key>[a-z0-9-]+)(?:,\s*\"(?P<place>[^\]]*)\")?\s*\]")
_BLOCK = re.compile(r"^::: *(\w+) *\n(.*?)^:::$", re.DOTALL | re.MULTILINE)
# What stands in a block but is no text for people.
_NAMES = {
    "key",
    "kind",
    "image",
    "question",
    "quiz",
    "start",
    "to",
    "verdict",
    "end",
    "name",
    "next",
    "content",
    "requirement",
}
# What invented people say and do, and what is only to be ticked off: no facts are told there.
INVENTED = {"case", "dialogue", "sayings", "reflection", "tool", "local", "interactive"}
# What a content that plays says that is no text of its author's.
_OF_THE_TYPE = {"l10n", "behaviour", "id", "to", "trust"}


@dataclass(frozen=True)
class Block:
    """A directive of a lesson: its fields, and the text below a note's line of dashes."""

    kind: str
    fields: dict[str, Any]
    body: str = ""

    def texts(self) -> Iterator[str]:
        """Everything that people read in it."""
        yield from _texts(self.fields)
        yield self.body


@dataclass(frozen=True)
class Screen:
    """A screen of a lesson: its heading, its running text, its blocks."""

    heading: str
    text: str
    blocks: tuple[Block, ...]

    def told(self) -> Iterator[str]:
        """What is told as true: running text, notes, tables, what is folded away."""
        yield self.text
        for block in self.blocks:
            if block.kind not in INVENTED:
                yield from block.texts()

    def texts(self) -> Iterator[str]:
        """Everything on it that people read."""
        yield self.heading
        yield self.text
        for block in self.blocks:
            yield from block.texts()


@dataclass(frozen=True)
class Lesson:
    """A lesson's file."""

    file: str
    front: dict[str, Any]
    source: str
    screens: tuple[Screen, ...]

    def blocks(self, *kinds: str) -> list[Block]:
        """Its blocks, or those of these kinds."""
        return [
            block
            for screen in self.screens
            for block in screen.blocks
            if not kinds or block.kind in kinds
        ]


@dataclass(frozen=True)
class Module:
    """A module's folder."""

    slug: str
    manifest: dict[str, Any]
    lessons: tuple[Lesson, ...]
    questions: tuple[dict[str, Any], ...]
    folder: Path = field(repr=False)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Everything people read, with where it stands."""
        for name in ("title", "summary", "audience", "content_warning", "prepares_for"):
            yield f"{self.slug}/module.yaml {name}", str(self.manifest.get(name) or "")
        for text in self.manifest["objectives"]:
            yield f"{self.slug}/module.yaml objectives", text
        for lesson in self.lessons:
            yield f"{self.slug}/{lesson.file} title", lesson.front["title"]
            yield f"{self.slug}/{lesson.file} objective", lesson.front["objective"]
            for screen in lesson.screens:
                for text in screen.texts():
                    yield f"{self.slug}/{lesson.file} {screen.heading}", text
        for question in self.questions:
            for text in question_texts(question):
                yield f"{self.slug}/questions.yaml {question['key']}", text


def question_texts(question: dict[str, Any]) -> Iterator[str]:
    """Everything of a question that people read."""
    skipped = {"key", "type", "teaches", "tags", "source", "use", "rule", "difficulty"}
    yield from _texts({name: part for name, part in question.items() if name not in skipped})


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _NAMES:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


@cache
def all_modules() -> tuple[Module, ...]:
    """Every module, in the order of their folders."""
    return tuple(_module(path.parent) for path in sorted(FOLDER.glob("*/module.yaml")))


@cache
def sources() -> dict[str, dict[str, Any]]:
    """What may be cited that is no law, by key."""
    return {row["key"]: row for row in _cited()["sources"]}


@cache
def laws() -> dict[str, dict[str, Any]]:
    """The laws that may be cited, by key."""
    return {row["key"]: row for row in _cited()["laws"]}


def _read(text: str) -> Any:
    """YAML, by the quick reader where there is one: each process of the suite reads all modules."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _cited() -> dict[str, Any]:
    found: dict[str, Any] = _read((FOLDER / "sources.yaml").read_text())
    return found


def _module(folder: Path) -> Module:
    manifest = _read((folder / "module.yaml").read_text())
    return Module(
        slug=folder.name,
        manifest=manifest,
        lessons=tuple(_lesson(folder / name) for name in manifest["lessons"]),
        questions=tuple(_read((folder / "questions.yaml").read_text())),
        folder=folder,
    )


def _lesson(path: Path) -> Lesson:
    _, front, source = path.read_text().split("---\n", 2)
    parts = re.split(r"^## (.+)\n", source, flags=re.MULTILINE)[1:]
    screens = tuple(
        Screen(heading, _BLOCK.sub("", text), tuple(_blocks(text, path.parent)))
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
    )
    return Lesson(path.name, _read(front), source, screens)


def _blocks(text: str, folder: Path) -> Iterator[Block]:
    for kind, content in _BLOCK.findall(text):
        head, _, body = content.partition("\n---\n")
        fields = _read(head) or {}
        if kind == "interactive":
            fields |= {"plays": list(_played(folder / "h5p" / fields["content"]))}
        yield Block(kind, fields, body)


def _played(folder: Path) -> Iterator[str]:
    """What people read in a content that plays, without its elements."""
    yield json.loads((folder / "h5p.json").read_text())["title"]
    content = json.loads((folder / "content" / "content.json").read_text())
    for text in _said(content):
        yield re.sub(r"\s*<[^>]+>\s*", "\n\n", text).strip()


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _OF_THE_TYPE:
                yield from _said(part)
    elif isinstance(value, list):
        for part in value:
            yield from _said(part)
