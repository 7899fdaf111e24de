"""When a forecast is shown: where forecasts of the same unit and target have been better than the
straight line, as far ahead as this one looks.
"""

from collections.abc import Sequence
from typing import NamedTuple

# How far ahead forecasts are looked back on, in weeks.
TRIED_WEEKS = (4, 13, 26)
# So many month-ends are looked back on.
TRIED_DAYS = 6
# Fewer say nothing; and no forecast looks this much farther ahead than any that was tried.
LEAST_TRIED = 4
FARTHEST = 1.5
# The interval promises four of five; with so few tries one may miss by chance.
LEAST_HELD = 2 / 3


class Tried(NamedTuple):
    """A forecast of a day that has come: errors in percentage points."""

    error: float
    line_error: float  # the straight line's
    as_is_error: float  # that of "as it stands"
    held: bool  # whether the interval held what came


class Verdict(NamedTuple):
    """What the forecasts of the past came to: errors in percentage points, on average."""

    weeks: int  # so far ahead they looked
    tried: int
    error: float
    line_error: float
    as_is_error: float
    held: int  # of the intervals, so many held what came

    @property
    def is_good(self) -> bool:
        """Better than the straight line and than "as it stands", and the interval holds."""
        return (
            self.tried >= LEAST_TRIED
            and self.error < min(self.line_error, self.as_is_error)
            and self.held >= LEAST_HELD * self.tried
        )


NOTHING = Verdict(0, 0, 0, 0, 0, 0)


def verdict_of(weeks: int, tried: Sequence[Tried]) -> Verdict:
    """What these come to, of forecasts made so many weeks ahead."""
    if not tried:
        return NOTHING
    number = len(tried)
    return Verdict(
        weeks,
        number,
        sum(one.error for one in tried) / number,
        sum(one.line_error for one in tried) / number,
        sum(one.as_is_error for one in tried) / number,
        sum(one.held for one in tried),
    )


def tried_for(weeks_left: float) -> int | None:
    """How far ahead the forecasts looked that this one is judged by; None: none so far."""
    if weeks_left > FARTHEST * max(TRIED_WEEKS):
        return None
    return min(TRIED_WEEKS, key=lambda weeks: abs(weeks - weeks_left))
