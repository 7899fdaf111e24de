"""A question as a file says it, before it is one of ours: what both formats are read into.

It knows nothing of our types. What a format says that has no place here becomes a note where it is
read, so that nothing is dropped in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

# Where a gap stands in a text: its number between two characters that no text may hold.
GAP_START, GAP_END = "\ufdd0", "\ufdd1"
MAX_BYTES = 20 * 1024 * 1024
# Written in one transaction, 6 ms of processor each: others wait for it on SQLite, at most 20 s.
MAX_QUESTIONS = 2000
# What one question may say, in characters; the longest real ones are a tenth of it.
MAX_TEXT = 100_000
MAX_ANSWERS = 200


class TextFormat(StrEnum):
    """How a text is marked up. AUTO is Moodle's own: HTML whose line breaks count."""

    HTML = "html"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    AUTO = "moodle"


class Weight(StrEnum):
    """How much a note matters."""

    LOST = "lost"  # something of the question was left out
    SMALL = "small"  # so was something of how it looks or is run
    REMARK = "remark"  # nothing was, but look


class Note(NamedTuple):
    """What is to be said of a question on its way in or out."""

    text: str
    weight: Weight = Weight.LOST


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a file, and the names of the files that lie inside it."""

    text: str = ""
    format: TextFormat = TextFormat.HTML
    files: tuple[str, ...] = ()


EMPTY = Text()


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that can be answered, and how many per cent of the points it gives."""

    text: Text
    percent: Fraction = Fraction(0)
    feedback: Text = EMPTY
    tolerance: str = ""  # as the file says it; for numbers


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that belong together; the left one is empty for a right one too many."""

    left: Text
    right: Text


class GapKind(StrEnum):
    """How a gap is filled in."""

    CHOICE = "choice"
    SEVERAL = "several"
    TYPED = "typed"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a text, with what can stand in it."""

    kind: GapKind
    answers: tuple[Answer, ...]
    ignore_case: bool = True


@dataclass(slots=True)
class Source:
    """One question of a file. `type` is what the format calls it."""

    type: str
    name: str = ""
    line: int = 1
    text: Text = EMPTY
    # GIFT's missing word: the answers fill a gap, whose mark (number 0) stands in the text.
    missing_word: bool = False
    explanation: Text = EMPTY
    several: bool = False
    ignore_case: bool = True
    all_or_nothing: bool = False
    answers: list[Answer] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)  # of `text`, by the numbers of their marks
    tags: list[str] = field(default_factory=list)
    category: str = ""
    idnumber: str = ""
    # What only this platform says of the question, where it wrote the file itself.
    own: Mapping[str, Any] | None = None
    notes: list[Note] = field(default_factory=list)

    def say(self, text: str, *, small: bool = False) -> None:
        """Note what is left out, once."""
        self._note(Note(text, Weight.SMALL if small else Weight.LOST))

    def remark(self, text: str) -> None:
        """Note what a person should look at, though nothing is left out."""
        self._note(Note(text, Weight.REMARK))

    def _note(self, note: Note) -> None:
        if note not in self.notes:
            self.notes.append(note)


class Refused(Exception):
    """A question that can't be brought in; the message says why."""


class FileRefused(Exception):
    """A file that can't be read at all; says where, when there is a place."""

    def __init__(self, reason: str, line: int = 0) -> None:
        self.reason, self.line = reason, line
        super().__init__(
            _("Line %(line)d: %(reason)s") % {"line": line, "reason": reason} if line else reason
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """A question of a file that was refused where it was read."""

    type: str
    name: str
    line: int
    reason: str


Read = Source | Unread


def refuse_large(data: bytes) -> None:
    """Refuse a file that is larger than any file of questions, or holds nothing."""
    if len(data) > MAX_BYTES:
        raise FileRefused(
            _("The file is larger than %(size)d MB.") % {"size": MAX_BYTES // 1024 // 1024}
        )
    if not data.strip():
        raise FileRefused(_("The file is empty."))


def refuse_many(count: int) -> None:
    """Refuse a file with more questions than one may hold."""
    if count > MAX_QUESTIONS:
        raise FileRefused(
            _("The file has more than %(count)d questions. Divide it.") % {"count": MAX_QUESTIONS}
        )


def percent_of(said: str) -> Fraction:
    """A number of per cent, as files write it; raises Refused."""
    said = said.strip().replace(",", ".")
    try:
        if len(said) > 40 or "e" in said.lower() or "/" in said:
            raise ValueError
        return Fraction(said or "0")
    except (ValueError, ZeroDivisionError) as error:
        raise Refused(_("“%(said)s” is no number of per cent.") % {"said": said[:40]}) from error


def gap_mark(number: int) -> str:
    """What stands in a text where its gap with this number, from 0, is."""
    return f"{GAP_START}{number}{GAP_END}"
