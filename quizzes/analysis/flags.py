"""What a question's figures warn of, each with a sentence of advice.

The limits are the customary ones of classical item analysis, made careful for small numbers: a
warning that chance may have made teaches authors to ignore warnings.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _

from quizzes.analysis.figures import Choice, ItemFigures
from quizzes.analysis.kept import NOTHING, OTHER, OTHER_RIGHT
from quizzes.analysis.limits import FEWEST

TOO_HARD = 0.3
TOO_EASY = 0.95
# Below it a question says little of who knows (Ebel and Frisbie: under .20 is poor; of corrected
# correlations .10 corresponds).
TELLS_LITTLE = 0.1
# From so many on: the correlation's standard error is then under .19.
ENOUGH_TO_TELL = 30
# Twice the minute that a question is planned with.
TOO_SLOW_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning: its code, what it says, what to do, and what it is about."""

    code: str
    title: str
    advice: str
    about: tuple[str, ...] = ()


def flags(figures: ItemFigures, choices: Collection[Choice]) -> list[Flag]:
    """The warnings, the gravest first."""
    if figures.n < FEWEST or figures.p is None:
        return [_too_few()]
    found = [
        _suspicious_key(figures, choices),
        _too_hard(figures.p),
        _tells_little(figures),
        _nobody_picks(figures, choices),
        _too_easy(figures.p),
        _too_slow(figures),
    ]
    return [one for one in found if one]


def _too_few() -> Flag:
    return Flag(
        "few",
        _("Too few answers"),
        _("Wait until at least %(number)d people have answered; figures of fewer say nothing.")
        % {"number": FEWEST},
    )


def _suspicious_key(figures: ItemFigures, choices: Collection[Choice]) -> Flag | None:
    """The best choose something wrong more often than what is right, or get it wrong more often."""
    preferred = _preferred_by_the_best(figures, choices)
    r = figures.discrimination
    reversed_ = r is not None and r < -2 / sqrt(figures.n)
    if not preferred and not reversed_:
        return None
    return Flag(
        "key",
        _("The key may be wrong"),
        _(
            "Those who know most answer otherwise than the key. Read the question again: is the "
            "right answer marked, and can it be read in two ways?"
        ),
        tuple(preferred),
    )


def _preferred_by_the_best(figures: ItemFigures, choices: Collection[Choice]) -> list[str]:
    if figures.upper_n < FEWEST:
        return []
    preferred: list[str] = []
    for part in dict.fromkeys(choice.part for choice in choices):
        mine = [c for c in choices if c.part == part and c.value not in (NOTHING, OTHER)]
        right = max((c.upper for c in mine if c.correct), default=0)
        preferred += [c.text for c in mine if not c.correct and c.upper > right]
    return preferred


def _too_hard(p: float) -> Flag | None:
    if p >= TOO_HARD:
        return None
    return Flag(
        "hard",
        _("Too hard"),
        _("The mean score is under 30 %. Is it taught, and is the question clear?"),
    )


def _too_easy(p: float) -> Flag | None:
    if p <= TOO_EASY:
        return None
    return Flag(
        "easy",
        _("Too easy"),
        _(
            "Nearly everybody gets it right. Keep it if it is something everybody must know; "
            "otherwise make the wrong answers more likely."
        ),
    )


def _tells_little(figures: ItemFigures) -> Flag | None:
    r, p = figures.discrimination, figures.p
    if r is None or p is None or figures.n < ENOUGH_TO_TELL:
        return None
    if r >= TELLS_LITTLE or r < -2 / sqrt(figures.n) or p > TOO_EASY:
        return None
    return Flag(
        "apart",
        _("Does not tell those who know from those who don't"),
        _(
            "People who do well otherwise get it right no more often than others. Look for what "
            "one can guess, for two right answers, or for knowledge that the course does not teach."
        ),
    )


def _nobody_picks(figures: ItemFigures, choices: Collection[Choice]) -> Flag | None:
    if figures.n < ENOUGH_TO_TELL:
        return None
    shown = (NOTHING, OTHER, OTHER_RIGHT)
    unpicked = [c for c in choices if not c.correct and c.n == 0 and c.value not in shown]
    if not unpicked:
        return None
    return Flag(
        "unused",
        _("Wrong answers that nobody picks"),
        _("They make the question easier to guess. Write them as mistakes people really make."),
        _texts(unpicked),
    )


def _texts(choices: Sequence[Choice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(choice.text for choice in choices))


def _too_slow(figures: ItemFigures) -> Flag | None:
    if figures.seconds is None or figures.timed < FEWEST or figures.seconds <= TOO_SLOW_SECONDS:
        return None
    return Flag(
        "slow",
        _("Takes long"),
        _(
            "Half of those who answer need more than two minutes. Shorten the text, or make it two "
            "questions."
        ),
    )
