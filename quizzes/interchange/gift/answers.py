"""What stands in the braces of a GIFT question: which type it makes, and its answers."""

import re
from fractions import Fraction

from django.utils.translation import gettext as _

from quizzes.interchange.gift.blocks import shown
from quizzes.interchange.gift.marked import marked
from quizzes.interchange.source import (
    EMPTY,
    MAX_ANSWERS,
    Answer,
    Pair,
    Refused,
    Source,
    Text,
    TextFormat,
    percent_of,
)

TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")
_weight = re.compile(r"%(-?[0-9.,]+)%")
FULL = Fraction(100)


def read_answers(source: Source, said: str, default: TextFormat) -> None:
    """Fill in the type and the answers, by the rules of Moodle's own reader."""
    word = said.partition("#")[0].strip()
    if not said:
        source.type = "essay"
    elif said.startswith("#"):
        source.type = "numerical"
        source.answers = _numbers(said[1:], default)
    elif "~" in said:
        source.type = "multichoice"
        source.several = "=" not in said
        source.answers = _choices(said, default)
    elif "=" in said and "->" in said:
        source.type = "matching"
        source.pairs = _pairs(said, default)
    elif word in TRUE or word in FALSE:
        source.type = "truefalse"
        source.answers = _true_false(said, word in TRUE, default)
    else:
        source.type = "shortanswer"
        source.answers = [
            _answer(one, FULL, default) for one in _some(_parts(said, "="), at_least=1)
        ]
    # What is typed is text, whatever the question is marked up with.
    if source.type == "shortanswer":
        source.answers = [
            Answer(Text(one.text.text, TextFormat.PLAIN), one.percent, one.feedback)
            for one in source.answers
        ]


def _parts(said: str, sign: str) -> list[str]:
    parts = said.split(sign)
    return parts if parts[0].strip() else parts[1:]


def _some(parts: list[str], *, at_least: int) -> list[str]:
    if len(parts) < at_least:
        raise Refused(_("It has fewer than %(count)d answers.") % {"count": at_least})
    if len(parts) > MAX_ANSWERS:
        raise Refused(_("It has more than %(count)d answers.") % {"count": MAX_ANSWERS})
    return parts


def _answer(said: str, percent: Fraction, default: TextFormat) -> Answer:
    said = said.strip()
    if found := _weight.match(said):
        percent, said = percent_of(found.group(1)), said[found.end() :]
    text, cut, feedback = said.partition("#")
    return Answer(
        marked(text, default),
        percent,
        marked(feedback, default) if cut and feedback.strip() else EMPTY,
    )


def _choices(said: str, default: TextFormat) -> list[Answer]:
    parts = _some(_parts(said.replace("=", "~="), "~"), at_least=2)
    return [
        _answer(one.strip()[1:], FULL, default)
        if one.strip().startswith("=")
        else _answer(one, Fraction(0), default)
        for one in parts
    ]


def _true_false(said: str, is_true: bool, default: TextFormat) -> list[Answer]:
    """The first comment is for who answers wrong, the second for who answers right."""
    _word, *comments = said.split("#", 2)
    wrong, right = (
        marked(one, default) if one.strip() else EMPTY for one in [*comments, "", ""][:2]
    )
    return [
        Answer(Text("true"), FULL if is_true else Fraction(0), right if is_true else wrong),
        Answer(Text("false"), Fraction(0) if is_true else FULL, wrong if is_true else right),
    ]


def _pairs(said: str, default: TextFormat) -> list[Pair]:
    pairs = []
    for one in _some(_parts(said, "="), at_least=2):
        left, arrow, right = one.strip().partition("->")
        if not arrow:
            raise Refused(_("“%(said)s” has no -> to a match.") % {"said": shown(left)[:60]})
        pairs.append(Pair(marked(left, default), Text(shown(right).strip(), TextFormat.PLAIN)))
    return pairs


def _numbers(said: str, default: TextFormat) -> list[Answer]:
    said, cut, wrong = said.partition("~")
    answers = [_number(one, default) for one in _some(_parts(said, "="), at_least=1)]
    if cut:
        feedback = _answer(wrong, Fraction(0), default).feedback
        answers.append(Answer(Text("*", TextFormat.PLAIN), Fraction(0), feedback))
    return answers


def _number(said: str, default: TextFormat) -> Answer:
    answer = _answer(said, FULL, default)
    number, dots, most = answer.text.text.partition("..")
    tolerance = ""
    if dots:
        # A span, as Moodle keeps one: its middle, and how far it reaches.
        low, high = exact(number), exact(most)
        number, tolerance = as_number((low + high) / 2), as_number((high - low) / 2)
    else:
        number, _colon, tolerance = number.partition(":")
    for one in (number, tolerance):
        if one.strip() not in ("", "*"):
            exact(one)
    if not number.strip():
        raise Refused(_("It has no number as its answer."))
    return Answer(
        Text(number.strip(), TextFormat.PLAIN), answer.percent, answer.feedback, tolerance.strip()
    )


def exact(said: str) -> Fraction:
    """A number as files write it; raises Refused."""
    said = said.strip().replace(",", ".")
    found = re.fullmatch(r"[-+]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][-+]?\d{1,2})?", said)
    if not found:
        raise Refused(_("“%(said)s” is no number.") % {"said": said[:40]})
    return Fraction(said)


def as_number(number: Fraction) -> str:
    """The number in digits; those of a span have an end, because both its ends do."""
    return f"{float(number):.12g}"
