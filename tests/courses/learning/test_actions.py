"""Beginning and moving through a course leaves the same trace however often it is sent."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from courses.learning.actions import finish_screen, start_course
from courses.learning.models import Enrolment, LessonProgress
from tests.courses.makers import CODE, make_course, make_person, make_user
from tracking.ledger.actions import UnknownCourse
from tracking.ledger.models import Start
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATE = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past midnight in Stockholm
LESSON = uuid4()


def finish(user: User, screen: int, *, now: datetime = NOON, of: int = 3) -> LessonProgress:
    return finish_screen(
        user=user, course_code=CODE, lesson_key=LESSON, screen=screen, of=of, now=now
    )


def test_beginning_twice_is_beginning_once() -> None:
    make_course()
    person = make_person()
    for now in (NOON, LATE):
        start_course(user=person.user, course_code=CODE, now=now)
    assert Enrolment.objects.get().started_at == NOON
    assert Start.objects.get().on == date(2026, 3, 2)


def test_the_ledgers_day_is_stockholms() -> None:
    make_course()
    start_course(user=make_person().user, course_code=CODE, now=LATE)
    assert Start.objects.get().on == date(2026, 3, 3)


def test_an_account_without_a_person_leaves_nothing_in_the_ledger() -> None:
    make_course()
    start_course(user=make_user("utbildare"), course_code=CODE, now=NOON)
    assert Enrolment.objects.count() == 1
    assert not Start.objects.exists()


def test_a_course_that_is_not_in_the_catalogue_is_not_begun() -> None:
    person = make_person()
    with pytest.raises(UnknownCourse):
        start_course(user=person.user, course_code="MOD-INGEN", now=NOON)
    assert not Enrolment.objects.exists()


def test_a_screen_sent_twice_counts_once() -> None:
    make_course()
    user = make_person().user
    first = finish(user, 1)
    again = finish(user, 1)
    assert again.pk == first.pk
    assert (again.resume_screen, again.completed_at) == (2, None)


def test_moving_on_begins_the_course() -> None:
    make_course()
    finish(make_person().user, 1)
    assert Enrolment.objects.count() == 1
    assert Start.objects.count() == 1


def test_the_last_screen_completes_the_lesson_once_and_for_all() -> None:
    make_course()
    user = make_person().user
    assert finish(user, 3).completed_at == NOON
    finish(user, 3, now=LATE)
    reread = finish(user, 1, now=LATE)
    assert reread.completed_at == NOON
    assert reread.resume_screen == 2


def test_each_person_has_their_own_place() -> None:
    make_course()
    finish(make_person("anna").user, 2)
    finish(make_person("bo").user, 1)
    places = LessonProgress.objects.order_by("user__username")
    assert [place.resume_screen for place in places] == [3, 2]
