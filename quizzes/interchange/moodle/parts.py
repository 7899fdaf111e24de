"""What each type of Moodle's questions says beside what all of them say."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from django.utils.translation import gettext as _

from quizzes.interchange.moodle.cloze import read_cloze
from quizzes.interchange.moodle.texts import plain_of, text_at, text_of
from quizzes.interchange.moodle.tree import Node
from quizzes.interchange.source import (
    MAX_ANSWERS,
    Answer,
    Gap,
    GapKind,
    Pair,
    Refused,
    Source,
    Text,
    TextFormat,
    gap_mark,
    percent_of,
)

FULL = Fraction(100)
# Elements that the readers below read, or that only say how Moodle shows a question.
KNOWN = frozenset(
    [
        "answer",
        "single",
        "shuffleanswers",
        "answernumbering",
        "showstandardinstruction",
        "usecase",
        "subquestion",
        "correctfeedback",
        "partiallycorrectfeedback",
        "incorrectfeedback",
        "shownumcorrect",
        "correctresponsesfeedback",
        "selectoption",
        "dragbox",
        "layouttype",
        "selecttype",
        "selectcount",
        "gradingtype",
        "showgrading",
        "numberingstyle",
        "unitgradingtype",
        "unitpenalty",
        "showunits",
        "unitsleft",
        "instructions",
        "units",
        "unit",
    ]
)
_place = re.compile(r"\[\[(\d{1,3})\]\]")


def _answers(source: Source, node: Node, *, plain: bool = False) -> list[Answer]:
    nodes = list(node.all("answer"))
    if len(nodes) > MAX_ANSWERS:
        raise Refused(_("It has more than %(count)d answers.") % {"count": MAX_ANSWERS})
    # Text that is not said to be marked up is as the question's.
    default = source.text.format
    return [
        Answer(
            plain_of(one) if plain else text_of(one, default=default),
            percent_of(one.attributes.get("fraction", "0")),
            text_at(one, "feedback", default=default),
            one.says("tolerance"),
        )
        for one in nodes
    ]


def _fixed_order(source: Source, node: Node) -> None:
    if node.says("shuffleanswers", default="1").lower() in ("0", "false"):
        source.say(_("that the order is not to be shuffled"), small=True)


def _multichoice(source: Source, node: Node) -> None:
    source.several = node.says("single", default="true").lower() in ("false", "0", "")
    source.answers = _answers(source, node)
    _fixed_order(source, node)


def _true_false(source: Source, node: Node) -> None:
    answers = _answers(source, node, plain=True)
    if len(answers) != 2:
        raise Refused(_("a statement has two answers: true and false"))
    words = [answer.text.text.lower() for answer in answers]
    # Old files have the words in any language, true first.
    if set(words) != {"true", "false"}:
        words = ["true", "false"]
    source.answers = [
        Answer(Text(word), answer.percent, answer.feedback)
        for word, answer in sorted(
            zip(words, answers, strict=True), key=lambda one: one[0] != "true"
        )
    ]


def _short_answer(source: Source, node: Node) -> None:
    source.answers = _answers(source, node, plain=True)
    source.ignore_case = node.says("usecase") != "1"


def _numerical(source: Source, node: Node) -> None:
    source.answers = _answers(source, node, plain=True)
    units = node.first("units")
    if units and (names := [unit.says("unit_name") for unit in units.all("unit")]):
        source.say(_("the units %(names)s") % {"names": ", ".join(names)[:100]})


def _matching(source: Source, node: Node) -> None:
    source.pairs = [
        Pair(text_of(one), text_at(one, "answer", default=_plain_unless(one)))
        for one in list(node.all("subquestion"))[: MAX_ANSWERS + 1]
    ]
    if len(source.pairs) > MAX_ANSWERS:
        raise Refused(_("It has more than %(count)d answers.") % {"count": MAX_ANSWERS})
    source.type = "matching"
    _fixed_order(source, node)


def _plain_unless(pair: Node) -> TextFormat:
    """A match is plain text, but where things are dragged."""
    answer = pair.first("answer")
    return TextFormat.HTML if answer and "format" in answer.attributes else TextFormat.PLAIN


def _cloze(source: Source, _node: Node) -> None:
    read_cloze(source, source.text)
    source.type = "cloze"


def _all_or_nothing(source: Source, node: Node) -> None:
    source.several = source.all_or_nothing = True
    # Its older files say which are right in an element of its own.
    right = [one.says("correctanswer") == "1" for one in node.all("answer")]
    source.answers = [
        replace(answer, percent=FULL) if is_right else answer
        for answer, is_right in zip(_answers(source, node), right, strict=True)
    ]
    source.type = "multichoice"
    _fixed_order(source, node)


def _ordering(source: Source, node: Node) -> None:
    answers = _answers(source, node)
    # There the fraction says which place a step has.
    source.answers = sorted(answers, key=lambda answer: answer.percent)
    source.all_or_nothing = node.says("gradingtype").upper() in ("-1", "ALL_OR_NOTHING")
    if node.says("selecttype", default="0").upper() not in ("0", "", "ALL"):
        source.say(_("that only some of the steps are drawn"))


def _places(source: Source, node: Node) -> None:
    """Words for `[[1]]`, `[[2]]`…; those of a group can stand in each of its places."""
    boxes = [*node.all("selectoption"), *node.all("dragbox")]
    if not boxes or len(boxes) > MAX_ANSWERS:
        raise Refused(_("a gap has no answers, or too many"))
    words = [(text_of(box, default=source.text.format), box.says("group")) for box in boxes]

    def gap(found: re.Match[str]) -> str:
        at = int(found.group(1)) - 1
        if not 0 <= at < len(words):
            raise Refused(_("%(place)s stands for no word") % {"place": found.group()})
        group = words[at][1]
        answers = tuple(
            Answer(word, FULL if number == at else Fraction(0))
            for number, (word, of) in enumerate(words)
            if of == group
        )
        source.gaps.append(Gap(GapKind.CHOICE, answers))
        return gap_mark(len(source.gaps) - 1)

    text = source.text
    source.text = Text(_place.sub(gap, text.text), text.format, text.files)
    if not source.gaps:
        raise Refused(_("it has no gap"))
    source.type = "cloze"
    _fixed_order(source, node)


READERS: dict[str, Callable[[Source, Node], None]] = {
    "multichoice": _multichoice,
    "multichoiceset": _all_or_nothing,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ddmatch": _matching,
    "cloze": _cloze,
    "multianswer": _cloze,
    "gapselect": _places,
    "ddwtos": _places,
    "ordering": _ordering,
}
