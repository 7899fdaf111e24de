"""Which version of a course's pages stood at a moment: what somebody read and was judged by."""

from datetime import datetime
from typing import Any

from wagtail.models import PageLogEntry

from courses.pages.models import CoursePage
from foundation.intervals import STOCKHOLM

PUBLISHED = "wagtail.publish"


def content_at(course: CoursePage, moment: datetime) -> dict[str, Any]:
    """The versions of the course page and its lessons at a moment, as a completion keeps them.

    `page_revision` and `lessons` (by the key that a lesson has in every language) name Wagtail's
    versions; `content_published` is the day of the last change among them, which still says
    something when the pages are gone. One query, and another where something was published since.
    """
    names = ("pk", "translation_key", "live_revision_id", "last_published_at")
    lessons = list(course.lessons().values_list(*names))
    versions = {course.pk: (course.live_revision_id, course.last_published_at)}
    versions |= {pk: (revision, at) for pk, _key, revision, at in lessons}
    since = [pk for pk, (_revision, at) in versions.items() if at is not None and at > moment]
    if since:
        earlier = PageLogEntry.objects.filter(
            page_id__in=since, action=PUBLISHED, timestamp__lte=moment
        )
        versions |= dict.fromkeys(since, (None, None))
        for pk, revision, at in earlier.order_by("timestamp", "pk").values_list(
            "page_id", "revision_id", "timestamp"
        ):
            versions[pk] = (revision, at)
    known = [at for _revision, at in versions.values() if at is not None]
    published = max(known).astimezone(STOCKHOLM).date().isoformat() if known else None
    return {
        "page_revision": versions[course.pk][0],
        "lessons": {str(key): versions[pk][0] for pk, key, _revision, _at in lessons},
        "content_published": published,
    }
