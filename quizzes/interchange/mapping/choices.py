"""Choosing among options: one right, several right, true or false."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.interchange.mapping.wording import framed, going, option, plain, short, to_learners
from quizzes.interchange.source import Answer, Refused, Source, Text
from quizzes.types.base import Rule

FULL, NONE = Fraction(100), Fraction(0)
# Rounding in files: thirds are written with two to seven decimals.
NEAR = Fraction(1, 2)
WORDS = (gettext_lazy("True"), gettext_lazy("False"))
WORDS_FOR_FALSE = frozenset({"falskt", "false", "fel", "nej", "no", "f"})


def from_choices(source: Source) -> dict[str, Any]:
    """Multiple choice, with one answer or several."""
    if source.several:
        return _several(source)
    best = max((answer.percent for answer in source.answers), default=NONE)
    if best <= 0:
        raise Refused(_("no answer is right"))
    right = [answer for answer in source.answers if answer.percent == best]
    say_parts(source, source.answers, best)
    if len(right) == 1:
        options = _options(source, lambda answer: answer.percent == best)
        return framed(source, "single", options=options)
    source.say(_("that any one of the right answers is enough: here all of them are to be chosen"))
    options = _options(source, lambda answer: answer.percent == best)
    return framed(source, "multiple", options=options, rule=Rule.ALL_OR_NOTHING.value)


def say_parts(source: Source, answers: Sequence[Answer], best: Fraction) -> None:
    """Say of answers that are right in part, or cost something, that here they are wrong."""
    for answer in answers:
        if NONE < answer.percent != best:
            source.say(
                _("that “%(text)s” gives %(percent)s %% of the points: here none")
                % {"text": short(source, answer.text), "percent": f"{float(answer.percent):g}"}
            )
    if any(answer.percent < 0 for answer in answers):
        source.say(_("that a wrong answer costs points: here it gives none"))
    if best != FULL:
        source.say(
            _("that the best answer gives only %(percent)s %%") % {"percent": f"{float(best):g}"}
        )


def _options(source: Source, is_right: Any) -> list[dict[str, Any]]:
    return [
        option(source, answer, number, correct=is_right(answer))
        for number, answer in enumerate(source.answers)
    ]


def _several(source: Source) -> dict[str, Any]:
    right = [answer.percent for answer in source.answers if answer.percent > 0]
    wrong = [answer.percent for answer in source.answers if answer.percent <= 0]
    if not right:
        raise Refused(_("no answer is right"))
    rule = Rule.ALL_OR_NOTHING
    if not source.all_or_nothing:
        rule = Rule.RIGHT_MINUS_WRONG
        _say_fractions(source, right, wrong)
    options = _options(source, lambda answer: answer.percent > 0)
    return framed(source, "multiple", options=options, rule=rule.value)


def _say_fractions(source: Source, right: list[Fraction], wrong: list[Fraction]) -> None:
    """Say where the points differ from ours: each right one a share, each wrong one costs one."""
    share = FULL / len(right)
    if any(abs(one - share) > NEAR for one in right):
        source.say(_("that the right answers give different points: here each gives as much"))
    if not wrong or all(abs(one + share) <= NEAR for one in wrong):
        return
    if all(one == 0 for one in wrong):
        source.say(
            _("that a wrong choice costs nothing: here it costs as much as a right one gives")
        )
    else:
        source.say(_("what a wrong choice costs: here as much as a right one gives"))


def from_true_false(source: Source) -> dict[str, Any]:
    """A statement; the words are ours."""
    if [answer.percent > 0 for answer in source.answers].count(True) != 1:
        raise Refused(_("a statement is either true or false"))
    named = [
        Answer(plain(to_learners(word)), answer.percent, answer.feedback)
        for word, answer in zip(WORDS, source.answers, strict=True)
    ]
    source.answers = named
    options = _options(source, lambda answer: answer.percent > 0)
    return framed(source, "true_false", options=options)


def to_choices(content: Any) -> Source:
    """One right or several; the points of the rule are Moodle's nearest."""
    source = going(content, "multichoice")
    source.several = content["type"] == "multiple"
    right = sum(one["correct"] for one in content["options"])
    share = FULL / right if source.several else FULL
    rule = content.get("rule") or Rule.ALL_OR_NOTHING
    cost = NONE
    if source.several:
        cost = -share if rule == Rule.RIGHT_MINUS_WRONG else -FULL
        if rule == Rule.PER_PART:
            cost = -share
            source.say(_("points for what is rightly not chosen: elsewhere only choices count"))
        elif rule == Rule.ALL_OR_NOTHING and right > 1:
            source.say(_("all or nothing: elsewhere a part of the right ones gives a part"))
    source.answers = [
        Answer(plain(one["text"]), share if one["correct"] else cost, plain(one["feedback"]))
        for one in content["options"]
    ]
    return source


def to_true_false(content: Any) -> Source:
    """A statement; only our words for true and false go."""
    source = going(content, "truefalse")
    options = content["options"]
    if options[0]["text"].strip().lower() in WORDS_FOR_FALSE:
        options = options[::-1]
    if [one["text"] for one in options] != [to_learners(word) for word in WORDS]:
        source.say(
            _("the words “%(true)s” and “%(false)s”: elsewhere it is true and false")
            % {"true": options[0]["text"], "false": options[1]["text"]}
        )
    source.answers = [
        Answer(Text(word), FULL if one["correct"] else NONE, plain(one["feedback"]))
        for word, one in zip(("true", "false"), options, strict=True)
    ]
    return source
