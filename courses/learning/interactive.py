"""H5P content in lessons: where it is, what the lesson demands of it, what is left to do.

A place is `lesson:<learning key>/<block id>`: the same wherever the lesson stands, and in every
language of it, for wagtail-localize keeps the ids of blocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from courses.h5p.results.models import H5PResult
from courses.h5p.results.queries import Demand, results_at
from courses.h5p.results.requirements import Kind, Requirement
from courses.h5p.store.models import H5PContent
from courses.pages.models import LessonPage
from courses.pages.queries import course_of
from tracking.organisation.models import User

PREFIX = "lesson"
BLOCK = "interactive"


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with content: on which screen it stands, and what is demanded there."""

    screen: int
    demand: Demand


def place_of(lesson_key: UUID, block_id: str) -> str:
    """Where a block of a lesson is played."""
    return f"{PREFIX}:{lesson_key}/{block_id}"


def placed_in(lesson: LessonPage) -> list[Placed]:
    """The lesson's blocks with content, in their order. No query."""
    blocks = list(_blocks(lesson))
    if not blocks:
        return []  # whose lesson it is need not be asked
    key = lesson.learning_key
    return [
        Placed(number, Demand(place_of(key, block), content, requirement))
        for number, block, content, requirement in blocks
    ]


def _blocks(lesson: LessonPage) -> Iterator[tuple[int, str, int, Requirement]]:
    for number, screen in enumerate(lesson.body.raw_data, start=1):
        for stored in screen["value"]["content"]:
            value = stored["value"]
            if stored["type"] == BLOCK and value.get("content"):
                yield number, stored.get("id", ""), value["content"], Requirement.of(value)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands with all that plays in a lesson."""

    placed: list[Placed]
    results: dict[tuple[str, int], H5PResult]

    @property
    def left(self) -> list[Placed]:
        """What is demanded and not done."""
        return [
            one for one in self.placed if not one.demand.requirement.is_met_by(self.result(one))
        ]

    def result(self, placed: Placed) -> H5PResult | None:
        """What was reported of them there; None for who has not opened it."""
        return self.results.get((placed.demand.place, placed.demand.content))


def standing_in(user: User, lesson: LessonPage) -> Standing:
    """Where somebody stands in a lesson. One query; none for a lesson where nothing plays."""
    placed = placed_in(lesson)
    return Standing(placed, results_at(user, {one.demand.place for one in placed}))


def left_in(user: User, lesson: LessonPage) -> list[Placed]:
    """What somebody has yet to do before a lesson is read to its end. One query, or none."""
    return standing_in(user, lesson).left


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is left to do in a lesson: in words, and where."""

    words: str
    screen: int
    url: str


def told(lesson: LessonPage, left: list[Placed]) -> list[Left]:
    """What is left, for people. One query, or none."""
    if not left:
        return []
    keys = {one.demand.content for one in left}
    titles = dict(H5PContent.objects.filter(pk__in=keys).values_list("pk", "title"))
    return [
        Left(
            _in_words(one.demand.requirement, titles[one.demand.content]),
            one.screen,
            f"{lesson.screen_url(one.screen)}#{anchor_of(one.demand.place)}",
        )
        for one in left
        if one.demand.content in titles
    ]


def anchor_of(place: str) -> str:
    """What the block is called on its screen."""
    return f"h5p-{slugify(place)}"


def _in_words(requirement: Requirement, title: str) -> str:
    match requirement.kind:
        case Kind.OPENED:
            return _("Open “%(title)s”") % {"title": title}
        case Kind.SCORE:
            words = _("Reach %(percent)d %% of the points in “%(title)s”")
            return words % {"title": title, "percent": requirement.percent}
        case _:
            return _("Finish “%(title)s”") % {"title": title}


def lessons_known_by(key: UUID) -> Iterator[LessonPage]:
    """The published pages of a lesson: in each language, and wherever it stands, the source first.

    Those of courses that are not published are left out.
    """
    pages = LessonPage.objects.live().filter(
        Q(translation_key=key, alias_of=None) | Q(alias_of__translation_key=key)
    )
    for page in pages.select_related("alias_of", "locale").order_by("pk"):
        if course_of(page) is not None:
            yield page
