"""The figures against a published data set and what a well-known program makes of it.

The Law School Admission Test, section 6: five questions, 1,000 people. Data: R. D. Bock and
M. Lieberman (1970), Fitting a response model for n dichotomously scored items, Psychometrika 35,
179-197, table 1. Published results: `descript(LSAT)` of the R package ltm (D. Rizopoulos, 2006,
Journal of Statistical Software 17(5)): proportions, "Point Biserial correlation with Total Score:
Excluded", and Cronbach's alpha, four decimals.
"""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from quizzes.analysis.figures import alpha, item_figures
from quizzes.analysis.sums import (
    CLASSES,
    MIDDLE,
    groups,
    item_sums,
    pair_sums,
    thresholds,
)

# How many people gave each pattern of right (1) and wrong (0) answers, from 00000 to 11111.
FREQUENCIES = [
    *(3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15),
    *(10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298),
]
PROPORTIONS = [0.924, 0.709, 0.553, 0.763, 0.870]
EXCLUDED = [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]
ALPHA = 0.2950


def lsat() -> tuple[pd.DataFrame, pd.DataFrame]:
    patterns = list(product([0, 1], repeat=5))
    people = [p for p, times in zip(patterns, FREQUENCIES, strict=True) for _ in range(times)]
    scores = np.array(people, dtype=float)
    responses = pd.DataFrame(
        {
            "attempt": np.repeat(np.arange(1000), 5),
            "item": np.tile(np.arange(5), 1000),
            "score": scores.ravel(),
        }
    )
    attempts = pd.DataFrame({"count": 5, "points": scores.sum(axis=1)})
    shares = attempts["points"].to_numpy() / 5
    return responses, attempts.assign(group=groups(shares, *thresholds(shares)))


def test_mean_scores_are_the_published_proportions() -> None:
    responses, attempts = lsat()
    sums = item_sums(responses, attempts, 5)
    shown = [item_figures(sums.loc[i], np.zeros(CLASSES)).p for i in range(5)]
    assert shown == pytest.approx(PROPORTIONS, abs=1e-12)


def test_correlations_with_the_rest_are_the_published_ones() -> None:
    responses, attempts = lsat()
    sums = item_sums(responses, attempts, 5)
    shown = [item_figures(sums.loc[i], np.zeros(CLASSES)).discrimination for i in range(5)]
    assert [round(one or 0, 4) for one in shown] == EXCLUDED


def test_alpha_is_the_published_one() -> None:
    responses, _attempts = lsat()
    found = alpha(pair_sums(responses, 5), length=5)
    assert found is not None
    assert round(found.value, 4) == ALPHA
    assert found.same


def test_the_groups_hold_everybody_with_the_same_result() -> None:
    """298 had all five right: more than 27 per cent; 3 + 20 + 85 + 237 at most three of them."""
    _responses, attempts = lsat()
    by_points = attempts.groupby("points")["group"].unique().map(list).to_dict()
    assert by_points == {0: [0], 1: [0], 2: [0], 3: [0], 4: [MIDDLE], 5: [2]}
    assert (attempts["group"] == 2).sum() == 298
    assert (attempts["group"] == 0).sum() == 345
