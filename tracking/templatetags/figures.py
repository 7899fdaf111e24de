"""`{% load figures %}{{ counts|figure:"klara" }}`: a number of a unit and a target, in a page."""

from django import template
from django.utils.safestring import SafeString

from tracking.reports.figures import Measure, shown, shown_of_base
from tracking.status.queries import UnitSummary

register = template.Library()


@register.filter
def figure(counts: UnitSummary, measure: str) -> SafeString:
    """One number, by the name of its column in the summary (tracking.reports.figures.Measure)."""
    return shown(counts, Measure(measure))


@register.filter
def done_of_base(counts: UnitSummary) -> SafeString:
    """ "12 of 30"."""
    return shown_of_base(counts)
