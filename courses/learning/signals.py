"""What Wagtail announces: a lesson was published, and may demand less than it did."""

from typing import Any

from django.utils import timezone

from courses.learning.actions import complete_as_published
from courses.pages.models import LessonPage


def lesson_published(*, instance: LessonPage, **_announced: Any) -> None:
    """The source says what is demanded; a translation follows it, and an alias is the source."""
    if instance.is_source and instance.alias_of_id is None:
        complete_as_published(lesson=instance, now=timezone.now())
