"""Gaps in a text, chosen or typed; what is asked for in a word or a number is one gap."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.interchange.mapping.choices import say_parts
from quizzes.interchange.mapping.numbers import accepted_numbers
from quizzes.interchange.mapping.wording import (
    framed,
    going,
    html,
    option,
    paragraphs,
    plain,
    short,
    to_learners,
)
from quizzes.interchange.source import (
    GAP_END,
    GAP_START,
    Answer,
    Gap,
    GapKind,
    Refused,
    Source,
    Text,
    gap_mark,
)
from quizzes.interchange.texts import as_html, as_plain
from quizzes.types.base import Rule

FULL, NONE = Fraction(100), Fraction(0)
_mark = re.compile(f"{GAP_START}(\\d+){GAP_END}")
_star = re.compile(r"(?<!\\)\*")
Piece = dict[str, Any]


def from_gaps(source: Source) -> dict[str, Any]:
    """A text with gaps. A gap of another kind than most is shown filled in, and that said."""
    typed = [gap.kind in (GapKind.TYPED, GapKind.NUMBER) for gap in source.gaps]
    chosen = [gap.kind is GapKind.CHOICE for gap in source.gaps]
    if not any(typed) and not any(chosen):
        raise Refused(_("each of its gaps takes several answers"))
    is_typed = sum(typed) > sum(chosen)
    wanted = typed if is_typed else chosen
    make = _typed_gap if is_typed else _chosen_gap

    def fill(number: int) -> Piece:
        gap = source.gaps[number]
        if wanted[number]:
            return make(source, gap, number)
        word = _filled_in(source, gap)
        source.say(
            _("gap %(number)d, which is of another kind: it stands filled in, with “%(word)s”")
            % {"number": number + 1, "word": word}
        )
        return {"text": word}

    text, passage = _in_pieces(source, fill)
    kind = "gap_typed" if is_typed else "gap_choice"
    return framed(source, kind, text=text, passage=passage, rule=Rule.PER_PART.value)


def from_missing_word(source: Source) -> dict[str, Any]:
    """Multiple choice whose answers stand in the text."""
    if source.several:
        raise Refused(_("a gap takes several answers"))
    source.gaps = [Gap(GapKind.CHOICE, tuple(source.answers))]
    return from_gaps(source)


def from_short_answer(source: Source) -> dict[str, Any]:
    """A word to type: a gap where the file has one, otherwise after the question."""
    kind = GapKind.NUMBER if source.type == "numerical" else GapKind.TYPED
    gap = Gap(kind, tuple(source.answers), source.ignore_case)
    if source.missing_word:
        source.gaps = [gap]
        return from_gaps(source)
    passage = [{"text": _answer_words()}, _typed_gap(source, gap, 0)]
    return framed(source, "gap_typed", passage=passage, rule=Rule.PER_PART.value)


def _answer_words() -> str:
    return to_learners(gettext_lazy("Answer:")) + " "


def _in_pieces(source: Source, fill: Callable[[int], Piece]) -> tuple[str, list[Piece]]:
    """The paragraphs before the first that has a gap, and the rest in pieces of plain text."""
    whole = as_html(source.text, source)
    first = whole.find(GAP_START)
    lead = whole.rfind("</p>", 0, max(first, 0)) + len("</p>")
    lead = lead if lead >= len("</p>") else 0
    words = as_plain(html(whole[lead:]), source, lines=True)
    # Odd pieces are the numbers of gaps. One that is no longer there has been taken out with
    # what it stood in, and that was said.
    parts = _mark.split(words)
    if not any(one.strip() for one in parts[0::2]):
        parts[0] = _answer_words()
    pieces: list[Piece] = []
    for at, part in enumerate(parts):
        piece = fill(int(part)) if at % 2 else {"text": part}
        if "text" in piece and pieces and "text" in pieces[-1]:
            pieces[-1]["text"] += piece["text"]
        elif piece.get("text") != "":
            pieces.append(piece)
    return whole[:lead] or paragraphs(_fill_in_words()), pieces


def _fill_in_words() -> str:
    return to_learners(gettext_lazy("Fill in what is missing."))


def _filled_in(source: Source, gap: Gap) -> str:
    right = [one for one in gap.answers if one.percent > 0] or list(gap.answers)
    return ", ".join(
        as_plain(one.text, source) for one in right[: None if gap.kind is GapKind.SEVERAL else 1]
    )


def _chosen_gap(source: Source, gap: Gap, number: int) -> Piece:
    best = max(answer.percent for answer in gap.answers)
    if best <= 0:
        raise Refused(_("gap %(number)d has no right answer") % {"number": number + 1})
    say_parts(source, gap.answers, best)
    right = [answer for answer in gap.answers if answer.percent == best]
    for other in right[1:]:
        source.say(
            _("“%(text)s” in gap %(number)d: only one word can be right")
            % {"text": short(source, other.text), "number": number + 1}
        )
    offered = [one for one in gap.answers if one.percent != best or one is right[0]]
    options = [
        option(source, answer, at, correct=answer is right[0]) for at, answer in enumerate(offered)
    ]
    return {"gap": str(number), "options": options}


def _typed_gap(source: Source, gap: Gap, number: int) -> Piece:
    right = [answer for answer in gap.answers if answer.percent == FULL]
    for answer in gap.answers:
        if answer.percent not in (NONE, FULL):
            say_parts(source, [answer], FULL)
        elif answer.percent == 0 and answer.feedback.text:
            source.say(_("the feedback to “%(text)s”") % {"text": short(source, answer.text)})
    accepted = (
        accepted_numbers(source, right) if gap.kind is GapKind.NUMBER else _words(source, right)
    )
    if not accepted:
        raise Refused(_("nothing that could be typed is right"))
    said = [as_plain(answer.feedback, source, lines=True) for answer in right]
    for other in dict.fromkeys(said[1:]):
        if other and other != said[0]:
            source.say(_("the feedback “%(text)s”") % {"text": other[:60]})
    return {
        "gap": str(number),
        "accepted": accepted,
        "ignore_case": gap.ignore_case,
        "ignore_accents": False,
        "feedback": said[0],
    }


def _words(source: Source, right: Sequence[Answer]) -> list[str]:
    words = []
    for answer in right:
        word = as_plain(answer.text, source)
        if _star.search(word):
            source.say(_("“%(text)s”, where * stands for anything") % {"text": word[:60]})
        elif word:
            words.append(word.replace("\\*", "*"))
    return list(dict.fromkeys(words))


def to_gaps(content: Any) -> Source:
    """A text with gaps; what both formats make of it is for the writers."""
    source = going(content, "cloze")
    is_typed = content["type"] == "gap_typed"
    pieces, lines = [], []
    for piece in content["passage"]:
        if "gap" not in piece:
            lines.append(escape(piece["text"], quote=False))
            continue
        lines.append(gap_mark(len(source.gaps)))
        source.gaps.append(_typed_out(source, piece) if is_typed else _chosen_out(piece))
    pieces = [f"<p>{one}</p>" for one in "".join(lines).split("\n") if one.strip()]
    source.text = html("".join([content["text"], *pieces]))
    if content.get("rule", Rule.PER_PART) != Rule.PER_PART:
        source.say(_("how it is scored: elsewhere each part gives its share"))
    return source


def _chosen_out(gap: Any) -> Gap:
    answers = tuple(
        Answer(plain(one["text"]), FULL if one["correct"] else NONE, plain(one["feedback"]))
        for one in gap["options"]
    )
    return Gap(GapKind.CHOICE, answers)


def _typed_out(source: Source, gap: Any) -> Gap:
    if gap["ignore_accents"]:
        source.say(_("that accents are forgiven"))
    answers = [
        Answer(plain(word.replace("*", "\\*")), FULL, plain(gap["feedback"]) if at == 0 else Text())
        for at, word in enumerate(gap["accepted"])
    ]
    return Gap(GapKind.TYPED, tuple(answers), gap["ignore_case"])
