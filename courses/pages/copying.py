"""What a copied course needs of its own."""

from django.db import transaction
from django.http import HttpRequest
from wagtail.models import Page

from courses.pages.models import CoursePage
from quizzes.bank.actions import copy_quiz
from quizzes.bank.models import Quiz
from tracking.organisation.models import User


@transaction.atomic
def give_own_quiz(*, course: CoursePage, actor: User) -> Quiz | None:
    """Copy the final quiz that the course shares with the one it was copied from."""
    shared = course.quiz
    if shared is None:
        return None
    own = copy_quiz(quiz=shared, key=course.slug, title=f"{shared.title} ({course.title})")
    course.quiz = own
    course.save(clean=False)
    course.save_revision(user=actor, clean=False)
    return own


def after_copying(request: HttpRequest, _page: Page, new_page: Page) -> None:
    """As the form asked."""
    course = new_page.specific
    if isinstance(course, CoursePage) and request.POST.get("copy_quiz"):
        assert isinstance(request.user, User)  # the admin needs a log-in
        give_own_quiz(course=course, actor=request.user)
