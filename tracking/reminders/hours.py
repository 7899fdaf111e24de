"""When a mail may leave: on working days, in working hours, in Stockholm.

Nobody is reminded of work at night or on a day off. The hours are REMINDER_FROM_HOUR and
REMINDER_UNTIL_HOUR; days off are weekends, public holidays, and the eves that nobody works.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.conf import settings

from foundation.intervals import STOCKHOLM


@lru_cache(maxsize=16)
def _days_off(year: int) -> frozenset[date]:
    kinds = ("public", "de_facto")
    found = holidays.country_holidays("SE", years=year, categories=kinds)
    return frozenset(found)


def is_working_day(day: date) -> bool:
    """Whether mails leave on this day at all."""
    return day.weekday() < 5 and day not in _days_off(day.year)


def may_leave(moment: datetime) -> bool:
    """Whether a mail may leave at this moment."""
    here = moment.astimezone(STOCKHOLM)
    in_hours = settings.REMINDER_FROM_HOUR <= here.hour < settings.REMINDER_UNTIL_HOUR
    return in_hours and is_working_day(here.date())


def leaves_at(moment: datetime) -> datetime:
    """This moment, or the next at which a mail may leave."""
    if may_leave(moment):
        return moment
    here = moment.astimezone(STOCKHOLM)
    day = here.date()
    if here.hour >= settings.REMINDER_UNTIL_HOUR or not is_working_day(day):
        day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(settings.REMINDER_FROM_HOUR), STOCKHOLM)
