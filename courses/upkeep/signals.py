"""What Wagtail announces: a lesson was published."""

from typing import Any

from django.utils import timezone

from courses.pages.models import LessonPage
from courses.upkeep.actions import close_when_published
from tracking.organisation.models import User


def lesson_published(*, instance: LessonPage, revision: Any = None, **_announced: Any) -> None:
    """A lesson that cites the old law no more has been looked at."""
    user = getattr(revision, "user", None)
    close_when_published(
        lesson=instance, actor=user if isinstance(user, User) else None, now=timezone.now()
    )
