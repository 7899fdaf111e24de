"""Days and half-open intervals of days.

Files and screens say both ends of an interval inclusive; inside the program an interval is
`[start, end)`, converted once, at the border. `FOREVER` as the end means "until further notice".
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FOREVER = date.max
DAWN = date.min


class Interval(NamedTuple):
    """The days from `start` up to, but not including, `end`."""

    start: date
    end: date

    def covers(self, day: date) -> bool:
        """Whether `day` is one of the interval's days."""
        return self.start <= day and (day < self.end or self.end == FOREVER)

    @property
    def last_day(self) -> date | None:
        """The last day, or None when the interval has no end."""
        return None if self.end == FOREVER else self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """Length in days; a very large number when there is no end."""
        return (self.end - self.start).days


def today() -> date:
    """The date in Stockholm now. Only the outermost layer may ask."""
    return timezone.now().astimezone(STOCKHOLM).date()


def half_open(first: date | None, last: date | None) -> Interval:
    """The interval of a file's `fran` and `till`, both inclusive; an empty end has no limit."""
    return Interval(first or DAWN, day_after(last) if last else FOREVER)


def day_after(day: date) -> date:
    """The next day; FOREVER stays, so that a `till` of 9999-12-31 means no end."""
    return day if day >= FOREVER else day + timedelta(days=1)


def exclusive(last: date | None) -> date | None:
    """A file's inclusive `till` as the exclusive end inside; None when open."""
    if last is None:
        return None
    end = day_after(last)
    return None if end == FOREVER else end


def inclusive(end: date | None) -> date | None:
    """The exclusive end inside as a file's inclusive `till`; None when open."""
    return None if end is None else end - timedelta(days=1)


def plus_days(day: date, days: int) -> date:
    """`day` + `days`, held inside what a date can say."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return FOREVER if days > 0 else DAWN


def plus_months(day: date, months: int) -> date | None:
    """The same day `months` later, clipped to that month's last day.

    31 August + 6 months is 28 or 29 February (STATUS.md 5). None when past the calendar's end.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > FOREVER.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same days as fewest intervals, in order: those that overlap or touch become one."""
    result: list[Interval] = []
    for interval in sorted(intervals):
        if interval.start >= interval.end:
            continue
        if result and interval.start <= result[-1].end:
            if interval.end > result[-1].end:
                result[-1] = Interval(result[-1].start, interval.end)
        else:
            result.append(interval)
    return result


def common(one: Interval, other: Interval) -> Interval | None:
    """The days both have, or None."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Interval(start, end) if start < end else None


def without(whole: Interval, parts: Iterable[Interval]) -> list[Interval]:
    """The days of `whole` that no part covers."""
    left: list[Interval] = []
    start = whole.start
    for part in merged(parts):
        if part.end <= start:
            continue
        if part.start >= whole.end:
            break
        if part.start > start:
            left.append(Interval(start, part.start))
        start = max(start, part.end)
    if start < whole.end:
        left.append(Interval(start, whole.end))
    return left


def moment_known(text: str) -> datetime:
    """A moment as ISO 8601 with offset; raises ValueError otherwise."""
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
