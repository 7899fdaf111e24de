"""What the pages show: figures with words, and nothing where there are too few to tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import pandas as pd
import numpy as np

from foundation.charts import Bar, Chart, bars, columns
from foundation.components.numbers import number, percent
from quizzes.analysis.figures import (
    FEWEST,
    SMALL,
    Alpha,
    Choice,
    ItemFigures,
    alpha,
    item_figures,
)
from quizzes.analysis.flags import Flag, flags
from quizzes.analysis.kept import (
    NOTHING,
    OTHER,
    OTHER_RIGHT,
    SHARE_CLASSES,
    ItemSums,
    QuizSums,
)
from quizzes.analysis.loading import ItemKey
from quizzes.analysis.queries import Standing, all_sums, standing
from quizzes.bank.models import Quiz
from quizzes.types import Content, type_of

# Types where every part can be given every value: what nobody chose there is no bad distractor.
WITHOUT_DISTRACTORS = {"matching", "ordering", "categorise", "gap_typed", "case"}


@dataclass(frozen=True, slots=True)
class ItemReport:
    """A version of a question."""

    key: str
    version: str
    wording: str
    figures: ItemFigures
    flags: list[Flag]
    is_current: bool
    in_bank: int | None

    @property
    def is_hidden(self) -> bool:
        """Too few have answered."""
        return self.figures.n < FEWEST


@dataclass(frozen=True, slots=True)
class TryReport:
    """How the first, second, … try went; without figures where there are too few."""

    number: int
    n: int | None
    passed: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class QuizReport:
    """A quiz."""

    quiz: Quiz
    n: int
    is_hidden: bool
    alpha: Alpha | None
    tries: list[TryReport]
    results: list[tuple[str, int]]
    chart: Chart | None
    items: list[ItemReport]


@dataclass(frozen=True, slots=True)
class ChoiceReport:
    """A row of the distractor table; None where it can't be said."""

    text: str
    correct: bool | None
    count: int | None  # None: some, but fewer than SMALL
    share: float | None
    upper: float | None
    lower: float | None


@dataclass(frozen=True, slots=True)
class PartReport:
    """A part of a question with all that can be chosen there."""

    label: str
    choices: list[ChoiceReport]
    chart: Chart


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """A version of a question, with its distractors."""

    item: ItemReport
    content: Content
    parts: list[PartReport]
    others: list[ItemReport]


def quiz_report(quiz: Quiz) -> QuizReport:
    """The figures of a quiz and of each of its questions, those with warnings first."""
    sums = all_sums(quiz)
    n = sum(sums.classes)
    hidden = n < FEWEST
    found = None if hidden else alpha(sums.matrix(), length=_length(sums))
    return QuizReport(
        quiz=quiz,
        n=n,
        is_hidden=hidden,
        alpha=found,
        tries=[] if hidden else _tries(sums),
        results=[] if hidden else list(zip(_class_names(), sums.classes, strict=True)),
        chart=None if hidden else _result_chart(quiz, sums, n),
        items=_items(sums),
    )


def question_report(quiz: Quiz, key: str, version: str) -> QuestionReport:
    """A version of a question; raises LookupError when nobody has been asked it in this quiz."""
    sums = all_sums(quiz)
    item = sums.items[key, version]
    reports = {(one.key, one.version): one for one in _items(sums)}
    mine = reports[key, version]
    others = [one for one in reports.values() if one.key == key and one.version != version]
    parts = [] if mine.is_hidden else _parts(item)
    return QuestionReport(mine, item.content, parts, others)


def _length(sums: QuizSums) -> float:
    return sums.asked / sums.answered if sums.answered else 0.0


def _class_names() -> list[str]:
    step = 100 // (SHARE_CLASSES - 1)
    return [f"{at}–{at + step - 1} %" for at in range(0, 100, step)] + ["100 %"]


def _result_chart(quiz: Quiz, sums: QuizSums, n: int) -> Chart:
    passing = quiz.pass_percent
    step = 100 // (SHARE_CLASSES - 1)
    rows = [
        Bar(str(at * step), count / n, number(count) if count else "", faint=at * step < passing)
        for at, count in enumerate(sums.classes)
    ]
    title = _("Results of the first try, per cent of the points")
    mark = (passing // step, _("pass mark %(percent)d %%") % {"percent": passing})
    return columns("resultat", title, rows, mark=mark)


def _tries(sums: QuizSums) -> list[TryReport]:
    return [
        TryReport(at, n, passed, passed / n) if n >= FEWEST else TryReport(at, None, None, None)
        for at, (n, passed) in sorted(sums.tries.items())
    ]


def _items(sums: QuizSums) -> list[ItemReport]:
    in_bank = standing(sums)
    items = [_item(key, item, in_bank) for key, item in sums.items.items()]
    return sorted(items, key=lambda one: (not _warned(one), one.key, not one.is_current))


def _warned(item: ItemReport) -> bool:
    return any(flag.code != "few" for flag in item.flags)


def _item(key: ItemKey, item: ItemSums, in_bank: Mapping[str, Standing]) -> ItemReport:
    figures = item_figures(pd.Series(item.sums), np.array(item.times))
    name, version = key
    stands = in_bank.get(name)
    choices = [] if item.content["type"] in WITHOUT_DISTRACTORS else _choices(item)
    return ItemReport(
        key=name,
        version=version,
        wording=wording(item.content),
        figures=figures,
        flags=flags(figures, choices),
        is_current=stands is not None and stands.version == version,
        in_bank=stands.pk if stands else None,
    )


def wording(content: Content) -> str:
    """What is asked, on one line."""
    return " ".join(unescape(strip_tags(content["text"])).split())


def _choices(item: ItemSums) -> list[Choice]:
    """Everything that could be chosen, what was chosen beside it, and nothing, part by part."""
    possible = type_of(item.content).possible(item.content)
    named = {
        (one.part, one.value): Choice(
            one.part,
            one.value,
            one.text,
            one.correct,
            *item.choices.get((one.part, one.value), (0, 0, 0)),
        )
        for one in possible
    }
    texts = {
        OTHER_RIGHT: _("Something else that was accepted"),
        OTHER: _("Something else"),
        NOTHING: _("No answer"),
    }
    rest = [
        Choice(part, value, texts.get(value, value), value == OTHER_RIGHT, *counts)
        for (part, value), counts in item.choices.items()
        if (part, value) not in named
    ]
    return [*named.values(), *rest]


def _parts(item: ItemSums) -> list[PartReport]:
    n, upper, lower = (int(item.sums[name]) for name in ("n", "upper", "lower"))
    by_part: dict[str, list[Choice]] = {}
    for choice in _choices(item):
        by_part.setdefault(choice.part, []).append(choice)
    labels = part_labels(item.content)
    found = []
    for at, (part, choices) in enumerate(by_part.items()):
        rows = [_choice(item.content, one, n, upper, lower) for one in choices]
        label = labels.get(part, "") if part else ""
        title = label or _("What people answered")
        drawn = [Bar(row.text, row.share or 0.0, _said(row), faint=not row.correct) for row in rows]
        found.append(PartReport(label, rows, bars(f"val-{at}", title, drawn)))
    return found


def _said(row: ChoiceReport) -> str:
    return percent(row.share * 100) if row.share is not None else f"< {SMALL}"


def _choice(content: Content, one: Choice, n: int, upper: int, lower: int) -> ChoiceReport:
    few = 0 < one.n < SMALL
    text = one.text
    if content["type"] == "ordering" and one.value not in (NOTHING, OTHER, OTHER_RIGHT):
        text = _("Place %(number)s") % {"number": one.value}
    return ChoiceReport(
        text=text,
        correct=None if one.value == NOTHING else one.correct,
        count=None if few else one.n,
        share=None if few else one.n / n,
        # Groups this small would tell of single people.
        upper=one.upper / upper if upper >= FEWEST and not few else None,
        lower=one.lower / lower if lower >= FEWEST and not few else None,
    )


def part_labels(content: Content) -> dict[str, str]:
    """What each part of a question is called, by its id."""
    labels: dict[str, str] = {}
    gaps = 0
    for value in content.values():
        if not isinstance(value, list):
            continue
        for one in value:
            if not isinstance(one, dict):
                continue
            if "gap" in one:
                gaps += 1
                labels[str(one["gap"])] = _("Gap %(number)d") % {"number": gaps}
            elif "id" in one:
                labels[str(one["id"])] = unescape(strip_tags(str(one.get("text", "")))).strip()
    return labels


def discrimination_words(r: float | None) -> str:
    """What a correlation with the rest means."""
    if r is None:
        return _("can't be told")
    if r >= 0.3:
        return _("tells apart well")
    if r >= 0.2:
        return _("tells apart")
    return _("tells apart a little") if r >= 0.1 else _("does not tell apart")


def alpha_words(found: Alpha | None) -> str:
    """What an alpha means, and how it was computed."""
    if found is None:
        return _("Too few people have met the same questions to say.")
    if found.value >= 0.8:
        meaning = _("High: the questions agree well on who knows.")
    elif found.value >= 0.7:
        meaning = _("Good enough for a quiz that decides something.")
    elif found.value >= 0.5:
        meaning = _("Low: chance decides more than it should for those close to the pass mark.")
    else:
        meaning = _("Very low: the quiz is short, or asks of very different things.")
    if found.same:
        how = _("Everybody got the same questions.")
    else:
        how = _(
            "Questions are drawn, so it is computed over pairs of questions that the same people "
            "were asked, for a quiz of this length."
        )
    return f"{meaning} {how}"


def seconds_words(seconds: float | None) -> str:
    """A time, in words."""
    if seconds is None:
        return "–"
    if seconds < 90:
        return ngettext("%(n)d second", "%(n)d seconds", round(seconds)) % {"n": round(seconds)}
    minutes, rest = divmod(round(seconds), 60)
    return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}
