"""Answers for the quizzes of courses: who may take one, and what passing it means."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.learning.actions import complete_by_quiz, person_of, withdraw_by_quiz
from courses.learning.queries import certificate_url
from courses.pages.queries import course_page_for
from courses.pages.versions import content_at
from foundation.intervals import STOCKHOLM
from quizzes.attempts.contexts import Lesson
from quizzes.attempts.models import Attempt
from tracking.ledger.queries import completions_of
from tracking.organisation.models import User

PREFIX = "course"


class CourseContext:
    """The context `course:<code>`."""

    def may_take(self, user: User, rest: str) -> bool:
        """Courses are open to everybody who can sign in."""
        return user.is_active and course_page_for(rest) is not None

    def on_graded(self, attempt: Attempt) -> None:
        """Passing is completing."""
        code = self._code(attempt)
        page = course_page_for(code)
        submitted = attempt.submitted_at
        counts = attempt.passed and submitted is not None and person_of(attempt.user) is not None
        content = content_at(page, submitted) if counts and page and submitted else None
        complete_by_quiz(course_code=code, content=content, attempt=attempt)

    def withdraw(self, attempt: Attempt, actor: User) -> bool:
        """The completion goes; another try passed on the same day is proof of one again."""
        if not withdraw_by_quiz(course_code=self._code(attempt), attempt=attempt, actor=actor):
            return False
        passed = Attempt.objects.filter(
            user=attempt.user_id, context=attempt.context, passed=True
        ).exclude(pk=attempt.pk)
        for other in passed.select_related("user").order_by("submitted_at"):
            if _day(other) == _day(attempt):
                self.on_graded(other)
        return True

    def return_url(self, rest: str) -> str:
        """The course's page; Min utbildning when it is no longer published."""
        page = course_page_for(rest)
        return page.url if page else reverse("learning:my_training")

    def lessons(self, rest: str, teaches: Collection[str]) -> dict[str, Lesson]:
        """The screens of lessons named `slug` or `slug#screen`."""
        page = course_page_for(rest)
        by_slug = {lesson.slug: lesson for lesson in page.lessons()} if page else {}
        found = {}
        for place in teaches:
            slug, _hash, screen = place.partition("#")
            if lesson := by_slug.get(slug):
                number = int(screen) if screen.isdecimal() else 1
                url = lesson.screen_url(number if 1 <= number <= lesson.screen_count else 1)
                found[place] = Lesson(lesson.title, url)
        return found

    def again_url(self, rest: str) -> str | None:
        """The final quiz's first page."""
        page = course_page_for(rest)
        can = page is not None and page.quiz is not None and page.quiz.live
        return reverse("learning:quiz", args=[page.pk]) if page and can else None

    def title(self, rest: str) -> str:
        """The course's name."""
        page = course_page_for(rest)
        return page.title if page else rest

    def passing_means(self, attempt: Attempt) -> str:
        """Whether the ledger has the completion; a withdrawn one is not spoken of."""
        person = person_of(attempt.user)
        if person is None:
            return _(
                "The account belongs to nobody in the staff register, so no completion is recorded."
            )
        if not completions_of(person).filter(course_code=self._code(attempt)).exists():
            return ""
        return _("Your completion is recorded.")

    def after_passing(self, attempt: Attempt) -> str | None:
        """The certificate of the completion, for those who have one."""
        person = person_of(attempt.user)
        if person is None:
            return None
        mine = completions_of(person).filter(course_code=self._code(attempt))
        urls = (certificate_url(completion) for completion in mine)
        return next((url for url in urls if url), None)

    @staticmethod
    def _code(attempt: Attempt) -> str:
        return attempt.context.partition(":")[2]


def _day(attempt: Attempt) -> date | None:
    """When it was handed in."""
    return attempt.submitted_at and attempt.submitted_at.astimezone(STOCKHOLM).date()
