"""A change of a published course is the same course in better words, or another course."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from courses.modules.groundwork import TRAINERS_GROUP, lay_groundwork
from courses.pages.models import CoursePage, LessonPage
from courses.renewal.actions import EDITORIAL, RENEWED
from courses.renewal.views import ask_what_kind
from foundation.intervals import today
from tests.courses.makers import (
    CODE,
    make_course,
    make_lesson,
    make_target,
    make_user,
    screen,
    signed_in,
    text,
)
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    lay_groundwork()
    user = make_user("utbildare")
    user.groups.add(Group.objects.get(name=TRAINERS_GROUP))
    return user


@pytest.fixture
def trainer(author: User) -> Client:
    return signed_in(author)


@pytest.fixture
def lesson() -> LessonPage:
    """Published in a published course, with a change that is not."""
    lesson = make_lesson(
        make_course(lessons=0), body=[screen("Ett", text("<p>Så var det [@bok].</p>"))]
    )
    lesson.save_revision().publish()
    changed = LessonPage.objects.get(pk=lesson.pk)
    changed.title = "Bättre ord"
    changed.save_revision()
    return LessonPage.objects.get(pk=lesson.pk)


def judge(client: Client, page: Page, kind: str) -> int:
    return client.post(reverse("change_kind", args=[page.pk]), {"kind": kind}).status_code


def renewal(**said: str) -> dict[str, str]:
    return {
        "code": "MOD-PROV-2",
        "title": "Provkursen igen",
        "slug": "provkurs-2",
        "ends_on": today().isoformat(),
    } | said


def test_only_what_readers_have_is_asked_about(rf: object, lesson: LessonPage) -> None:
    draft = make_course("MOD-NY", slug="ny", publish=False)
    asked = [ask_what_kind(rf, page) for page in (lesson, lesson.course, draft)]  # type: ignore[arg-type]
    assert [answer is not None for answer in asked] == [True, True, False]


def test_an_editorial_change_is_published_and_nothing_happens_to_anyone(
    trainer: Client, author: User, lesson: LessonPage
) -> None:
    page = trainer.get(reverse("change_kind", args=[lesson.pk])).content.decode()
    assert 'value="editorial"' in page
    assert judge(trainer, lesson, "editorial") == 302
    published = LessonPage.objects.get(pk=lesson.pk)
    assert (published.title, published.has_unpublished_changes) == ("Bättre ord", False)
    entry = PageLogEntry.objects.get(action=EDITORIAL)
    assert (entry.page_id, entry.user, entry.revision_id) == (
        lesson.pk,
        author,
        published.live_revision_id,
    )
    assert list(CoursePage.objects.values_list("course_code", flat=True)) == [CODE]


@pytest.mark.parametrize("kind", ["", "annat", "<script>"])
def test_a_kind_must_be_chosen(trainer: Client, lesson: LessonPage, kind: str) -> None:
    assert judge(trainer, lesson, kind) == 400
    assert LessonPage.objects.get(pk=lesson.pk).title == "Lektion 1"


def test_a_new_course_gets_the_change_and_the_old_one_ends(
    trainer: Client, lesson: LessonPage
) -> None:
    make_target("T1", CODE)
    course = lesson.course
    assert judge(trainer, lesson, "new") == 302
    address = reverse("renew_course", args=[course.pk])
    assert "T1" in trainer.get(address).content.decode()
    assert trainer.post(address, renewal(ends_on="2099-12-31")).status_code == 302
    new = CoursePage.objects.get(slug="provkurs-2")
    latest = new.get_latest_revision_as_object()
    assert (new.live, new.course_code, latest.course_code) == (False, "MOD-PROV-2", "MOD-PROV-2")
    (copied,) = LessonPage.objects.child_of(new)
    assert copied.get_latest_revision_as_object().title == "Bättre ord"
    assert copied.translation_key != lesson.translation_key
    old = Page.objects.get(pk=course.pk)
    assert (old.live, old.expire_at) == (True, datetime(2099, 12, 31, 23, tzinfo=UTC))
    stays = LessonPage.objects.get(pk=lesson.pk)
    assert (stays.title, stays.has_unpublished_changes) == ("Lektion 1", False)
    assert stays.latest_revision_id == stays.live_revision_id
    assert PageLogEntry.objects.filter(action=RENEWED, page=course.pk).count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"code": CODE},
        {"code": ""},
        {"slug": "provkurs"},
        {"slug": "inte en adress"},
        {"ends_on": "2020-01-01"},
        {"ends_on": "snart"},
        {"title": "x" * 201},
    ],
)
def test_a_new_course_that_cannot_be_is_told_and_nothing_is_made(
    trainer: Client, lesson: LessonPage, said: dict[str, str]
) -> None:
    address = reverse("renew_course", args=[lesson.course.pk])
    assert trainer.post(address, renewal(**said)).status_code == 400
    assert CoursePage.objects.count() == 1
    assert Page.objects.get(pk=lesson.course.pk).expire_at is None


def test_only_who_may_publish_judges(lesson: LessonPage) -> None:
    reader = signed_in(make_user("annan"))
    for name in ("change_kind", "renew_course"):
        assert reader.post(reverse(name, args=[lesson.pk])).status_code == 302
    assert LessonPage.objects.get(pk=lesson.pk).title == "Lektion 1"
