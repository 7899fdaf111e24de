"""Reads: what lessons cite and where, and what of it no longer holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.enums import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.pages.citations import texts_of
from courses.pages.models import CoursePage, LessonPage
from courses.sources.marks import marks
from courses.sources.models import LegalReference, Source
from courses.sources.queries import Cited, Library, current_library
from courses.upkeep.models import LessonFlag
from foundation.components.dates import swedish_date
from tracking.organisation.models import User

CHECKED_FOR = timedelta(days=365)


class Problem(TextChoices):
    """What is wrong with citing it."""

    ENDED = "ended", gettext_lazy("No longer in force")
    BESIDE = "beside", gettext_lazy("No longer in force, with what replaced it beside")
    UNKNOWN = "unknown", gettext_lazy("Paragraph to be looked up")
    UNCHECKED = "unchecked", gettext_lazy("Not checked for a year")


@dataclass(frozen=True, slots=True)
class Place:
    """A block of a screen; no block for what the lesson names as a whole."""

    screen: int | None
    block: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Something a lesson cites that wants a look."""

    lesson: LessonPage
    course: str
    source: str
    key: str
    problem: Problem
    detail: str
    places: tuple[Place, ...]

    @property
    def lesson_title(self) -> str:
        """What the lesson is called."""
        return str(self.lesson.title)

    @property
    def problem_words(self) -> str:
        """What is wrong, in words."""
        return str(self.problem.label)

    @property
    def screens(self) -> str:
        """The screens it is cited on, in words."""
        numbers = sorted({place.screen for place in self.places if place.screen})
        return ", ".join(map(str, numbers)) or _("the list of sources")

    @property
    def edit_url(self) -> str:
        """The first place in the editor."""
        url = reverse("wagtailadmin_pages:edit", args=[self.lesson.pk])
        block = next((place.block for place in self.places if place.block), "")
        return f"{url}#block-{block}-section" if block else url


def cited_in(lesson: LessonPage, library: Library) -> dict[str, list[Place]]:
    """Everything a lesson cites or names, by key, with the places."""
    found: dict[str, list[Place]] = {}
    for number, screen in enumerate(lesson.body.raw_data, start=1):
        for block in screen["value"]["content"]:
            for key in {mark.key for text in texts_of(block["value"]) for mark in marks(text)}:
                found.setdefault(key, []).append(Place(number, block.get("id") or ""))
    for one in library.of_rows((part["type"], part["value"]) for part in lesson.sources.raw_data):
        found.setdefault(one.key, []).append(Place(None))
    return found


def lessons_citing(key: str) -> list[LessonPage]:
    """The published lessons that cite something."""
    library = current_library()
    lessons = LessonPage.objects.live().order_by("path")
    return [lesson for lesson in lessons if key in cited_in(lesson, library)]


def rows(lessons: Iterable[LessonPage], *, on: date) -> Iterator[Row]:
    """What the lessons cite that wants a look on a day. Four queries, however many they are."""
    library = current_library()
    known: dict[str, Source | LegalReference] = {
        one.key: one for kind in (Source, LegalReference) for one in kind.objects.all()
    }
    keys = {one.pk: one.key for one in known.values() if isinstance(one, LegalReference)}
    courses = dict(CoursePage.objects.values_list("path", "title"))
    for lesson in lessons:
        course = courses.get(lesson.path[: -lesson.steplen], "")
        cited = cited_in(lesson, library)
        for key, places in cited.items():
            if key not in known:
                continue
            one = known[key]
            after = keys.get(getattr(one, "replaced_by_id", None) or 0, "")
            for problem, detail in _problems(one, on, _stands_beside(places, cited.get(after))):
                yield Row(lesson, course, _title(library, key), key, problem, detail, tuple(places))


def _title(library: Library, key: str) -> str:
    found: Cited | None = library.by_key.get(key)
    return found.title if found else key


def _stands_beside(places: list[Place], others: list[Place] | None) -> bool:
    """Whether what replaced it stands on every screen that cites it."""
    screens = {place.screen for place in others or ()}
    return bool(others) and all(place.screen in screens for place in places)


def _problems(
    one: Source | LegalReference, on: date, is_beside: bool
) -> Iterator[tuple[Problem, str]]:
    if isinstance(one, LegalReference):
        if one.valid_to is not None and one.valid_to < on:
            said = _("in force until %(day)s") % {"day": swedish_date(one.valid_to)}
            yield (Problem.BESIDE if is_beside else Problem.ENDED), said
        elif not one.paragraph_known:
            yield Problem.UNKNOWN, one.topic
    if one.checked_on is None:
        yield Problem.UNCHECKED, _("nobody has checked it")
    elif one.checked_on < on - CHECKED_FOR:
        yield Problem.UNCHECKED, _("checked %(day)s") % {"day": swedish_date(one.checked_on)}


def open_flags(user: User) -> "QuerySet[LessonFlag]":
    """Lessons that wait for somebody: their own, and nobody's."""
    return (
        LessonFlag.objects.filter(Q(author=user) | Q(author=None), closed_at=None)
        .select_related("lesson", "law", "law__replaced_by", "author")
        .order_by("raised_at", "pk")
    )


def author_of(lesson: LessonPage) -> User | None:
    """Who answers for it: who last wrote it, else who made it, else who made the course."""
    revision: Any = lesson.latest_revision
    for user in (revision and revision.user, lesson.owner, lesson.course.owner):
        if isinstance(user, User) and user.is_active:
            return user
    return None
