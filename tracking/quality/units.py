"""Why a unit somebody names is not there on the day."""

from django.utils.translation import gettext

from foundation.components.dates import swedish_date
from tracking.quality.finding import last_day
from tracking.quality.look import Look


def why_gone(look: Look, code: str) -> str:
    """In words, of a unit that the organisation of the day does not have."""
    periods = look.history.periods_of(code)
    if not periods:
        return gettext("The organisation has no unit with this code")
    past = [period for period in periods if period.interval.start <= look.on]
    if not past:
        since = {"day": swedish_date(periods[0].interval.start)}
        return gettext("The unit does not exist until %(day)s") % since
    last = past[-1]
    said = {
        "day": swedish_date(last_day(last.interval.end)),
        "unit": look.unit_name(last.replaced_by),
    }
    if not last.replaced_by:
        return gettext("The unit ended %(day)s and nothing took over") % said
    if look.standing(last.replaced_by) is None:
        return (
            gettext("The unit ended %(day)s, and %(unit)s that took over is not there either")
            % said
        )
    return gettext("The unit ended %(day)s, and was replaced by %(unit)s") % said
