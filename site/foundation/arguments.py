"""Readers for the dates and moments that commands take as arguments."""

import re
from datetime import date, datetime, time

from foundation.intervals import STOCKHOLM, moment_known

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def a_day(text: str) -> date:
    """An argument that is a date; argparse shows the name when it is not."""
    if not DAY.fullmatch(text.strip()):
        raise ValueError(text)
    return date.fromisoformat(text.strip())


def a_moment(text: str) -> datetime:
    """An argument that is a moment with offset."""
    return moment_known(text)


def a_moment_or_day(text: str) -> datetime:
    """A moment with offset, or a date: the end of that day in Stockholm."""
    if DAY.fullmatch(text.strip()):
        return datetime.combine(a_day(text), time.max, STOCKHOLM)
    return moment_known(text)


a_day.__name__ = "YYYY-MM-DD"
a_moment.__name__ = "ISO 8601 with offset"
a_moment_or_day.__name__ = "ISO 8601 with offset, or YYYY-MM-DD"
