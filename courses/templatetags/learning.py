"""Tags for course pages: how far the reader has come."""

from typing import Any

from django import template

from courses.learning.models import LessonProgress
from courses.learning.queries import CourseState, LessonState
from courses.learning.queries import course_state as state_of_course
from courses.pages.models import CoursePage, LessonPage

register = template.Library()


@register.simple_tag(takes_context=True)
def course_state(context: template.Context, page: CoursePage) -> CourseState | None:
    """`{% course_state page as state %}`: None for a reader who is not signed in."""
    user = context["request"].user
    return state_of_course(user, page) if user.is_authenticated else None


@register.simple_tag(takes_context=True)
def lesson_state(context: template.Context, page: LessonPage) -> Any:
    """`{% lesson_state page as state %}`: `done` and `last_screen` of one lesson."""
    user = context["request"].user
    row = None
    if user.is_authenticated:
        row = LessonProgress.objects.filter(user=user, lesson_key=page.translation_key).first()
    return LessonState(
        page=page,
        url=page.url,
        done=bool(row and row.completed_at),
        current=False,
        last_screen=row.resume_screen if row else 1,
    )
