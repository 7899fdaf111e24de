"""Whether the reader of a course's page is to be asked what they thought of it."""

from django import template
from django.urls import reverse

from courses.feedback.queries import completion_to_ask_of, is_given
from courses.learning.queries import CourseState
from courses.pages.models import CoursePage

register = template.Library()


@register.simple_tag(takes_context=True)
def feedback_address(context: template.Context, page: CoursePage, state: CourseState | None) -> str:
    """`{% feedback_address page state as address %}`: "" for who has not completed the course
    here, or has answered. Two queries for who has completed it, none for others."""
    if state is None or not state.completed:
        return ""
    completion = completion_to_ask_of(context["request"].user, page.course_code)
    if completion is None or is_given(completion):
        return ""
    return reverse("feedback:give", args=[page.pk])
