"""Reads: whether a change must be judged."""

from wagtail.models import Page

from courses.pages.models import CourseCode, CoursePage, LessonPage


def course_of(page: Page) -> CoursePage | None:
    """The course that a page is, or is a lesson of; None for other pages."""
    if isinstance(page, CoursePage):
        return page
    return page.course if isinstance(page, LessonPage) else None


def must_be_judged(page: Page) -> bool:
    """Whether readers have this page as a part of a published course, and it would change."""
    course = course_of(page)
    standing = Page.objects.filter(pk=page.pk, live=True).exists()
    return (
        course is not None
        and standing
        and CourseCode.objects.filter(translation_key=course.translation_key).exists()
    )
