"""Writes Moodle XML as Moodle exports it, and says what the format has no words for."""

import json
import re
from collections.abc import Iterable
from fractions import Fraction
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quizzes.interchange.moodle.reading import OWN
from quizzes.interchange.source import Answer, Gap, GapKind, Source, Text, TextFormat, gap_mark

# What XML 1.0 can't say at all, and what marks our gaps.
_unsayable = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_cloze_sign = re.compile(r"[\\#~}]")
FORMATS = {TextFormat.PLAIN: "plain_text", TextFormat.HTML: "html"}
FULL = Fraction(100)


def write_moodle(sources: Iterable[Source]) -> bytes:
    """A file of questions, in UTF-8."""
    quiz = Element("quiz")
    category = ""
    for source in sources:
        if source.category and source.category != category:
            category = source.category
            holder = SubElement(SubElement(quiz, "question", type="category"), "category")
            _text(holder, f"$course$/top/{category.replace('/', '//')}")
        _question(quiz, source)
    indent(quiz)
    written: bytes = tostring(quiz, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _question(quiz: Element, source: Source) -> None:
    node = SubElement(quiz, "question", type=source.type)
    _text(SubElement(node, "name"), source.name)
    text = source.text.text
    for number, gap in enumerate(source.gaps):
        text = text.replace(gap_mark(number), _gap(gap))
    _marked(node, "questiontext", Text(text, source.text.format))
    _marked(node, "generalfeedback", source.explanation)
    for name, said in (("defaultgrade", "1"), ("penalty", "0"), ("hidden", "0")):
        SubElement(node, name).text = said
    SubElement(node, "idnumber").text = _sayable(source.idnumber)
    _answers(node, source)
    if source.tags:
        tags = SubElement(node, "tags")
        for tag in source.tags:
            _text(SubElement(tags, "tag"), tag)
    if source.own is not None:
        SubElement(node, OWN).text = json.dumps(source.own, sort_keys=True)


def _answers(node: Element, source: Source) -> None:
    if source.type in ("multichoice", "matching"):
        SubElement(node, "shuffleanswers").text = "true"
    match source.type:
        case "multichoice":
            SubElement(node, "single").text = "false" if source.several else "true"
            SubElement(node, "answernumbering").text = "none"
        case "ordering":
            SubElement(node, "layouttype").text = "VERTICAL"
            SubElement(node, "selecttype").text = "ALL"
            SubElement(node, "selectcount").text = "0"
            SubElement(node, "gradingtype").text = (
                "ALL_OR_NOTHING" if source.all_or_nothing else "ABSOLUTE_POSITION"
            )
    for answer in source.answers:
        _answer(node, answer, plain=source.type == "truefalse")
    for pair in source.pairs:
        part = _marked(node, "subquestion", pair.left)
        _text(SubElement(part, "answer"), pair.right.text)


def _answer(node: Element, answer: Answer, *, plain: bool) -> None:
    fraction = f"{float(answer.percent):.5f}".rstrip("0").rstrip(".")
    part = SubElement(node, "answer", fraction=fraction)
    part.set("format", "moodle_auto_format" if plain else FORMATS[answer.text.format])
    _text(part, answer.text.text)
    _marked(part, "feedback", answer.feedback)


def _gap(gap: Gap) -> str:
    if gap.kind is GapKind.CHOICE:
        kind = "MULTICHOICE"
    else:
        kind = "SHORTANSWER" if gap.ignore_case else "SHORTANSWER_C"
    answers = "~".join(
        ("=" if one.percent == FULL else "")
        + _in_cloze(one.text.text)
        + (f"#{_in_cloze(one.feedback.text)}" if one.feedback.text else "")
        for one in gap.answers
    )
    return f"{{1:{kind}:{answers}}}"


def _in_cloze(said: str) -> str:
    """Plain text in the HTML of a text, with the signs of gaps escaped."""
    signs = _cloze_sign.sub(lambda found: "\\" + found.group(), said)
    return escape(signs, quote=False).replace("\n", "<br>")


def _marked(node: Element, name: str, text: Text) -> Element:
    part = SubElement(node, name, format=FORMATS[text.format])
    _text(part, text.text)
    return part


def _text(node: Element, said: str) -> None:
    SubElement(node, "text").text = _sayable(said)


def _sayable(said: str) -> str:
    return _unsayable.sub("", said)
