"""Readers for the dates and moments that commands take as arguments."""

from datetime import date, datetime

from foundation.intervals import moment_known


def a_day(text: str) -> date:
    """An argument that is a date; argparse shows the name when it is not."""
    return date.fromisoformat(text)


def a_moment(text: str) -> datetime:
    """An argument that is a moment with offset."""
    return moment_known(text)


a_day.__name__ = "YYYY-MM-DD"
a_moment.__name__ = "ISO 8601 with offset"
