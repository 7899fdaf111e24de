"""For which day figures are, and known when: in words, the same on every page."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext

from foundation.components.dates import swedish_date
from foundation.intervals import STOCKHOLM
from tracking.status.figures import Figures


class StandWords(NamedTuple):
    """`said` always; `lag`: how far what is shown reaches while it is being counted anew."""

    said: str
    lag: str = ""


def stand_words(found: Figures, known_at: datetime | None, today: date) -> StandWords:
    """What a page of figures says of its day and its knowledge. One query, or none."""
    stand = found.stand
    day = swedish_date(stand.as_of)
    if known_at is not None:
        known = {"day": day, "moment": moment_words(known_at)}
        if known_at.astimezone(STOCKHOLM).date() == stand.as_of:
            return StandWords(gettext("As of %(day)s, as it was known then.") % known)
        return StandWords(gettext("As of %(day)s, as it was known %(moment)s.") % known)
    through = stand.known_through
    known = {"day": day, "moment": moment_words(through) if through else "–"}
    if found.lags:
        said = gettext("As of %(day)s. What was recorded up to %(moment)s is counted.")
        lag = gettext(
            "The figures hold up to %(moment)s. What has been recorded since is being counted; "
            "look again in a minute."
        )
        return StandWords(said % known, lag % known)
    if stand.as_of == today:
        said = gettext("As of today, %(day)s. What was recorded up to %(moment)s is counted.")
    else:
        said = gettext("As of %(day)s, with what is known today (recorded up to %(moment)s).")
    return StandWords(said % known)


def shown_words(as_of: date, known_at: datetime | None, today: date) -> str:
    """What a page of people says of its day; nothing of today as known now."""
    if known_at is not None:
        known = {"day": swedish_date(as_of), "moment": moment_words(known_at)}
        return gettext("Shown as of %(day)s, as it was known %(moment)s") % known
    if as_of == today:
        return ""
    return gettext("Shown as of %(day)s, with what is known today") % {"day": swedish_date(as_of)}


def moment_words(moment: datetime) -> str:
    """ "30 april 2026", with the time where it is not the day's last moment."""
    here = moment.astimezone(STOCKHOLM)
    day = swedish_date(here.date())
    if (here.hour, here.minute) == (23, 59):
        return day
    return gettext("%(day)s at %(time)s") % {"day": day, "time": date_format(here, "H:i")}
