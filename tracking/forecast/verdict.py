"""When a forecast is shown: where forecasts of the same unit and target have been better than the
straight line, as far ahead as this one looks.
"""

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


class Verdict(NamedTuple):
    """What the forecasts of the past came to: errors in percentage points, on average."""

    weeks: int  # so far ahead they looked
    tried: int
    error: float
    line_error: float  # the straight line's
    as_is_error: float  # what "as it stands" would have missed by
    held: int  # of the intervals, so many held what came

    @property
    def is_good(self) -> bool:
        """Better than the straight line and than "as it stands", and the interval holds."""
        return (
            self.tried >= LEAST_TRIED
            and self.error < min(self.line_error, self.as_is_error)
            and self.held >= LEAST_HELD * self.tried
        )


def tried_for(weeks_left: float) -> int | None:
    """How far ahead the forecasts looked that this one is judged by; None: none so far."""
    if weeks_left > FARTHEST * max(TRIED_WEEKS):
        return None
    return min(TRIED_WEEKS, key=lambda weeks: abs(weeks - weeks_left))
