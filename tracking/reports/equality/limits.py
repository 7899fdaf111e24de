"""How far from a share chance alone brings a group of so many: exact binomial limits.

No normal approximation: groups are small and shares lie near all and none. A sum over a few
thousand terms, by the ratio of each to the one before, from the likeliest outwards, so that none
that counts is lost; tests hold it to sums of whole fractions.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

# What is seldom enough to ask about: one district in twenty, one in five hundred, by chance.
WARNING, ALARM = 0.05, 0.002
# Sizes along which the curves are drawn.
CURVE = 90


@dataclass(frozen=True, slots=True)
class Limits:
    """Of a group of `base`, so many done are nothing unusual: from `fewest` to `most`, both in.

    `lower` and `upper` are the same as shares of 0 to 100, without the steps of whole people: a
    group lies beyond one of them exactly when it has fewer, or more.
    """

    base: int
    fewest: int
    most: int
    lower: float
    upper: float

    def holds(self, done: int) -> bool:
        """Whether so many done are nothing unusual."""
        return self.fewest <= done <= self.most


def shared_out(chance: float, groups: int) -> float:
    """The chance each of so many groups may have, for all together to have at most `chance`.

    Bonferroni's division: it holds however the groups hang together, and here they do, for who
    works in two districts counts in both. The price against Šidák's is a hundredth part.
    """
    return chance / max(groups, 1)


@lru_cache(maxsize=4096)
def limits(base: int, done: int, of: int, chance: float) -> Limits:
    """Limits of a group of `base` around the share `done` of `of`, half the chance on each side.

    A number is outside when the chance of it and all further from the middle is less than half.
    """
    share = done / of
    most, upper = _upper(base, share, chance / 2)
    rest, lower = _upper(base, (of - done) / of, chance / 2)
    below, above = (base - lower) * 100 / base, upper * 100 / base
    return Limits(base, base - rest, most, max(below, 0.0), min(above, 100.0))


def curve(most: int, done: int, of: int, chance: float) -> list[tuple[int, float, float]]:
    """(size, lower, upper) for sizes up to `most`, denser where the curve bends."""
    sizes = np.unique(np.linspace(1, most**0.5, CURVE).round(6) ** 2)
    whole = sorted({max(1, round(float(size))) for size in sizes} | {most})
    found = (limits(size, done, of, chance) for size in whole)
    return [(one.base, one.lower, one.upper) for one in found]


def _upper(base: int, share: float, tail: float) -> tuple[int, float]:
    """The most that is not unusual; and where between it and the next the limit lies.

    So many are outside when the chance of them or more is less than `tail`. The nearer the most
    itself is to that, the nearer the limit lies to it.
    """
    above = _above(base, share)
    most = int(np.flatnonzero(above < tail)[0])
    before = float(above[most - 1]) if most else 1.0
    spare = (tail - float(above[most])) / (before - float(above[most]))
    return most, most + 1 - spare


def _above(base: int, share: float) -> npt.NDArray[np.float64]:
    """The chance of more than k, for k from 0 to `base`."""
    if share <= 0:
        return np.zeros(base + 1)
    if share >= 1:
        return np.append(np.ones(base), 0.0)
    k = np.arange(base)
    ratios = (base - k) / (k + 1) * (share / (1 - share))  # of k + 1 to k
    likeliest = int(np.argmax(ratios < 1)) if (ratios < 1).any() else base
    terms = np.ones(base + 1)
    terms[likeliest + 1 :] = np.cumprod(ratios[likeliest:])
    terms[:likeliest] = np.cumprod(1 / ratios[:likeliest][::-1])[::-1]
    from_top = np.cumsum(terms[::-1])[::-1]
    above: npt.NDArray[np.float64] = np.append(from_top[1:], 0.0) / from_top[0]
    return above
