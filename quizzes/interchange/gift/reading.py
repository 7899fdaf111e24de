"""Reads GIFT as Moodle does, but says what it can't read, and where."""

import json
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from quizzes.interchange.decoding import decoded
from quizzes.interchange.gift.answers import read_answers
from quizzes.interchange.gift.blocks import CATEGORY, Block, blocks_of, shown
from quizzes.interchange.gift.marked import marked
from quizzes.interchange.source import (
    EMPTY,
    FileRefused,
    Read,
    Refused,
    Source,
    TextFormat,
    Unread,
    gap_mark,
    refuse_large,
)

# A comment that Moodle passes over, with what only this platform says of a question.
OWN = "kompetens:"
_id = re.compile(r"\[id:((?:\\\]|[^\]\x00-\x1f])+)\]")
_tag = re.compile(r"\[tag:((?:\\\]|[^\]\x00-\x1f])+)\]")


def read_gift(data: bytes) -> list[Read]:
    """The questions of a file, in order; raises FileRefused when it holds none."""
    refuse_large(data)
    text, encoding = decoded(data)
    found: list[Read] = []
    category = ""
    for block in blocks_of(text):
        if block.text.startswith(CATEGORY):
            category = shown(block.text[len(CATEGORY) :]).strip()
        elif block.text:
            found.append(_read(block, category, encoding))
    if not found:
        raise FileRefused(_("There is no question in the file. Is it GIFT?"))
    return found


def _read(block: Block, category: str, encoding: str) -> Read:
    source = Source(type="", line=block.line, category=category)
    try:
        _read_block(source, block)
    except Refused as refused:
        return Unread(source.type or "?", source.name, source.line, str(refused))
    if not block.alone:
        source.remark(_("there is no empty line before it"))
    if encoding == "windows-1252":
        source.remark(_("the file is not in UTF-8: see that its letters are right"))
    return source


def _read_block(source: Source, block: Block) -> None:
    _read_comments(source, block.comments)
    name, text = _named(block.text)
    source.name = name or _short(text)
    before, answers, after = _parted(text)
    if answers is None:
        source.type = "description"
        source.text = marked(before, TextFormat.AUTO)
        return
    answers, cut, explanation = answers.rpartition("####")
    if not cut:
        answers, explanation = explanation, ""
    source.text = marked(before, TextFormat.AUTO)
    default = source.text.format
    if after.strip():
        source.missing_word = True
        source.text = marked(before.lstrip() + gap_mark(0) + after, TextFormat.AUTO)
    source.explanation = marked(explanation, default) if explanation.strip() else EMPTY
    read_answers(source, answers.strip(), default)


def _read_comments(source: Source, comments: Iterable[str]) -> None:
    for comment in comments:
        if comment.startswith(OWN):
            source.own = _own(comment[len(OWN) :])
            continue
        if (found := _id.search(comment)) and not source.idnumber:
            source.idnumber = found.group(1).replace("\\]", "]").strip()
        source.tags += [one.replace("\\]", "]").strip() for one in _tag.findall(comment)]


def _own(said: str) -> dict[str, object] | None:
    try:
        own = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return own if isinstance(own, dict) else None


def _named(text: str) -> tuple[str, str]:
    """The name between double colons, and the rest; without a name all of it is the rest."""
    if not text.startswith("::"):
        return "", text
    name, end, rest = text[2:].partition("::")
    return (" ".join(shown(name).split()), rest.strip()) if end else ("", name)


def _short(text: str) -> str:
    words = " ".join(re.sub(r"<[^<>]*>|^\[\w+\]", " ", shown(text.partition("{")[0])).split())
    return words[:80]


def _parted(text: str) -> tuple[str, str | None, str]:
    """What stands before the answers, the answers, and what stands after them."""
    before, opened, rest = text.partition("{")
    if not opened and "}" not in text:
        return text, None, ""
    answers, closed, after = rest.partition("}")
    if not opened or not closed or "}" in before:
        raise Refused(_("A brace is opened and not closed, or closed and not opened."))
    if "{" in answers or "{" in after or "}" in after:
        raise Refused(
            _(
                "It has more than one pair of braces. Write \\{ and \\} where a text means the "
                "signs, and leave an empty line between questions."
            )
        )
    return before, answers, after
