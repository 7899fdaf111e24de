"""Writes that come with publishing a course."""

from django.db import transaction

from courses.pages.models import CourseCode, CoursePage
from tracking.ledger.actions import register_course
from tracking.organisation.models import User


@transaction.atomic
def register_published_course(*, page: CoursePage, actor: User | None) -> None:
    """Give the published course's code to it for good, and put it into the catalogue.

    Raises tracking.ledger.actions.CourseTaken and IntegrityError when the code is another's; the
    page's own checks say so in words before it comes to that.
    """
    if not page.course_code:
        return
    CourseCode.objects.get_or_create(
        translation_key=page.translation_key, defaults={"code": page.course_code}
    )
    register_course(code=page.course_code, name=page.title, minutes=page.minutes, actor=actor)
