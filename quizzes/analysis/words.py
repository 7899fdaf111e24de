"""Figures in words: what each means to somebody who has never heard of it."""

from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.components.numbers import number
from quizzes.analysis.figures import Alpha
from quizzes.types import Content


def wording(content: Content) -> str:
    """What is asked, on one line."""
    return " ".join(unescape(strip_tags(content["text"])).split())


def part_labels(content: Content) -> dict[str, str]:
    """What each part of a question is called, by its id."""
    labels: dict[str, str] = {}
    gaps = 0
    for one in _parts(content):
        if "gap" in one:
            gaps += 1
            labels[str(one["gap"])] = _("Gap %(number)d") % {"number": gaps}
        elif "id" in one:
            labels[str(one["id"])] = unescape(strip_tags(str(one.get("text", "")))).strip()
    return labels


def _parts(content: Content) -> list[dict[str, object]]:
    lists = [value for value in content.values() if isinstance(value, list)]
    return [one for some in lists for one in some if isinstance(one, dict)]


def correlation(value: float | None) -> str:
    """A number from -1 to 1, two decimals."""
    return number(value, 2)


def discrimination_words(r: float | None) -> str:
    """What a correlation with the rest means."""
    if r is None:
        return _("can't be told")
    if r >= 0.3:
        return _("tells apart well")
    if r >= 0.2:
        return _("tells apart")
    return _("tells apart a little") if r >= 0.1 else _("does not tell apart")


def alpha_words(found: Alpha | None) -> str:
    """What an alpha means, and how it was computed."""
    if found is None:
        return _("Too few people have met the same questions to say.")
    if found.value >= 0.8:
        meaning = _("High: the questions agree well on who knows.")
    elif found.value >= 0.7:
        meaning = _("Good enough for a quiz that decides something.")
    elif found.value >= 0.5:
        meaning = _("Low: chance decides more than it should for those close to the pass mark.")
    else:
        meaning = _("Very low: the quiz is short, or asks of very different things.")
    if found.same:
        how = _("Everybody got the same questions.")
    else:
        how = _(
            "Questions are drawn, so it is computed over pairs of questions that the same people "
            "were asked, for a quiz of this length."
        )
    return f"{meaning} {how}"


def seconds_words(seconds: float | None) -> str:
    """A time, in words."""
    if seconds is None:
        return "–"
    if seconds < 90:
        return ngettext("%(n)d second", "%(n)d seconds", round(seconds)) % {"n": round(seconds)}
    minutes, rest = divmod(round(seconds), 60)
    return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}
