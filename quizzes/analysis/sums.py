"""Adds answers up to sums that every figure follows from, and that can be added to each other.

Two tables go in. `attempts`, by attempt: `count` (questions asked) and `points` (the sum of their
scores). `responses`, one row per question asked: `attempt`, `item` (a number from 0 for each
version of a question), `score` (0 to 1), `answer` (a number for each different answer, -1 for none)
and `seconds` (how long it took, NaN where nobody can say).

What comes out are plain sums: those of answers that have been deleted since were kept, and added to
those of answers that are still here they give what all the answers together would have given.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

# The share of attempts that count as the best and as the weakest. Kelley (1939): with 27 per cent
# the two groups differ most surely.
GROUP_SHARE = 0.27
LOWER, MIDDLE, UPPER = 0, 1, 2

# Longer than this between two answers and somebody has gone for coffee: it says nothing of the
# question.
LONGEST_SECONDS = 600
# Where the classes of seconds end: fine where most answers are, coarse where few are.
CLASS_ENDS = np.array([*range(5, 121, 5), *range(135, 301, 15), *range(360, 601, 60)], dtype=float)
CLASSES = len(CLASS_ENDS)

ITEM_SUMS = [
    "n",
    "score",
    "score_squared",
    "rest",
    "rest_squared",
    "score_rest",
    "paired",
    "upper",
    "lower",
    "score_upper",
    "score_lower",
]


def thresholds(shares: np.ndarray) -> tuple[float, float]:
    """The highest share of the weakest group and the lowest of the best one.

    Everybody with the same result is in the same group, so a group may be larger than 27 per cent.
    Where the two would overlap, nobody differs enough, and both are empty.
    """
    if len(shares) == 0:
        return -np.inf, np.inf
    in_order = np.sort(shares)
    size = int(np.ceil(GROUP_SHARE * len(in_order)))
    low, high = float(in_order[size - 1]), float(in_order[-size])
    return (low, high) if low < high else (-np.inf, np.inf)


def groups(shares: np.ndarray, low: float, high: float) -> np.ndarray:
    """LOWER, MIDDLE or UPPER for each attempt."""
    return np.where(shares >= high, UPPER, np.where(shares <= low, LOWER, MIDDLE))


def item_sums(responses: pd.DataFrame, attempts: pd.DataFrame, items: int) -> pd.DataFrame:
    """ITEM_SUMS for each item; `attempts` has `group` as well.

    The rest of an attempt is the mean score of its other questions, so that attempts of different
    lengths can be compared; `paired` are the answers that had other questions beside them.
    """
    code = responses["item"].to_numpy()
    score = responses["score"].to_numpy(dtype=float)
    of = attempts.index.get_indexer(pd.Index(responses["attempt"]))
    count = attempts["count"].to_numpy()[of]
    has_rest = count > 1
    rest = np.zeros(len(score))
    points = attempts["points"].to_numpy(dtype=float)[of]
    np.divide(points - score, count - 1, out=rest, where=has_rest)
    group = attempts["group"].to_numpy()[of]

    def total(weights: np.ndarray) -> np.ndarray:
        return np.bincount(code, weights=weights, minlength=items)

    paired_score = np.where(has_rest, score, 0.0)
    return pd.DataFrame(
        {
            "n": np.bincount(code, minlength=items),
            "score": total(score),
            "score_squared": total(score * score),
            "rest": total(rest),
            "rest_squared": total(rest * rest),
            "score_rest": total(paired_score * rest),
            "paired": np.bincount(code, weights=has_rest, minlength=items).astype(int),
            "upper": np.bincount(code, weights=group == UPPER, minlength=items).astype(int),
            "lower": np.bincount(code, weights=group == LOWER, minlength=items).astype(int),
            "score_upper": total(np.where(group == UPPER, score, 0.0)),
            "score_lower": total(np.where(group == LOWER, score, 0.0)),
        }
    )


def answer_sums(responses: pd.DataFrame, attempts: pd.DataFrame, answers: int) -> pd.DataFrame:
    """How often each answer was given to each item: `item`, `answer`, `n`, `upper`, `lower`."""
    given = responses[responses["answer"] >= 0]
    pair = given["item"].to_numpy() * max(answers, 1) + given["answer"].to_numpy()
    group = attempts["group"].to_numpy()[attempts.index.get_indexer(pd.Index(given["attempt"]))]
    met, place = np.unique(pair, return_inverse=True)
    size = len(met)
    return pd.DataFrame(
        {
            "item": met // max(answers, 1),
            "answer": met % max(answers, 1),
            "n": np.bincount(place, minlength=size),
            "upper": np.bincount(place, weights=group == UPPER, minlength=size).astype(int),
            "lower": np.bincount(place, weights=group == LOWER, minlength=size).astype(int),
        }
    )


def time_sums(responses: pd.DataFrame, items: int) -> np.ndarray:
    """How many answers took how long: items × classes of seconds."""
    seconds = responses["seconds"].to_numpy(dtype=float)
    known = ~np.isnan(seconds)
    at = np.searchsorted(CLASS_ENDS, seconds[known])
    place = responses["item"].to_numpy()[known] * CLASSES + at
    return np.bincount(place, minlength=items * CLASSES).reshape(items, CLASSES)


def seconds_taken(responses: pd.DataFrame, started: pd.Series) -> np.ndarray:
    """How long each answer took, in the order of `responses`: NaN where nobody can say.

    `responses` has `attempt` and `saved` (seconds since any moment, NaN without an answer),
    `started` says by attempt when it began. An answer took the time since the one that was saved
    before it. What was saved together with others (a whole page handed in at once), or after more
    than LONGEST_SECONDS, is not known. An answer that was changed counts when it was changed.
    """
    saved = responses["saved"].to_numpy(dtype=float)
    attempt = responses["attempt"].to_numpy()
    order = np.lexsort((saved, attempt))  # NaN last in its attempt
    moment, whose = saved[order], attempt[order]
    same = np.zeros(len(order), dtype=bool)
    same[1:] = whose[1:] == whose[:-1]
    begun = started.to_numpy(dtype=float)[started.index.get_indexer(pd.Index(whose))]
    before = np.where(same, np.roll(moment, 1), begun)
    taken = moment - before
    together = np.zeros(len(order), dtype=bool)
    together[1:] = same[1:] & (moment[1:] == moment[:-1])
    together[:-1] |= together[1:]
    taken[together | (taken <= 0) | (taken > LONGEST_SECONDS)] = np.nan
    result = np.empty(len(order))
    result[order] = taken
    return result


def pair_sums(responses: pd.DataFrame, items: int, *, at_once: int = 4_000) -> np.ndarray:
    """For each two items that met in an attempt: how often, and the sums covariances follow from.

    An array [n, score, product] × items × items: `n[i, j]` attempts had both, `score[i, j]` is the
    sum of i's scores in them, `product[i, j]` the sum of the products.
    """
    ordered = responses.sort_values("attempt", kind="stable")
    code, score = ordered["item"].to_numpy(), ordered["score"].to_numpy(dtype=float)
    _met, row = np.unique(ordered["attempt"].to_numpy(), return_inverse=True)
    sums = np.zeros((3, items, items))
    rows = int(row[-1]) + 1 if len(row) else 0
    for first in range(0, rows, at_once):
        begin, end = np.searchsorted(row, [first, first + at_once])
        size = min(at_once, rows - first)
        asked, scores = np.zeros((size, items)), np.zeros((size, items))
        at = row[begin:end] - first, code[begin:end]
        asked[at], scores[at] = 1.0, score[begin:end]
        sums[0] += asked.T @ asked
        sums[1] += scores.T @ asked
        sums[2] += scores.T @ scores
    return sums


def codes(values: Sequence[object], known: dict[object, int]) -> np.ndarray:
    """A number for each value; `known` grows by those not met before."""
    found = [known.setdefault(value, len(known)) for value in values]
    return np.array(found, dtype=np.int64)
