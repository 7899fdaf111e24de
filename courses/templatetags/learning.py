"""Tags for course pages: how far the reader has come."""

from django import template

from courses.learning.interactive import Left, left_in, told
from courses.learning.preview import previewed_state
from courses.learning.queries import CourseState, lesson_is_done
from courses.learning.queries import course_state as state_of_course
from courses.pages.models import CoursePage, LessonPage

register = template.Library()


@register.simple_tag(takes_context=True)
def course_state(context: template.Context, page: CoursePage) -> CourseState | None:
    """`{% course_state page as state %}`: None for a reader who is not signed in.

    In an editor's preview nobody has begun, and lessons that are drafts are there too.
    """
    if getattr(context["request"], "is_preview", False):
        return previewed_state(page)
    user = context["request"].user
    return state_of_course(user, page) if user.is_authenticated else None


@register.simple_tag(takes_context=True)
def lesson_done(context: template.Context, page: LessonPage) -> bool:
    """`{% lesson_done page as done %}`: whether the reader has read the lesson to its end."""
    request = context["request"]
    if getattr(request, "is_preview", False):
        return False
    user = request.user
    return user.is_authenticated and lesson_is_done(user, page)


@register.simple_tag(takes_context=True)
def left_to_do(context: template.Context, page: LessonPage) -> list[Left]:
    """`{% left_to_do page as left %}`: what is demanded in the lesson and not done yet.

    One query for a lesson where something plays, two where something is left, else none.
    """
    request = context["request"]
    if getattr(request, "is_preview", False) or not request.user.is_authenticated:
        return []
    return told(page, left_in(request.user, page))
