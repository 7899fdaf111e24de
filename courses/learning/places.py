"""Answers for H5P content that stands in lessons: practice, which may keep a lesson unfinished."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from courses.h5p.results.requirements import Requirement
from courses.h5p.store.models import H5PContent, H5PVersion
from courses.h5p.store.queries import published_with
from courses.learning.actions import complete_what_waited
from courses.learning.interactive import PREFIX, Placed, lessons_known_by, placed_in
from courses.pages.models import LessonPage
from tracking.organisation.models import User


class LessonPlace:
    """The places `lesson:<learning key>/<block id>`."""

    prefix = PREFIX
    counts = True

    def may_open(self, user: User, rest: str, content: H5PContent) -> bool:
        """Lessons are open to everybody who can sign in; the content has to stand there."""
        return user.is_active and any(
            placed.demand.content == content.pk for placed in self._placed(rest)
        )

    def version(self, rest: str, content: H5PContent) -> H5PVersion | None:
        """The one everybody plays."""
        return None

    def requirement(self, rest: str, content: H5PContent) -> Requirement:
        """As the block says; nothing of a block that is no longer there."""
        for placed in self._placed(rest):
            if placed.demand.content == content.pk:
                return placed.demand.requirement
        return Requirement()

    def demands_on(self, content: H5PContent) -> Iterator[tuple[str, Requirement]]:
        """In published lessons, and in those that will be at a moment that is set."""
        for page in published_with(content):
            if isinstance(page, LessonPage):
                for placed in placed_in(page):
                    if placed.demand.content == content.pk:
                        yield page.title, placed.demand.requirement

    def changed(self, user: User, rest: str, now: datetime) -> None:
        """Whoever has read the last screen, and has now nothing left, has read the lesson."""
        key = _key(rest)
        if key is not None:
            complete_what_waited(user=user, lesson_key=key, now=now)

    def title(self, rest: str) -> str:
        """The lesson's name."""
        key = _key(rest)
        page = LessonPage.objects.filter(translation_key=key).first() if key else None
        return str(page.title) if page else _("Lesson")

    @staticmethod
    def _placed(rest: str) -> Iterator[Placed]:
        key = _key(rest)
        if key is None:
            return
        place = f"{PREFIX}:{rest}"
        for lesson in lessons_known_by(key):
            yield from (one for one in placed_in(lesson) if one.demand.place == place)


def _key(rest: str) -> UUID | None:
    """The lesson's learning key; None for what is none."""
    said, slash, block = rest.partition("/")
    try:
        return UUID(said) if slash and block and len(said) == 36 else None
    except ValueError:
        return None
