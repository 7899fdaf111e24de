"""A forecast in words: how the goal's day comes out, what that rests on, and what it does not know.

What is foretold is nobody's count: none of these numbers is written as a counted figure.
"""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from foundation.components.dates import swedish_date
from foundation.components.numbers import number, percent
from tracking.forecast.foretold import Foretold
from tracking.forecast.verdict import Verdict
from tracking.reports.figures import Figure
from tracking.reports.paces import PaceWords, a_week

# Up to which chance each is said; the last is said of the rest.
SURELY_NOT, HARDLY, EVEN, LIKELY = 0.1, 0.4, 0.6, 0.9


@dataclass(frozen=True, slots=True)
class PrognosisWords:
    """What the target's own page says of a forecast."""

    interval: str
    outlook: str  # how the day comes out if nothing more becomes known
    tried: str  # what such forecasts have been


def will_hardly_reach(found: Foretold) -> bool:
    """Whether the goal is more likely missed than not: as pages say it."""
    return found.prognosis.chance <= HARDLY


def interval_words(found: Foretold) -> str:
    """ "78–85 % on 31 December 2026"."""
    low, high = int(found.prognosis.low), int(found.prognosis.high)
    span = percent(high) if low == high else f"{number(low)}–{percent(high)}"
    return gettext("%(span)s on %(day)s") % {"span": span, "day": swedish_date(found.due_on)}


def prognosis_pace(found: Foretold, figure: Figure) -> PaceWords:
    """The forecast where the pace would stand: in a word, and at what it takes."""
    told = found.prognosis
    misses = will_hardly_reach(found)
    if figure.counts.met:
        word = gettext("reached, but will probably not last") if misses else gettext("reached")
        return PaceWords("overdue" if misses else "done", word, interval_words(found), misses)
    more = interval_words(found)
    if told.needed_per_week:
        paces = {"now": a_week(told.per_week), "needed": a_week(told.needed_per_week)}
        more += ". " + gettext("%(now)s a week now, %(needed)s are needed") % paces
    return PaceWords("overdue" if misses else "clock", _likely(told.chance), more, misses)


def _likely(chance: float) -> str:
    if chance <= SURELY_NOT:
        return gettext("will very likely not reach the goal")
    if chance <= HARDLY:
        return gettext("will probably not reach the goal")
    if chance < EVEN:
        return gettext("may or may not reach the goal")
    if chance < LIKELY:
        return gettext("will probably reach the goal")
    return gettext("will very likely reach the goal")


def prognosis_words(found: Foretold) -> PrognosisWords:
    """All that the target's page says of it."""
    known = {
        "day": swedish_date(found.due_on),
        "done": number(found.outlook.done),
        "base": number(found.outlook.base),
        "known": swedish_date(found.outlook.known_on),
    }
    outlook = gettext(
        "If nothing more became known, %(done)s of %(base)s would be done on %(day)s. That was "
        "known on the evening of %(known)s: whose validity has run out by then, and who has left "
        "or come."
    )
    return PrognosisWords(interval_words(found), outlook % known, _tried(found.verdict))


def _tried(verdict: Verdict) -> str:
    said = {
        "count": number(verdict.tried),
        "weeks": number(verdict.weeks),
        "error": number(verdict.error, 1),
        "line": number(verdict.line_error, 1),
        "as_is": number(verdict.as_is_error, 1),
        "held": number(verdict.held),
    }
    text = ngettext(
        "%(count)s such forecast of a month-end, made %(weeks)s weeks before it, missed by "
        "%(error)s percentage points. A straight line missed by %(line)s, and the share as it "
        "stood by %(as_is)s. The interval held %(held)s time.",
        "%(count)s such forecasts of month-ends, made %(weeks)s weeks before each, missed by "
        "%(error)s percentage points on average. A straight line missed by %(line)s, and the share "
        "as it stood by %(as_is)s. The interval held %(held)s times.",
        verdict.tried,
    )
    return text % said
