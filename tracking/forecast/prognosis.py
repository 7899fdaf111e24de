"""Whether a goal will be reached by its day: what is known of that day already, and what usually
comes to be known week by week.

An *outlook* is how the deadline's day would come out if nothing more became known: whose validity
has run out by then, who has left, who has come. It moves each week with what becomes known. From
the last quarter's weeks follow two rates, how many of those left become done and how many come
beside them, and how much both vary; the weeks that remain follow the same way. In closed form: the
same outlooks always give the same forecast.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import NormalDist

WEEK = 7
# So many weeks of the past tell the rates, if there are so many; fewer than LEAST tell nothing.
WEEKS = 13
LEAST = 5
# The part of all outcomes that the interval is to hold.
COVERED = 0.8
_Z = NormalDist().inv_cdf(0.5 + COVERED / 2)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Who would count on the deadline's day, and be done, as known on the evening of `known_on`."""

    known_on: date
    base: int
    done: int

    @property
    def left(self) -> int:
        """Those who count and would not be done."""
        return self.base - self.done


@dataclass(frozen=True, slots=True)
class Prognosis:
    """How the day comes out: per cent of those who count then, neither rounded.

    In four cases of five the share lies from `low` to `high`; `chance`: of reaching the goal.
    `per_week`: how many more are done each week, lately, of those who count on the day;
    `needed_per_week`: how many it takes; 0 when those who are done already are enough.
    """

    low: float
    middle: float
    high: float
    chance: float
    per_week: float
    needed_per_week: float
    weeks_left: float


@dataclass(frozen=True, slots=True)
class Rates:
    """What a week brings: `done` is the part of those left, `more` are those who come beside them.

    `variance` is that of one week's number of people left; it was told from so many `weeks`.
    """

    done: float
    more: float
    base: float
    variance: float
    weeks: int

    def after(self, left: float, weeks: float) -> tuple[float, float]:
        """People left after so many weeks, and the variance of that."""
        stays = 1 - self.done
        kept = stays**weeks
        # So many weeks' worth of people come to stay: those who come early become done on the way.
        worth = (1 - kept) / self.done if self.done else weeks
        squares = (1 - kept**2) / (1 - stays**2) if self.done else weeks
        # Each week varies, and so do the rates themselves, told from few weeks.
        return left * kept + self.more * worth, self.variance * (squares + worth**2 / self.weeks)


def prognosis(outlooks: Sequence[Outlook], due_on: date, share: int) -> Prognosis | None:
    """The forecast of `due_on`, of outlooks on it a week apart, the last of them now.

    `share`: the goal. None where there are too few weeks, nobody counts, or the day has come.
    """
    recent = _unbroken(outlooks)
    if len(recent) < LEAST or not recent[-1].base:
        return None
    now = recent[-1]
    weeks = (due_on - now.known_on).days / WEEK
    if weeks <= 0:
        return None
    rates = rates_of(recent)
    base = max(1.0, now.base + rates.base * weeks)
    left, variance = rates.after(now.left, weeks)
    left = min(max(left, 0.0), base)
    spread = variance**0.5 * _widened(rates.weeks)
    middle, width = 100 * (1 - left / base), 100 * _Z * spread / base
    gained = recent[-1].done - recent[0].done
    return Prognosis(
        low=max(0.0, middle - width),
        middle=middle,
        high=min(100.0, middle + width),
        chance=_chance(middle - share, 100 * spread / base),
        per_week=gained / rates.weeks,
        needed_per_week=max(0.0, share * base / 100 - now.done) / weeks,
        weeks_left=weeks,
    )


def rates_of(outlooks: Sequence[Outlook]) -> Rates:
    """What the weeks between these brought.

    Half a person is added to what was done: a quiet quarter does not mean that nothing can happen.
    Where fewer are done at the end than at the beginning, those who are lost come as people left.
    """
    steps = list(pairwise(outlooks))
    weeks = len(steps)
    gained = outlooks[-1].done - outlooks[0].done
    base = (outlooks[-1].base - outlooks[0].base) / weeks
    exposed = sum(before.left for before, _ in steps)
    done = min(1.0, (max(gained, 0) + 0.5) / (exposed + 1))
    more = base + max(-gained, 0) / weeks
    missed = [after.left - before.left * (1 - done) - more for before, after in steps]
    mean = sum(missed) / weeks
    seen = sum((one - mean) ** 2 for one in missed) / (weeks - 1)
    # No week varies less than chance alone would have it.
    chance = exposed / weeks * done * (1 - done)
    return Rates(done, more, base, max(seen, chance), weeks)


def _unbroken(outlooks: Sequence[Outlook]) -> list[Outlook]:
    """The latest of them that are a week apart, at most so many."""
    found: list[Outlook] = []
    for one in reversed(outlooks):
        if found and (found[-1].known_on - one.known_on).days != WEEK:
            break
        found.append(one)
        if len(found) > WEEKS:
            break
    return found[::-1]


def _widened(weeks: int) -> float:
    """How much wider than a normal distribution's an interval of few weeks is (Student's)."""
    return 1 + (_Z**2 + 1) / (4 * (weeks - 1))


def _chance(above: float, spread: float) -> float:
    """The chance that what is `above` the goal on average is not below it."""
    if not spread:
        return float(above >= 0)
    return NormalDist().cdf(above / spread)
