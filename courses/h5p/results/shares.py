"""The share of the points somebody has, in ten-thousandths: exact, and what H5P rounds to."""

from fractions import Fraction

WHOLE = 10_000


def share_of(raw: float, maximum: float) -> int:
    """What so many points of so many are, rounded to the nearest, halves up; 0 to WHOLE."""
    exact = Fraction(raw) / Fraction(maximum)
    return min(max(int(exact * WHOLE + Fraction(1, 2)), 0), WHOLE)


def percent_of(share: int) -> int:
    """Whole percent, rounded down: nobody is told of a percent they have not reached."""
    return share * 100 // WHOLE


def reaches(share: int | None, percent: int) -> bool:
    """Whether a share is at least so many percent."""
    return share is not None and share * 100 >= percent * WHOLE
