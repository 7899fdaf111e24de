"""Reads: what districts have written, and where in the lessons they are asked to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from courses.local.models import LocalNote
from courses.local.rules import District, district_on, districts_of
from courses.pages.models import CoursePage, LessonPage
from foundation.sorting import swedish
from tracking.organisation.models import UnitKind, User
from tracking.organisation.queries import OrganisationDay, organisation_on


@dataclass(frozen=True, slots=True)
class Place:
    """A block "Så gör vi här" of a published lesson."""

    lesson: LessonPage
    screen: int
    key: str
    title: str
    prompt: str

    @property
    def url(self) -> str:
        """Where a reader meets it."""
        return f"{self.lesson.screen_url(self.screen)}#lokalt-{self.key}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A district's note as a reader meets it; None where nothing is written."""

    district: District
    note: LocalNote | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A place with what every district has made of it."""

    place: Place
    own: list[Shown] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def places(lesson_key: UUID | None = None) -> Iterator[Place]:
    """The places of published lessons, in the order of the courses. One query, or two."""
    lessons = LessonPage.objects.live().filter(alias_of__isnull=True).order_by("path")
    if lesson_key is not None:
        lessons = lessons.filter(translation_key=lesson_key)
    for lesson in lessons:
        for number, screen in enumerate(lesson.body.raw_data, start=1):
            for block in screen["value"]["content"]:
                if block["type"] == "local":
                    value = block["value"]
                    yield Place(lesson, number, value["key"], value["title"], value["prompt"])


def place_of(lesson_key: UUID, block_key: str) -> Place | None:
    """The place with this key in a published lesson."""
    return next((one for one in places(lesson_key) if one.key == block_key), None)


def latest_notes(lesson_key: UUID, block_key: str, tree: OrganisationDay) -> dict[str, LocalNote]:
    """The note that counts for each district of the day; what was emptied is left out. One query.

    What a district wrote that has ended since is its successor's, until that writes its own.
    """
    latest: dict[str, LocalNote] = {}
    written = LocalNote.objects.filter(lesson_key=lesson_key, block_key=block_key)
    for note in written.order_by("pk"):
        district = district_on(tree, note.unit_code)
        if district is None:
            continue
        own = note.unit_code == district
        if own or district not in latest or latest[district].unit_code != district:
            latest[district] = note
    return {code: note for code, note in latest.items() if note.text}


def shown_to(user: User, lesson_key: UUID, block_key: str, on: date) -> list[Shown]:
    """What a reader meets: the note of each district they work in."""
    tree = organisation_on(on)
    districts = districts_of(user, on, tree)
    if not districts:
        return []
    notes = latest_notes(lesson_key, block_key, tree)
    return [Shown(one, notes.get(one.code)) for one in districts]


def history(lesson_key: UUID, block_key: str, unit_code: str) -> list[LocalNote]:
    """Every wording of a district's note, the last one first."""
    wordings = LocalNote.objects.filter(
        lesson_key=lesson_key, block_key=block_key, unit_code=unit_code
    )
    return list(wordings.select_related("written_by__person").order_by("-pk"))


def overview(user: User, on: date) -> list[Overview]:
    """Every place, with the districts that have written and those of the city that have not."""
    tree = organisation_on(on)
    own = districts_of(user, on, tree)
    asked = {
        code
        for code in tree.children(tree.root or "")
        if tree.units[code].kind == UnitKind.DISTRICT_COMMITTEE
    }
    found = []
    for place in places():
        notes = latest_notes(place.lesson.translation_key, place.key, tree)
        found.append(
            Overview(
                place,
                [Shown(one, notes.get(one.code)) for one in own],
                _names(tree, set(notes)),
                _names(tree, asked - set(notes)),
            )
        )
    return found


def titles_of(lessons: set[UUID]) -> dict[UUID, str]:
    """The titles of lessons by their translation keys."""
    pages = LessonPage.objects.filter(translation_key__in=lessons)
    return dict(pages.values_list("translation_key", "title"))


def course_of(place: Place) -> CoursePage:
    """The course a place is in."""
    return place.lesson.course


def _names(tree: OrganisationDay, codes: set[str]) -> list[str]:
    return sorted((tree.units[code].name for code in codes), key=swedish)
