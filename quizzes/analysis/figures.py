"""Figures from sums: what each means, and how it is computed.

Nothing here reads the database or knows a person. Where there is too little to compute a figure
from, it is None.
"""

from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np
import pandas as pd

from quizzes.analysis.limits import FEWEST
from quizzes.analysis.sums import CLASS_ENDS


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen, and how often it was."""

    part: str
    value: str
    text: str
    correct: bool
    n: int
    upper: int
    lower: int


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """A version of a question, in a quiz.

    `p`: mean score. `discrimination`: correlation of the score with the rest of the quiz. `upper`,
    `lower`: mean score of the best and of the weakest, with how many they are. `seconds`: median.
    """

    n: int
    p: float | None
    discrimination: float | None
    upper_n: int
    lower_n: int
    upper: float | None
    lower: float | None
    seconds: float | None
    timed: int


def item_figures(sums: pd.Series, times: np.ndarray) -> ItemFigures:
    """The figures of one item."""
    n, upper, lower = int(sums["n"]), int(sums["upper"]), int(sums["lower"])
    return ItemFigures(
        n=n,
        p=_share(sums["score"], n),
        discrimination=point_biserial(sums),
        upper_n=upper,
        lower_n=lower,
        upper=_share(sums["score_upper"], upper),
        lower=_share(sums["score_lower"], lower),
        seconds=median_seconds(times),
        timed=int(times.sum()),
    )


def _share(total: float, n: int) -> float | None:
    return float(total) / n if n else None


def point_biserial(sums: pd.Series) -> float | None:
    """Correlation of the score with the mean score of the attempt's other questions.

    Corrected: the question itself is not part of what it is compared with. For scores of 0 and 1 it
    is the point-biserial correlation, otherwise Pearson's. None where either does not vary.
    """
    n = int(sums["paired"])
    if n < 2 or n != int(sums["n"]):  # a quiz of one question has no rest
        return None
    x, y = sums["score"] / n, sums["rest"] / n
    spread_x = sums["score_squared"] / n - x * x
    spread_y = sums["rest_squared"] / n - y * y
    if spread_x <= 1e-12 or spread_y <= 1e-12:
        return None
    r = (sums["score_rest"] / n - x * y) / sqrt(spread_x * spread_y)
    return max(-1.0, min(1.0, float(r)))


def median_seconds(times: np.ndarray) -> float | None:
    """The median of what is known in classes, evenly spread within the class it falls in."""
    total = int(times.sum())
    if not total:
        return None
    reached = np.cumsum(times)
    at = int(np.searchsorted(reached, total / 2))
    begin = float(CLASS_ENDS[at - 1]) if at else 0.0
    before = int(reached[at - 1]) if at else 0
    return begin + (float(CLASS_ENDS[at]) - begin) * (total / 2 - before) / int(times[at])


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha of a quiz of `length` questions; `same`: everybody got the same ones."""

    value: float
    length: float
    same: bool


def alpha(pairs: np.ndarray, *, length: float, fewest: int = FEWEST) -> Alpha | None:
    """How far the questions of a quiz agree on who knows.

    α = k·c / (v + (k - 1)·c): k is the number of questions an attempt has, v the mean variance
    of a question and c the mean covariance of two. Where everybody got the same questions this is
    Cronbach's alpha exactly (and KR-20 for scores of 0 and 1). Where questions are drawn, nobody
    has answered all of them and the classical formula can't be used; v and c are then means over
    the questions, and the pairs of them, that at least `fewest` attempts had: the alpha expected
    of such a draw. None with fewer than two questions, fewer than half of the pairs met often
    enough, or no variance at all.
    """
    met = pairs[0]
    own = np.diag(met)
    used = own >= fewest
    count = int(used.sum())
    if count < 2 or length < 2:
        return None
    enough = (met >= fewest) & used[:, None] & used[None, :]
    np.fill_diagonal(enough, val=False)
    possible = count * (count - 1)
    if enough.sum() * 2 < possible:
        return None
    variance = _covariances(pairs, np.diag(used)).mean()
    covariance = _covariances(pairs, enough).mean()
    spread = variance + (length - 1) * covariance
    if spread <= 1e-12:
        return None
    value = float(length * covariance / spread)
    # Over pairs that few have met, chance can give what no set of answers could.
    if not isfinite(value) or value > 1 + 1e-9:
        return None
    same = bool((met[np.ix_(used, used)] == own[used][0]).all()) and count == len(own)
    return Alpha(value, length, same)


def _covariances(pairs: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The covariances of the pairs chosen, each over the attempts that had both."""
    at = np.nonzero(chosen)
    n = pairs[0][at]
    product, own, other = pairs[2][at], pairs[1][at], pairs[1].T[at]
    covariances: np.ndarray = (product - own * other / n) / (n - 1)
    return covariances
