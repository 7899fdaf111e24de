"""What the pages show: figures with words, and nothing where there are too few to tell."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from foundation.charts import Bar, Chart, bars, columns
from foundation.components.numbers import number, percent
from quizzes.analysis.figures import Alpha, Choice, ItemFigures, alpha, item_figures
from quizzes.analysis.flags import Flag, flags
from quizzes.analysis.kept import (
    NOTHING,
    OTHER,
    OTHER_RIGHT,
    SHARE_CLASSES,
    ItemSums,
    QuizSums,
)
from quizzes.analysis.limits import FEWEST, SMALL
from quizzes.analysis.loading import ItemKey
from quizzes.analysis.queries import Standing, all_sums, standing
from quizzes.analysis.words import (
    alpha_words,
    correlation,
    discrimination_words,
    part_labels,
    seconds_words,
    wording,
)
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

    @property
    def score(self) -> str:
        """The mean score, in words."""
        return _percent(self.figures.p)

    @property
    def correlation(self) -> str:
        """How its score goes with the rest of the quiz, as a number."""
        return correlation(self.figures.discrimination)

    @property
    def tells(self) -> str:
        """The same, in words."""
        return discrimination_words(self.figures.discrimination)

    @property
    def time(self) -> str:
        """The median time; nothing where few are known."""
        return seconds_words(self.figures.seconds if self.figures.timed >= FEWEST else None)

    @property
    def best(self) -> str:
        """The mean score of the best."""
        return _percent(self.figures.upper if self.figures.upper_n >= FEWEST else None)

    @property
    def weakest(self) -> str:
        """The mean score of the weakest."""
        return _percent(self.figures.lower if self.figures.lower_n >= FEWEST else None)


@dataclass(frozen=True, slots=True)
class TryReport:
    """How the first, second, … try went; without figures where there are too few."""

    number: int
    n: int | None
    passed: str  # in per cent


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

    @property
    def alpha_number(self) -> str:
        """Cronbach's alpha, as a number."""
        return correlation(self.alpha.value if self.alpha else None)

    @property
    def alpha_words(self) -> str:
        """What it means."""
        return alpha_words(self.alpha)


@dataclass(frozen=True, slots=True)
class ChoiceReport:
    """A row of the distractor table: how many chose it, of all, of the best, of the weakest."""

    text: str
    correct: bool | None  # None: no answer
    share: float
    said: str
    upper: str
    lower: str


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
        TryReport(at, n, _percent(passed / n)) if n >= FEWEST else TryReport(at, None, "–")
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
        drawn = [Bar(row.text, row.share, row.said, faint=not row.correct) for row in rows]
        found.append(PartReport(label, rows, bars(f"val-{at}", title, drawn)))
    return found


def _choice(content: Content, one: Choice, n: int, upper: int, lower: int) -> ChoiceReport:
    few = 0 < one.n < SMALL
    text = one.text
    if content["type"] == "ordering" and one.value not in (NOTHING, OTHER, OTHER_RIGHT):
        text = _("Place %(number)s") % {"number": one.value}
    return ChoiceReport(
        text=text,
        correct=None if one.value == NOTHING else one.correct,
        share=0.0 if few else one.n / n,
        said=_("fewer than %(number)d") % {"number": SMALL} if few else _percent(one.n / n),
        # Groups this small would tell of single people.
        upper=_percent(one.upper / upper) if upper >= FEWEST and not few else "–",
        lower=_percent(one.lower / lower) if lower >= FEWEST and not few else "–",
    )


def _percent(share: float | None) -> str:
    return percent(None if share is None else share * 100)
