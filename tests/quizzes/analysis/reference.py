"""Item analysis once more: slow, obvious, plain Python. What the fast one is held against."""

from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from statistics import mean, variance

# By attempt, the score of each question asked, by its number.
Scores = Mapping[int, Mapping[int, float]]


def p_value(scores: Scores, item: int) -> float | None:
    mine = [one[item] for one in scores.values() if item in one]
    return mean(mine) if mine else None


def correlation_with_rest(scores: Scores, item: int) -> float | None:
    pairs = [
        (one[item], mean(score for other, score in one.items() if other != item))
        for one in scores.values()
        if item in one
    ]
    return pearson(pairs)


def pearson(pairs: Sequence[tuple[float, float]]) -> float | None:
    if len(pairs) < 2:
        return None
    x, y = mean(a for a, _b in pairs), mean(b for _a, b in pairs)
    spread_x = sum((a - x) ** 2 for a, _b in pairs)
    spread_y = sum((b - y) ** 2 for _a, b in pairs)
    if spread_x / len(pairs) < 1e-9 or spread_y / len(pairs) < 1e-9:
        return None
    return sum((a - x) * (b - y) for a, b in pairs) / sqrt(spread_x * spread_y)


def cronbach(scores: Scores) -> float | None:
    """By the variances, as in textbooks; for attempts that all have the same questions."""
    rows = list(scores.values())
    items = sorted(rows[0])
    total = variance([sum(row.values()) for row in rows])
    if total < 1e-9:
        return None
    parts = sum(variance([row[item] for row in rows]) for item in items)
    return len(items) / (len(items) - 1) * (1 - parts / total)


def best_and_weakest(scores: Scores) -> tuple[set[int], set[int]]:
    shares = {attempt: mean(one.values()) for attempt, one in scores.items()}
    ranked = sorted(shares.values())
    size = ceil(0.27 * len(ranked))
    low, high = ranked[size - 1], ranked[-size]
    if low >= high:
        return set(), set()
    best = {attempt for attempt, share in shares.items() if share >= high}
    return best, {attempt for attempt, share in shares.items() if share <= low}


def seconds(started: float, saved: Mapping[int, float]) -> dict[int, float]:
    """How long each answer of an attempt took, of those one can tell."""
    taken = {}
    for item, moment in saved.items():
        earlier = [one for one in saved.values() if one < moment]
        together = sum(one == moment for one in saved.values()) > 1
        spent = moment - max(earlier, default=started)
        if not together and 0 < spent <= 600:
            taken[item] = spent
    return taken
