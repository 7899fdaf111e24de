"""The findings of the content checks, in the editor's panel of checks."""

from typing import Any

from django import template
from wagtail.models import Page

from courses.pages.checks.page import content_of, findings_of
from courses.pages.checks.reading_ease import ease_of_lesson, ease_of_screens, gauge
from courses.pages.checks.time import estimate
from courses.pages.models import CoursePage, LessonPage
from courses.pages.readability import LESSON_BAND
from foundation.intervals import today

register = template.Library()


@register.inclusion_tag("courses/admin/_content_checks.html")
def content_checks(page: Page) -> dict[str, Any]:
    """`{% content_checks page %}`: what is found on the draft as it was last saved."""
    if not isinstance(page, LessonPage | CoursePage):
        return {}
    found = findings_of(page, on=today())
    context: dict[str, Any] = {
        "checked": page,
        "blocking": [finding for finding in found if finding.blocks],
        "warning": [finding for finding in found if not finding.blocks],
    }
    if isinstance(page, LessonPage):
        content = content_of(page)
        low, high = LESSON_BAND
        context |= {
            "ease": ease_of_lesson(content),
            "screens": ease_of_screens(content),
            "takes": estimate(content),
            "band": {
                "low": low,
                "high": high,
                "from": gauge(low),
                "to": gauge(high),
                "wide": gauge(high) - gauge(low),
            },
        }
    return context
