"""Where a person is: in a course, and among everything that is asked of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from courses.learning.models import Enrolment, LessonProgress
from courses.pages.models import CoursePage, LessonPage
from courses.pages.queries import course_pages
from quizzes.attempts.models import Attempt
from tracking.ledger.models import Completion, Course
from tracking.ledger.queries import completions_of, known_courses
from tracking.organisation.models import Employment, Person, User
from tracking.status.queries import TargetResult, status_table
from tracking.status.rules import Status, TargetRow
from tracking.targets.models import Level


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


def course_states(user: User, pages: Iterable[CoursePage]) -> dict[str, CourseState]:
    """How far a person has come in each of these courses, by code. Queries: four and one a course
    for its lessons.
    """
    by_code = {page.course_code: page for page in pages}
    progress = {
        row.lesson_key: row
        for row in LessonProgress.objects.filter(user=user, course_code__in=by_code)
    }
    started = set(
        Enrolment.objects.filter(user=user, course_code__in=by_code).values_list(
            "course_code", flat=True
        )
    )
    passed = set(
        Attempt.objects.filter(
            user=user, passed=True, context__in=[context_of(code) for code in by_code]
        ).values_list("context", flat=True)
    )
    completed: dict[str, Completion] = {}
    person = getattr(user, "person", None)
    if person and by_code:
        for completion in completions_of(person).filter(course_code__in=by_code):
            completed.setdefault(completion.course_code, completion)
    return {
        code: _state(page, progress, code in started, context_of(code) in passed, completed)
        for code, page in by_code.items()
    }


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
    rows = [progress.get(lesson.translation_key) for lesson in lessons]
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


@dataclass(frozen=True, slots=True)
class CourseToTake:
    """A course of a target: its page here with how far one has come, or where it is given."""

    code: str
    course: Course | None
    state: CourseState | None
    done: bool

    @property
    def name(self) -> str:
        """What the course is called."""
        return self.course.name if self.course else self.code

    @property
    def minutes_left(self) -> int | None:
        """Minutes still to spend; None when the catalogue does not say.

        What was passed once and has to be taken again takes its whole time.
        """
        if self.done:
            return 0
        if self.state:
            return self.state.minutes_left or self.state.page.minutes
        return self.course.minutes if self.course else None


@dataclass(frozen=True, slots=True)
class Training:
    """A target one is in the audience of, and the courses that lead there."""

    target: TargetRow
    result: TargetResult
    courses: list[CourseToTake]
    alternatives: int
    expires_soon: bool

    @property
    def minutes_left(self) -> int | None:
        """Minutes still to spend, when they are known."""
        minutes = [course.minutes_left for course in self.courses]
        return None if None in minutes else sum(m for m in minutes if m is not None)

    @property
    def namesake(self) -> CourseToTake | None:
        """The target's one course, if it has the target's name: then one name is enough."""
        same = len(self.courses) == 1 and self.courses[0].name == self.target.name
        return self.courses[0] if same else None

    def is_met_by(self, codes: Collection[str]) -> bool:
        """Whether one of the ways to the target needs nothing but these courses."""
        return any(set(alternative) <= set(codes) for alternative in self.target.courses)


@dataclass(frozen=True, slots=True)
class Taken:
    """Something one has completed; addresses are None where there is no such page."""

    completion: Completion
    name: str
    page_url: str | None
    certificate_url: str | None


@dataclass(slots=True)
class MyTraining:
    """Min utbildning: what is asked, what holds, what is offered, what has been done."""

    required: list[Training] = field(default_factory=list)
    done: list[Training] = field(default_factory=list)
    exempt: list[Training] = field(default_factory=list)
    offered: list[Training] = field(default_factory=list)
    open_to_all: list[CourseState] = field(default_factory=list)
    history: list[Taken] = field(default_factory=list)
    works_as: list[Employment] = field(default_factory=list)


def my_training(user: User, person: Person | None, *, on: date) -> MyTraining:
    """Everything that is asked of a person on a day, soonest deadline first.

    The number of queries does not depend on how many targets there are.
    """
    mine = MyTraining()
    pages = course_pages()
    states = course_states(user, pages.values())
    named: set[str] = set()
    if person:
        table = status_table(as_of=on, persons=[person.pk])
        history = list(completions_of(person))
        completed = {completion.course_code for completion in history}
        codes = {code for target in table.targets.values() for code in target.course_codes}
        catalogue = known_courses(codes | completed)
        for result in table.results:
            target = table.targets[result.target]
            named |= target.course_codes
            training = _training(target, result, catalogue, states, completed, on)
            _place(mine, training)
        mine.history = [_taken(completion, catalogue, states) for completion in history]
        mine.works_as = list(
            Employment.objects.known_now().on(on).filter(person=person).filter(~Q(position=""))
        )
    asked = {course.code for training in mine.required for course in training.courses}
    mine.offered = [training for training in mine.offered if not training.is_met_by(asked)]
    mine.open_to_all = [state for code, state in states.items() if code not in named]
    mine.required.sort(key=lambda one: (one.result.due_on or date.max, one.target.code))
    mine.done.sort(key=lambda one: (one.result.valid_through or date.max, one.target.code))
    mine.offered.sort(key=lambda one: one.target.name)
    return mine


def _taken(
    completion: Completion, catalogue: dict[str, Course], states: dict[str, CourseState]
) -> Taken:
    code = completion.course_code
    return Taken(
        completion,
        catalogue[code].name if code in catalogue else code,
        states[code].page.url if code in states else None,
        certificate_url(completion),
    )


def _place(mine: MyTraining, training: Training) -> None:
    match training.result.status:
        case Status.DONE:
            mine.done.append(training)
        case Status.EXEMPT:
            mine.exempt.append(training)
        case _ if training.target.level == Level.OFFERED:
            mine.offered.append(training)
        case _:
            mine.required.append(training)


def _training(
    target: TargetRow,
    result: TargetResult,
    catalogue: dict[str, Course],
    states: dict[str, CourseState],
    completed: set[str],
    on: date,
) -> Training:
    """Of several ways to a target, the one that can be taken here, and has the least left."""

    def cost(alternative: tuple[str, ...]) -> tuple[int, int]:
        elsewhere = sum(code not in states for code in alternative)
        return elsewhere, sum(code not in completed for code in alternative)

    renew = result.status is Status.EXPIRED
    chosen = min(target.courses, key=cost)
    courses = [
        CourseToTake(
            code, catalogue.get(code), states.get(code), done=code in completed and not renew
        )
        for code in chosen
    ]
    return Training(target, result, courses, len(target.courses), result.expires_soon(on))
