"""Writes GIFT as Moodle does, and says what the format has no words for."""

import json
import re
from collections.abc import Iterable
from fractions import Fraction
from html import escape

from django.utils.translation import gettext as _

from quizzes.interchange.gift.blocks import SIGNS
from quizzes.interchange.gift.reading import OWN
from quizzes.interchange.source import Answer, Gap, GapKind, Source, Text, TextFormat, gap_mark

_sign = re.compile(rf"[\\{SIGNS}]")
_unsayable = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd2-\ufdef\ufffe\uffff]")
FULL = Fraction(100)


def write_gift(sources: Iterable[Source]) -> bytes:
    """A file of questions, in UTF-8; `plainer` has been asked of each before."""
    blocks = []
    category = ""
    for source in sources:
        if source.category and source.category != category:
            category = source.category
            blocks.append(f"$CATEGORY: $course$/top/{_one_line(category)}\n")
        blocks.append(_block(source))
    return "\n".join(blocks).encode("utf-8")


def plainer(source: Source) -> None:
    """Make of the question what GIFT can say, and note what is lost by it."""
    _plainer_type(source)
    if source.type == "description" and source.explanation.text:
        source.say(_("the explanation"))


def _plainer_type(source: Source) -> None:
    if source.type == "cloze" and len(source.gaps) == 1:
        gap = source.gaps[0]
        source.answers = list(gap.answers)
        source.type = "multichoice" if gap.kind == "choice" else "shortanswer"
        source.missing_word = True
        if not gap.ignore_case:
            source.say(_("that large and small letters differ"))
    elif source.type in ("cloze", "ordering"):
        as_text(source)


def as_text(source: Source) -> None:
    """Make a text to read of the question."""
    text = source.text.text
    gaps = source.gaps or [Gap(GapKind.CHOICE, tuple(source.answers))]
    for number, gap in enumerate(gaps):
        words = " / ".join(escape(one.text.text, quote=False) for one in gap.answers)
        text = text.replace(gap_mark(number), f"[{words}]" if gap.kind == "choice" else "[…]")
    if source.type == "ordering":
        steps = sorted(source.answers, key=lambda one: one.text.text)
        items = "".join(f"<li>{escape(one.text.text, quote=False)}</li>" for one in steps)
        text += f"<ul>{items}</ul>"
    source.type, source.text, source.missing_word = "description", Text(text), False
    source.gaps, source.answers, source.pairs = [], [], []
    source.say(_("that it can be answered: elsewhere it becomes a text to read"))


def _block(source: Source) -> str:
    lines = []
    marks = [f"[id:{_bracketed(source.idnumber)}]"] if source.idnumber else []
    marks += [f"[tag:{_bracketed(tag)}]" for tag in source.tags]
    if marks:
        lines.append(f"// {' '.join(marks)}")
    if source.own is not None:
        # JSON in ASCII has no line breaks of any kind.
        lines.append(f"// {OWN} {json.dumps(source.own, sort_keys=True)}")
    text = _marked(source.text, TextFormat.AUTO)
    answers = _answers(source)
    if source.missing_word:
        text = text.replace(gap_mark(0), answers)
    elif answers:
        text = f"{text} {answers}"
    lines.append(f"::{_escaped(source.name)}::{text}")
    return "\n".join(lines) + "\n"


def _answers(source: Source) -> str:
    match source.type:
        case "multichoice":
            said = [_choice(answer, several=source.several) for answer in source.answers]
        case "truefalse":
            said = [_true_false(source.answers)]
        case "matching":
            said = [
                f"={_marked(pair.left)} -> {_escaped(pair.right.text)}" for pair in source.pairs
            ]
        case "shortanswer":
            said = [
                f"={_escaped(one.text.text)}{_feedback(one.feedback)}" for one in source.answers
            ]
        case _:
            # A text without answers has no braces, and no room for an explanation.
            return ""
    if source.explanation.text:
        said.append(f"####{_marked(source.explanation)}")
    return "{\n" + "".join(f"\t{one}\n" for one in said) + "}"


def _choice(answer: Answer, *, several: bool) -> str:
    if answer.percent == FULL and not several:
        sign = "="
    elif answer.percent == 0:
        sign = "~"
    else:
        sign = f"~%{float(answer.percent):.5f}".rstrip("0").rstrip(".") + "%"
    return f"{sign}{_marked(answer.text)}{_feedback(answer.feedback)}"


def _feedback(feedback: Text) -> str:
    return f"#{_marked(feedback)}" if feedback.text else ""


def _true_false(answers: list[Answer]) -> str:
    true, false = answers
    right, wrong = (true, false) if true.percent > 0 else (false, true)
    said = "TRUE" if true.percent > 0 else "FALSE"
    if wrong.feedback.text or right.feedback.text:
        said += f"#{_marked(wrong.feedback)}"
    return said + (f"#{_marked(right.feedback)}" if right.feedback.text else "")


def _marked(text: Text, default: TextFormat = TextFormat.HTML) -> str:
    """The text, with its format before it where it is not the default one.

    Ours are plain or HTML, and the question's is HTML. Plain text is HTML too as long as it has
    none of its signs.
    """
    said, plain = text.text, text.format is TextFormat.PLAIN
    if plain and "->" in said:
        # Nothing escapes an arrow, which makes pairs of what it stands in.
        return "[html]" + _escaped(escape(said, quote=False).replace("\n", "<br>"))
    needed = re.search(r"[&<>\n\[]|\s\s", said) if plain else text.format is not default
    return f"[{text.format}]{_escaped(said)}" if needed and said else _escaped(said)


def _escaped(said: str) -> str:
    said = _unsayable.sub("", said).replace("\r\n", "\n").replace("\r", "\n")
    return _sign.sub(lambda found: "\\" + found.group(), said).replace("\n", "\\n")


def _one_line(said: str) -> str:
    return " ".join(_unsayable.sub("", said).split())


def _bracketed(said: str) -> str:
    return _one_line(said).replace("]", "\\]")
