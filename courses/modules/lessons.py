"""Lesson files: front matter, then screens of Markdown and blocks."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from courses.modules.blocks import READERS, BlockSource
from courses.modules.files import BlockFile, LessonFile, ModuleFiles, ScreenFile
from courses.modules.manifest import slug_of
from courses.modules.markdown import rich_text
from courses.modules.yaml_files import read_text, read_yaml
from courses.pages.blocks.text import TEXT_FEATURES
from foundation.problems import Fields, Problem

FENCE = ":::"
OPENING = re.compile(r"^::: *([a-z]+) *$")


def read_lesson(module: ModuleFiles, name: str, problems: list[Problem]) -> LessonFile | None:
    """A lesson; None when there is nothing to go on."""
    file = f"{module.folder.name}/{name}"
    text = read_text(module.folder / name, file=file, problems=problems)
    if text is None:
        return None
    lines = text.splitlines()
    ends = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if len(ends) < 2 or ends[0] != 0:
        problems.append(
            Problem(file, _("line %(number)d") % {"number": 1}, None, _("front matter in ---"))
        )
        return None
    head = read_yaml("\n".join(lines[1 : ends[1]]), file=file, line=2, problems=problems)
    fields = Fields.of(head, file, "", problems)
    lesson = LessonFile(
        file=file,
        slug=slug_of(fields),
        title=fields.text("title", longest=200),
        minutes=fields.number("minutes", low=1, high=1_000),
        objective=fields.text("objective", longest=300),
        sources=fields.texts("sources", longest=80, needed=False),
        screens=_Body(file, problems).read(lines, first=ends[1] + 1),
    )
    fields.done()
    if not lesson.screens:
        problems.append(Problem(file, "", None, _("a screen that begins with ##")))
    return lesson


@dataclass(slots=True)
class _Body:
    """Reads the screens of a lesson, line by line."""

    file: str
    problems: list[Problem]
    screens: list[ScreenFile] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    text_line: int = 1

    def read(self, lines: list[str], *, first: int) -> list[ScreenFile]:
        """The screens of the lines from index `first` on."""
        at = first
        while at < len(lines):
            line = lines[at]
            if opening := OPENING.match(line):
                self._end_text()
                end = next((n for n in range(at + 1, len(lines)) if lines[n].rstrip() == FENCE), -1)
                if end < 0:
                    self._refuse(at + 1, line, _("a line ::: that ends the block"))
                    break
                self._block(opening[1], lines[at + 1 : end], at + 1)
                at = end + 1
                continue
            if line.startswith(FENCE):
                self._refuse(at + 1, line, _("a block begins with ::: and its kind"))
            elif line.startswith("## "):
                self._end_text()
                self._screen(line[3:].strip(), at + 1)
            else:
                if not self.text:
                    self.text_line = at + 1
                self.text.append(line)
            at += 1
        self._end_text()
        return self.screens

    def _refuse(self, line: int, value: object, expected: str) -> None:
        place = _("line %(number)d") % {"number": line}
        self.problems.append(Problem(self.file, place, value, expected))

    def _screen(self, heading: str, line: int) -> None:
        if not heading or len(heading) > 120:
            self._refuse(line, heading, _("a heading of at most 120 characters"))
        self.screens.append(ScreenFile(heading, []))

    def _end_text(self) -> None:
        lines, self.text = self.text, []
        if not any(line.strip() for line in lines):
            return
        html = rich_text(
            "\n".join(lines),
            TEXT_FEATURES,
            file=self.file,
            line=self.text_line,
            problems=self.problems,
        )
        self._add("text", html, self.text_line)

    def _add(self, kind: str, value: Any, line: int) -> None:
        if not self.screens:
            self._refuse(line, str(value)[:40], _("a heading ## before the first text"))
            return
        place = _("line %(number)d") % {"number": line}
        self.screens[-1].blocks.append(BlockFile(kind, value, place))

    def _block(self, kind: str, lines: list[str], line: int) -> None:
        """A block whose opening stands on `line`."""
        if kind not in READERS:
            self._refuse(line, kind, _("one of %(words)s") % {"words": ", ".join(READERS)})
            return
        divider = lines.index("---") if kind == "note" and "---" in lines else len(lines)
        head = read_yaml(
            "\n".join(lines[:divider]), file=self.file, line=line + 1, problems=self.problems
        )
        place = _("line %(number)d") % {"number": line}
        fields = Fields.of({} if head is None else head, self.file, place, self.problems)
        if kind == "note":
            fields.data = {**fields.data, "text": "\n".join(lines[divider + 1 :])}
        source = BlockSource(fields, line + (divider + 2 if kind == "note" else 1))
        value = READERS[kind](source)
        fields.done()
        self._add(kind, value, line)
