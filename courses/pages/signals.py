"""What Wagtail announces: a page was published."""

from typing import Any

from courses.pages.actions import register_published_course
from courses.pages.models import CoursePage
from tracking.organisation.models import User


def course_published(*, instance: CoursePage, revision: Any = None, **_announced: Any) -> None:
    """Wagtail published a course page; unpublishing and deleting announce nothing to us."""
    user = getattr(revision, "user", None)
    register_published_course(page=instance, actor=user if isinstance(user, User) else None)
