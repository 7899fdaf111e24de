"""Writes: an editorial change is published; a course becomes a new one, and the old one ends."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from courses.pages.copying import give_own_quiz
from courses.pages.models import CoursePage
from foundation.intervals import STOCKHOLM
from tracking.organisation.models import User

EDITORIAL = "courses.editorial"
RENEWED = "courses.renewed"


@transaction.atomic
def publish_editorial(*, revision: Revision, actor: User) -> None:
    """Publish a version as the same course: nothing happens to anyone. The log says who judged so.

    Raises courses.pages.checks.page.PublishingRefused.
    """
    page = revision.as_object()
    page.publish(revision, user=actor, changed=True)
    log(instance=page, action=EDITORIAL, user=actor, revision=revision, content_changed=True)


@transaction.atomic
def renew_course(
    *, course: CoursePage, code: str, title: str, slug: str, ends_on: date, actor: User
) -> CoursePage:
    """A new course, as a draft, of the course's latest drafts; the old one's last day is `ends_on`.

    Whoever has completed the old one keeps that. What was changed and not published goes to the new
    course only. Raises courses.pages.checks.page.PublishingRefused.
    """
    new: CoursePage = course.copy(
        recursive=True,
        to=course.get_parent(),
        update_attrs={"title": title, "draft_title": title, "slug": slug, "course_code": code},
        copy_revisions=True,
        keep_live=False,
        user=actor,
    )
    # Its latest draft is what will be published; the row has its code from the start.
    draft = new.get_latest_revision_as_object()
    draft.save(clean=False)
    give_own_quiz(course=draft, actor=actor)
    ends = _midnight_after(ends_on)
    old = Page.objects.filter(path__startswith=course.path, live=True)
    old.update(
        expire_at=ends,
        latest_revision=F("live_revision"),
        draft_title=F("title"),
        has_unpublished_changes=False,
    )
    said = {"code": code, "ends_on": ends_on.isoformat(), "page": new.pk}
    log(instance=course, action=RENEWED, user=actor, data=said)
    return new


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=STOCKHOLM)
