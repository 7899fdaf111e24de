"""Passing the final quiz is completing the course: at once, once, with what it was judged by."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.learning.actions import complete_by_quiz
from courses.learning.queries import context_of
from courses.pages.models import CoursePage, LessonPage
from courses.pages.versions import content_at
from foundation.facts import open_batch
from foundation.intervals import today
from quizzes.attempts.actions import save_answer, start_attempt, submit_attempt
from quizzes.attempts.contexts import handler_of
from quizzes.attempts.models import Attempt
from tests.courses.makers import (
    CODE,
    make_course,
    make_course_with_quiz,
    make_person,
    make_target,
    make_user,
    signed_in,
)
from tests.quizzes.makers import key_of
from tracking.ledger.models import Certificate, Completion, CompletionSource
from tracking.organisation.models import User
from tracking.status.queries import status_table
from tracking.status.rules import Status

pytestmark = pytest.mark.django_db


def take(user: User, course: CoursePage, *, right: bool = True) -> Attempt:
    assert course.quiz is not None
    attempt = start_attempt(
        user=user, quiz=course.quiz, context=context_of(CODE), now=timezone.now()
    )
    for position, key in key_of(attempt).items():
        save_answer(
            user=user,
            attempt_id=attempt.public_id,
            position=position,
            response={"choice": key if right else []},
            client_id=f"{position}",
            sequence=1,
            now=timezone.now(),
        )
    return submit_attempt(user=user, attempt_id=attempt.public_id, now=timezone.now())


def intro(course: CoursePage) -> str:
    return reverse("learning:quiz", args=[course.pk])


def test_passing_completes_the_course_and_the_target_is_done_at_once() -> None:
    course = make_course_with_quiz()
    person = make_person()
    make_target("M1", CODE)
    take(person.user, course)
    completion = Completion.objects.get()
    assert (completion.person, completion.course_code) == (person, CODE)
    assert (completion.on, completion.source) == (today(), CompletionSource.PLATFORM)
    (result,) = status_table(as_of=today(), persons=[person.pk]).results
    assert result.status is Status.DONE


def test_the_completion_keeps_what_it_was_judged_by() -> None:
    course = make_course_with_quiz()
    attempt = take(make_person().user, course)
    judged_by = Completion.objects.get().judged_by
    assert judged_by["attempt"] == str(attempt.public_id)
    assert (judged_by["points"], judged_by["max_points"]) == (3, 3)
    assert judged_by["rule"]["pass_percent"] == 80
    assert judged_by["page_revision"] == course.live_revision_id
    lessons = {str(one.translation_key): one.live_revision_id for one in course.lessons()}
    assert judged_by["lessons"] == lessons
    assert judged_by["content_published"] == today().isoformat()


def test_the_content_is_that_of_the_day_it_was_handed_in() -> None:
    course = make_course_with_quiz()
    lesson = course.lessons()[0]
    lesson.save_revision().publish()
    before = timezone.now()
    lesson.refresh_from_db()
    course.refresh_from_db()
    then = (course.live_revision_id, lesson.live_revision_id)
    assert _versions(course, lesson, before) == then
    for page in (course, lesson):
        page.title = "Nytt namn"
        page.save_revision().publish()
        page.refresh_from_db()
    assert _versions(course, lesson, before) == then
    assert _versions(course, lesson, timezone.now()) == (
        course.live_revision_id,
        lesson.live_revision_id,
    )


def _versions(
    course: CoursePage, lesson: LessonPage, moment: datetime
) -> tuple[int | None, int | None]:
    content = content_at(course, moment)
    return content["page_revision"], content["lessons"][str(lesson.translation_key)]


def test_a_certificate_says_which_content_it_is_of_where_that_is_known() -> None:
    course, person = make_course_with_quiz(), make_person()
    take(person.user, course)
    certificate = Certificate.objects.get()
    address = reverse("learning:certificate", args=[certificate.public_id])
    assert "som det publicerades" in signed_in(person.user).get(address).content.decode()
    Completion.objects.update(judged_by={})
    assert "som det publicerades" not in signed_in(person.user).get(address).content.decode()


def test_handing_in_twice_completes_once() -> None:
    course = make_course_with_quiz()
    user = make_person().user
    attempt = take(user, course)
    submit_attempt(user=user, attempt_id=attempt.public_id, now=timezone.now())
    complete_by_quiz(course_code=CODE, content=None, attempt=attempt)
    assert Completion.objects.count() == 1
    assert Certificate.objects.count() == 1


def test_failing_completes_nothing() -> None:
    course = make_course_with_quiz()
    attempt = take(make_person().user, course, right=False)
    assert attempt.passed is False
    assert not Completion.objects.exists()


def test_an_account_without_a_person_can_pass_and_gets_no_certificate() -> None:
    course = make_course_with_quiz()
    attempt = take(make_user("utbildare"), course)
    handler, _rest = handler_of(attempt.context)
    assert attempt.passed is True
    assert not Completion.objects.exists()
    assert handler.after_passing(attempt) is None


def test_the_result_leads_to_the_certificate_and_to_the_lesson_that_teaches() -> None:
    course = make_course_with_quiz()
    attempt = take(make_person().user, course)
    handler, rest = handler_of(attempt.context)
    certificate = Certificate.objects.get()
    assert handler.after_passing(attempt) == reverse(
        "learning:certificate", args=[certificate.public_id]
    )
    assert handler.return_url(rest) == course.url
    places = ["lektion-2#3", "lektion-2#9", "lektion-2#0", "ingen-sadan", ""]
    lessons = handler.lessons(rest, places)
    assert {place: lesson.url for place, lesson in lessons.items()} == {
        "lektion-2#3": f"{course.url}lektion-2/3/",
        "lektion-2#9": f"{course.url}lektion-2/",
        "lektion-2#0": f"{course.url}lektion-2/",
    }
    assert lessons["lektion-2#3"].title == "Lektion 2"
    assert handler.again_url(rest) == reverse("learning:quiz", args=[course.pk])


def test_an_unpublished_course_leads_back_to_min_utbildning() -> None:
    course = make_course_with_quiz()
    course.unpublish()
    handler, rest = handler_of(context_of(CODE))
    assert handler.return_url(rest) == reverse("learning:my_training")
    assert handler.lessons(rest, ["lektion-1"]) == {}
    assert handler.again_url(rest) is None
    assert not handler.may_take(make_user(), rest)


def test_before_it_starts_the_page_says_what_it_takes_and_writes_nothing() -> None:
    course = make_course_with_quiz()
    client = signed_in(make_person().user)
    html = client.get(intro(course)).content.decode()
    assert "80" in html
    assert "Lektion" not in html
    assert not Attempt.objects.exists()


def test_starting_twice_is_the_same_attempt() -> None:
    course = make_course_with_quiz()
    client = signed_in(make_person().user)
    first = client.post(intro(course))
    assert client.post(intro(course)).url == first.url
    assert Attempt.objects.count() == 1
    assert client.get(first.url).status_code == 200


def test_when_all_tries_are_used_the_page_says_so() -> None:
    course = make_course_with_quiz()
    assert course.quiz is not None
    course.quiz.max_tries = 1
    course.quiz.save()
    user = make_person().user
    take(user, course, right=False)
    assert signed_in(user).post(intro(course)).status_code == 409
    assert Attempt.objects.count() == 1


def test_a_course_without_a_quiz_has_no_quiz_page() -> None:
    course = make_course()
    assert signed_in(make_user()).get(intro(course)).status_code == 404


def test_the_certificate_says_who_what_and_when_and_is_only_ones_own() -> None:
    course = make_course_with_quiz()
    anna, bo = make_person("anna"), make_person("bo")
    make_target("M1", CODE, validity_months=24)
    take(anna.user, course)
    url = reverse("learning:certificate", args=[Certificate.objects.get().public_id])
    html = signed_in(anna.user).get(url).content.decode()
    for said in ("Anna Provsson", course.title, "Målet M1"):
        assert said in html
    assert signed_in(bo.user).get(url).status_code == 404
    assert signed_in(make_user("utbildare")).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_the_certificate_outlives_the_page() -> None:
    course = make_course_with_quiz()
    person = make_person()
    take(person.user, course)
    CoursePage.objects.get(pk=course.pk).delete()
    url = reverse("learning:certificate", args=[Certificate.objects.get().public_id])
    response = signed_in(person.user).get(url)
    assert response.status_code == 200
    assert course.title in response.content.decode()


def test_a_withdrawn_completion_has_no_certificate() -> None:
    course = make_course_with_quiz()
    person = make_person()
    take(person.user, course)
    Completion.objects.update(batch_out=open_batch(origin="test"), on=date(2026, 1, 1))
    url = reverse("learning:certificate", args=[Certificate.objects.get().public_id])
    assert signed_in(person.user).get(url).status_code == 404
