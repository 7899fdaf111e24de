"""Min utbildning: everything that is asked of a person, and where they are among it."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from courses.learning.queries import CourseState, certificate_url, course_states
from courses.pages.queries import course_pages
from courses.pages.translated import SOURCE
from foundation.sorting import swedish
from tracking.exemptions.queries import own_exemptions
from tracking.ledger.models import Completion, Course
from tracking.ledger.queries import completions_of, known_courses
from tracking.organisation.models import Employment, Person, User
from tracking.status.queries import TargetResult, status_table
from tracking.status.rules import Status, TargetRow
from tracking.targets.models import Exemption, Level


@dataclass(frozen=True, slots=True)
class CourseToTake:
    """A course of a target: its page here with how far one has come, or where it is given."""

    code: str
    course: Course | None
    state: CourseState | None
    done: bool

    @property
    def name(self) -> str:
        """What the course is called, in the reader's language where its page is in that."""
        if self.state and not self.state.page.is_source:
            return str(self.state.page.title)
        return self.course.name if self.course else self.code

    @property
    def language(self) -> str:
        """The language of its name."""
        return self.state.page.language if self.state else SOURCE

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
    exemption: Exemption | None = None  # that holds on the day; a long leave exempts too

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
    history = list(completions_of(person)) if person else []
    states = course_states(user, pages.values(), history)
    named: set[str] = set()
    if person:
        table = status_table(as_of=on, persons=[person.pk])
        completed = {completion.course_code for completion in history}
        codes = {code for target in table.targets.values() for code in target.course_codes}
        catalogue = known_courses(codes | completed)
        for result in table.results:
            target = table.targets[result.target]
            named |= target.course_codes
            training = _training(target, result, catalogue, states, completed, on)
            _place(mine, training)
        if mine.exempt:
            held = own_exemptions(person, on)
            mine.exempt = [replace(one, exemption=held.get(one.target.code)) for one in mine.exempt]
        mine.history = [_taken(completion, catalogue, states) for completion in history]
        mine.works_as = list(
            Employment.objects.known_now().on(on).filter(person=person).filter(~Q(position=""))
        )
    asked = {course.code for training in mine.required for course in training.courses}
    mine.offered = [training for training in mine.offered if not training.is_met_by(asked)]
    mine.open_to_all = [state for code, state in states.items() if code not in named]
    mine.open_to_all.sort(key=lambda state: swedish(state.page.title))
    mine.required.sort(key=lambda one: (one.result.due_on or date.max, one.target.code))
    mine.done.sort(key=lambda one: (one.result.valid_through or date.max, one.target.code))
    mine.offered.sort(key=lambda one: swedish(one.target.name))
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
