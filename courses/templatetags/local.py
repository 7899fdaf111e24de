"""What a reader's districts have written at a place in a lesson."""

from django import template

from courses.local.queries import Shown, shown_to
from courses.pages.models import LessonPage
from foundation.intervals import today
from tracking.organisation.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def local_notes(context: template.Context, key: str) -> list[Shown]:
    """`{% local_notes key as notes %}`: the reader's districts; none where nobody reads."""
    page, user = context.get("page"), getattr(context.get("request"), "user", None)
    if not isinstance(page, LessonPage) or not isinstance(user, User):
        return []
    return shown_to(user, page.translation_key, key, today())
