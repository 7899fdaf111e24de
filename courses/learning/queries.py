"""Where a person is in a course."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from courses.learning.models import Enrolment, LessonProgress
from courses.pages.models import CoursePage, LessonPage
from foundation.prepared import Prepared
from quizzes.attempts.queries import places_passed
from tracking.ledger.models import Completion
from tracking.ledger.queries import completions_of
from tracking.organisation.models import Person, User


def context_of(course_code: str) -> str:
    """The context in which a course's final quiz is taken."""
    return f"course:{course_code}"


@dataclass(frozen=True, slots=True)
class LessonState:
    """A lesson of a course, for one person."""

    page: LessonPage
    url: str
    done: bool
    current: bool
    last_screen: int = 1
    waits: bool = False  # every screen is read, and something is left to do


@dataclass(frozen=True, slots=True)
class CourseState:
    """How far one person has come in a course."""

    page: CoursePage
    started: bool
    lessons: list[LessonState]
    quiz_passed: bool
    completed_on: date | None
    certificate_url: str | None

    @property
    def done_count(self) -> int:
        """Lessons read to the end."""
        return sum(lesson.done for lesson in self.lessons)

    @property
    def total(self) -> int:
        """Parts of the course: the lessons, and the final quiz if there is one."""
        return len(self.lessons) + bool(self.page.quiz)

    @property
    def completed(self) -> bool:
        """Passed here, or completed as the ledger has it."""
        return self.quiz_passed or self.completed_on is not None

    @property
    def parts_done(self) -> int:
        """Parts that are done."""
        return self.done_count + bool(self.page.quiz and self.quiz_passed)

    @property
    def percent(self) -> int:
        """Parts done, whole percent rounded down."""
        return self.parts_done * 100 // self.total if self.total else 0

    @property
    def minutes_left(self) -> int:
        """Minutes still to spend: the rest of each unread lesson, and the final quiz."""
        if self.quiz_passed:
            return 0
        unread = [lesson for lesson in self.lessons if not lesson.done]
        quiz_takes = self.page.quiz.minutes if self.page.quiz else 0
        return sum(lesson.page.minutes_left(lesson.last_screen) for lesson in unread) + quiz_takes

    @property
    def resume_url(self) -> str:
        """The place to go on from: the lesson one is in, else the first unread, else the quiz."""
        for lesson in self.lessons:
            if lesson.current:
                return lesson.page.screen_url(lesson.last_screen)
        return self.quiz_url or self.page.url

    @property
    def quiz_url(self) -> str | None:
        """The final quiz's first page."""
        return reverse("learning:quiz", args=[self.page.pk]) if self.page.quiz else None


def course_states(
    user: User, pages: Iterable[CoursePage], taken: Iterable[Completion] | None = None
) -> dict[str, CourseState]:
    """How far a person has come in each of these courses, by code. Queries: four and one a course
    for its lessons.

    `taken`: their completions, latest first, where they have been read already; one query less.
    """
    by_code = {page.course_code: page for page in pages}
    # All of them: a lesson may stand in several courses, and was read in one of them.
    progress = {row.lesson_key: row for row in LessonProgress.objects.filter(user=user)}
    started = set(
        Enrolment.objects.filter(user=user, course_code__in=by_code).values_list(
            "course_code", flat=True
        )
    )
    passed = places_passed(user, [context_of(code) for code in by_code])
    completed: dict[str, Completion] = {}
    if taken is None:
        person: Person | None = getattr(user, "person", None)
        mine = completions_of(person) if person else Completion.objects.none()
        taken = mine.filter(course_code__in=by_code)
    for completion in taken:
        completed.setdefault(completion.course_code, completion)
    return {
        code: _state(page, progress, code in started, context_of(code) in passed, completed)
        for code, page in by_code.items()
    }


_COMPLETED = Prepared(
    lambda user, lesson: LessonProgress.objects.filter(
        user_id=user, lesson_key=lesson, completed_at__isnull=False
    ).values_list("pk")
)


def lesson_is_done(user: User, page: LessonPage) -> bool:
    """Whether a person has read a lesson to its end. One query."""
    return bool(_COMPLETED.rows(user.pk, page.learning_key))


def course_state(user: User, page: CoursePage) -> CourseState:
    """How far a person has come in one course."""
    return course_states(user, [page])[page.course_code]


def _state(
    page: CoursePage,
    progress: dict[UUID, LessonProgress],
    started: bool,
    passed: bool,
    completed: dict[str, Completion],
) -> CourseState:
    lessons = list(page.lessons())
    rows = [progress.get(lesson.learning_key) for lesson in lessons]
    unread = [at for at, row in enumerate(rows) if row is None or row.completed_at is None]
    begun = [(row.resumed_at, at) for at in unread if (row := rows[at])]
    here = max(begun)[1] if begun else next(iter(unread), None)
    completion = completed.get(page.course_code)
    return CourseState(
        page=page,
        started=started,
        lessons=[
            LessonState(
                page=lesson,
                url=lesson.url,
                done=bool(row and row.completed_at),
                current=at == here,
                last_screen=_screen_to_go_on_from(lesson, row),
                waits=bool(row and row.waits),
            )
            for at, (lesson, row) in enumerate(zip(lessons, rows, strict=True))
        ],
        quiz_passed=passed,
        completed_on=completion.on if completion else None,
        certificate_url=certificate_url(completion) if completion else None,
    )


def _screen_to_go_on_from(lesson: LessonPage, row: LessonProgress | None) -> int:
    """The lesson may have become shorter since."""
    return min(row.resume_screen, max(lesson.screen_count, 1)) if row else 1


def certificate_url(completion: Completion) -> str | None:
    """The certificate's page, for completions that have one."""
    certificate = getattr(completion, "certificate", None)
    return reverse("learning:certificate", args=[certificate.public_id]) if certificate else None
