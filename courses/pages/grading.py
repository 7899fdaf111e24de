"""What tells those who set targets that a course of ours lacks the quiz that ends it."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from courses.pages.models import CoursePage
from courses.pages.queries import course_pages
from tracking.targets.grading import Ungraded


def ungraded_courses(codes: Collection[str]) -> dict[str, Ungraded]:
    """The published courses of these codes without a final quiz that is published. Two queries."""
    return {
        code: Ungraded(lacks_of(page), page.url or "")
        for code, page in course_pages(codes).items()
        if not is_graded(page)
    }


def is_graded(page: CoursePage) -> bool:
    """Whether somebody who takes the course can pass it by what is graded here."""
    return page.quiz is not None and page.quiz.live


def lacks_of(page: CoursePage) -> str:
    """In words, of one that is not graded."""
    if page.quiz is None:
        return _("it has no final quiz")
    return _("its final quiz is not published")
