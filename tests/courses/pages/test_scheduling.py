"""What is scheduled is published, and taken down, by the program itself."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from wagtail.models import PageLogEntry

from courses.pages.models import CoursePage, LessonPage
from courses.pages.scheduling import publish_due
from courses.pages.tasks import publish_scheduled
from foundation.working import Hours
from quizzes.bank.models import Question
from tests.courses.makers import make_course
from tests.quizzes.makers import make_question
from tracking.ledger.models import Course

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=timezone.get_default_timezone())
HOUR = timedelta(hours=1)


@pytest.fixture
def planned() -> LessonPage:
    """A lesson that is to be renamed in an hour."""
    with time_machine.travel(NOW, tick=False):
        lesson = make_course(lessons=1).lessons()[0]
        lesson.save_revision().publish()
        lesson.refresh_from_db()
        lesson.title = "Nytt namn"
        lesson.go_live_at = NOW + HOUR
        lesson.save_revision().publish()
    return lesson


def title(lesson: LessonPage) -> str:
    return LessonPage.objects.get(pk=lesson.pk).title


def logged(lesson: LessonPage) -> int:
    entries = PageLogEntry.objects.filter(page=lesson.pk, action="wagtail.publish.scheduled")
    return entries.count()


def test_a_scheduled_change_is_published_when_its_hour_comes(planned: LessonPage) -> None:
    with time_machine.travel(NOW + HOUR - timedelta(minutes=1), tick=False):
        assert publish_due(now=timezone.now()) == 0
    assert title(planned) == "Lektion 1"
    with time_machine.travel(NOW + HOUR, tick=False):
        assert publish_due(now=timezone.now()) == 1
    assert title(planned) == "Nytt namn"


def test_run_twice_it_is_published_once(planned: LessonPage) -> None:
    with time_machine.travel(NOW + 2 * HOUR, tick=False):
        assert [publish_due(now=timezone.now()) for _time in range(2)] == [1, 0]
    assert logged(planned) == 1


def test_the_workers_run_it_every_minute_without_anybody_s_cron(planned: LessonPage) -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["publish-scheduled"]
    assert entry == {"task": publish_scheduled.name, "schedule": 60.0}
    with time_machine.travel(NOW + HOUR, tick=False):
        Hours().run_those_due()  # what `manage.py work` does between two tasks
    assert title(planned) == "Nytt namn"


def test_a_course_that_goes_live_by_the_hour_is_in_the_catalogue() -> None:
    with time_machine.travel(NOW, tick=False):
        course = make_course("MOD-SEN", publish=False)
        course.go_live_at = NOW + HOUR
        course.save_revision().publish()
        assert not CoursePage.objects.get(pk=course.pk).live
    with time_machine.travel(NOW + HOUR, tick=False):
        publish_due(now=timezone.now())
    assert Course.objects.known_now().filter(code="MOD-SEN").exists()


def test_what_expires_is_taken_down_questions_too(planned: LessonPage) -> None:
    question = Question.objects.get(key=make_question(1))
    for item in (planned, question):
        type(item)._default_manager.filter(pk=item.pk).update(expire_at=NOW)
    assert publish_due(now=NOW) == 2
    assert not LessonPage.objects.get(pk=planned.pk).live
    assert not Question.objects.get(pk=question.pk).live
    assert publish_due(now=NOW) == 0


def test_what_cannot_be_published_keeps_nothing_else_waiting(planned: LessonPage) -> None:
    with time_machine.travel(NOW, tick=False):
        course = planned.get_parent().specific
        broken = course.add_child(
            instance=LessonPage(title="Trasig", slug="trasig", objective="x", minutes=1, live=False)
        )
        broken.go_live_at = NOW + timedelta(minutes=30)
        revision = broken.save_revision()
        revision.publish()
        # What was whole when it was scheduled is not any more.
        revision.content["slug"] = planned.slug
        revision.save()
    with time_machine.travel(NOW + HOUR, tick=False):
        assert publish_due(now=timezone.now()) == 1
    assert title(planned) == "Nytt namn"
    assert not LessonPage.objects.get(pk=broken.pk).live
