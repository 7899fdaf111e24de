"""What the scorecards' pages show of counts and statuses: `{% load scorecards %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.templatetags.components import icon
from tracking.reports.figures import NO_FIGURE, Measure, shown, shown_of_base
from tracking.scorecards.words import status_icon, status_word
from tracking.status.results import UnitSummary

register = template.Library()


@register.simple_tag
def counted(counts: UnitSummary | None) -> SafeString:
    """`{% counted pair.then %}` → "43 %" and below it "12 of 28"."""
    if counts is None:
        return NO_FIGURE
    share, of_base = shown(counts, Measure.SHARE), shown_of_base(counts)
    return format_html('{}<span class="second">{}</span>', share, of_base)


@register.simple_tag
def undertaking_status(status: str) -> SafeString:
    """`{% undertaking_status "pagar" %}` → icon and word."""
    return format_html("{} {}", icon(status_icon(status)), status_word(status))
