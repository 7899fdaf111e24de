"""What a district's place among the limits is called."""

from django.utils.translation import gettext

from tracking.reports.equality.report import Verdict


def verdict_words(verdict: Verdict) -> str:
    """The verdict in words: what chance alone would do is the measure, never a rank."""
    match verdict:
        case Verdict.WITHIN:
            return gettext("within what chance does")
        case Verdict.BELOW:
            return gettext("lower than chance would bring")
        case Verdict.FAR_BELOW:
            return gettext("much lower than chance would bring")
        case Verdict.ABOVE:
            return gettext("higher than chance would bring")
        case Verdict.FAR_ABOVE:
            return gettext("much higher than chance would bring")


def verdict_icon(verdict: Verdict) -> str:
    """A symbol of static/img/icons.svg."""
    return "done" if verdict is Verdict.WITHIN else "info"
