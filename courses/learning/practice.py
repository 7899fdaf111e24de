"""Answers for the quizzes that stand in lessons: practice, which completes nothing."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.learning.contexts import CourseContext
from courses.pages.models import LessonPage
from courses.pages.queries import screen_that_asks
from quizzes.attempts.contexts import Lesson
from quizzes.attempts.models import Attempt
from quizzes.bank.models import Quiz
from tracking.organisation.models import User

PREFIX = "lesson"


@dataclass(frozen=True, slots=True)
class Practice:
    """A published quiz on a screen of a published lesson of a published course."""

    lesson: LessonPage
    quiz: Quiz
    screen: int

    @property
    def context(self) -> str:
        """Where its attempts are taken."""
        return f"{PREFIX}:{self.lesson.pk}/{self.quiz.pk}"

    @property
    def screen_url(self) -> str:
        """The screen it stands on."""
        return self.lesson.screen_url(self.screen)

    @property
    def url(self) -> str:
        """The page before it."""
        return reverse("learning:lesson_quiz", args=[self.lesson.pk, self.quiz.pk])


def practice(lesson_id: int, quiz_id: int) -> Practice | None:
    """The quiz on the lesson; None when either is not published or they no longer go together."""
    lesson = LessonPage.objects.live().filter(pk=lesson_id).first()
    quiz = Quiz.objects.filter(pk=quiz_id, live=True).first()
    screen = screen_that_asks(lesson, quiz_id) if lesson and quiz else None
    if lesson is None or quiz is None or screen is None:
        return None
    course = lesson.course
    return Practice(lesson, quiz, screen) if course.live and course.course_code else None


class LessonContext:
    """The context `lesson:<page>/<quiz>`."""

    def may_take(self, user: User, rest: str) -> bool:
        """Lessons are open to everybody who can sign in."""
        return user.is_active and self._found(rest) is not None

    def on_graded(self, attempt: Attempt) -> None:
        """Practice leads to nothing."""

    def withdraw(self, attempt: Attempt, actor: User) -> bool:
        """It completed nothing, so there is nothing to withdraw."""
        return False

    def return_url(self, rest: str) -> str:
        """The screen it stands on; Min utbildning when it stands there no longer."""
        found = self._found(rest)
        return found.screen_url if found else reverse("learning:my_training")

    def lessons(self, rest: str, teaches: Collection[str]) -> dict[str, Lesson]:
        """The screens of the same course."""
        found = self._found(rest)
        return CourseContext().lessons(found.lesson.course.course_code, teaches) if found else {}

    def again_url(self, rest: str) -> str | None:
        """The page before it."""
        found = self._found(rest)
        return found.url if found else None

    def title(self, rest: str) -> str:
        """The lesson's name."""
        found = self._found(rest)
        return found.lesson.title if found else _("Practice")

    def passing_means(self, attempt: Attempt) -> str:
        """That it was practice."""
        return _("It was practice, and does not count toward the course.")

    def after_passing(self, attempt: Attempt) -> str | None:
        """Back to the lesson, as anybody."""
        return None

    @staticmethod
    def _found(rest: str) -> Practice | None:
        lesson, _slash, quiz = rest.partition("/")
        known = lesson.isdecimal() and quiz.isdecimal()
        return practice(int(lesson), int(quiz)) if known else None
