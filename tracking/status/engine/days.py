"""Days as numbers, and what foundation.intervals does with days, for whole columns of them.

A day's number is `date.toordinal()`; 0 is no day. `FOREVER` as an end is "until further notice",
as in foundation.intervals: the last day of the calendar is inside what ends there.
"""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Func, IntegerField

from foundation import intervals

Days = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NO_DAY = 0
FOREVER = intervals.FOREVER.toordinal()
# More than any day: a person's number times this, plus a day, sorts by both.
SPAN = 1 << 22
# 1 January 1970, where numpy counts from.
EPOCH = date(1970, 1, 1).toordinal()
LAST_MONTH = np.datetime64("9999-12", "M").astype(np.int64)


class DayNumber(Func):
    """A date's number, worked out by the database: no date is made for a row that is read."""

    arity = 1
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) - 1721424.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        template = "(%(expressions)s - DATE '0001-01-01' + 1)"
        return self.as_sql(compiler, connection, template=template)


def day_of(number: int) -> date | None:
    """The day with this number; None for no day."""
    return date.fromordinal(number) if number else None


def covers(start: Days, end: Days, day: int) -> Flags:
    """Whether each `[start, end)` has the day."""
    found: Flags = (start <= day) & ((day < end) | (end == FOREVER))
    return found


def plus_months(days: Days, months: int) -> Days:
    """The same day of a later month, clipped to its last; NO_DAY past the calendar's end.

    NO_DAY stays NO_DAY.
    """
    some = days[days != NO_DAY]
    if len(some) == 0:
        return days
    first, last = int(some.min()), int(some.max())
    if last - first < len(days):
        # Completions fall on few different days: each is worked out once.
        later = _plus_months(np.arange(first, last + 1), months)
        found: Days = later[np.maximum(days, first) - first]
    else:
        found = _plus_months(np.maximum(days, first), months)
    found[days == NO_DAY] = NO_DAY
    return found


def _plus_months(days: Days, months: int) -> Days:
    moment = (days - EPOCH).astype("datetime64[D]")
    month = moment.astype("datetime64[M]")
    of_month = (moment - month.astype("datetime64[D]")).astype(np.int64)
    wanted = month.astype(np.int64) + months
    # What lies past the end is worked out as if it did not, and then left out.
    held = np.minimum(wanted, LAST_MONTH)
    begins = held.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (held + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    found: Days = np.minimum(begins + of_month, after - 1) + EPOCH
    found[wanted > LAST_MONTH] = NO_DAY
    return found


def runs(owner: Numbers, start: Days, end: Days) -> tuple[Numbers, Days, Days]:
    """Each owner's intervals as fewest: those that overlap or touch become one.

    In and out sorted by owner and start. As foundation.intervals.merged, for all owners at once:
    a new run begins where nothing so far of the same owner reaches to its start.
    """
    if len(owner) == 0:
        return owner, start, end
    reaches = np.maximum.accumulate(owner * SPAN + end)
    begins = np.empty(len(owner), dtype=bool)
    begins[0] = True
    np.greater(owner[1:] * SPAN + start[1:], reaches[:-1], out=begins[1:])
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(owner)) - 1
    return owner[first], start[first], reaches[last] - owner[first] * SPAN
