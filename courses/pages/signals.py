"""What Wagtail announces: a page was published."""

from typing import Any

from courses.pages.actions import register_published_course
from courses.pages.models import CoursePage, LessonPage
from courses.pages.translated import untranslated_paths
from tracking.organisation.models import User


def course_published(*, instance: CoursePage, revision: Any = None, **_announced: Any) -> None:
    """Wagtail published a course page; unpublishing and deleting announce nothing to us."""
    if not instance.is_source:
        return  # its code, and the name completions are listed by, are the source's
    user = getattr(revision, "user", None)
    register_published_course(page=instance, actor=user if isinstance(user, User) else None)


def translation_published(*, instance: CoursePage | LessonPage, **_announced: Any) -> None:
    """Remember what of it is not translated, as it is read from now on."""
    if not instance.is_source:
        instance.untranslated = untranslated_paths(instance)
        rows = type(instance)._default_manager.filter(pk=instance.pk)
        rows.update(untranslated=instance.untranslated)
