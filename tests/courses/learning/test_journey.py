"""Taking a course: begin, read, stop and go on, pass, and have it in the ledger once."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.learning.models import Enrolment, LessonProgress
from courses.learning.queries import course_state
from courses.pages.models import CoursePage
from foundation.facts import open_batch
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
from tracking.ledger.models import Certificate, Completion, Start
from tracking.organisation.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person()


@pytest.fixture
def client(person: Person) -> Client:
    assert person.user
    return signed_in(person.user)


def begin(client: Client, course: CoursePage):
    return client.post(reverse("learning:start", args=[course.pk]))


def finish(client: Client, lesson, screen: int):
    return client.post(reverse("learning:reach", args=[lesson.pk, screen]))


def pass_quiz(client: Client, course: CoursePage) -> Attempt:
    client.post(reverse("learning:quiz", args=[course.pk]))
    attempt = Attempt.objects.latest("pk")
    form = {f"q{position}": chosen for position, chosen in key_of(attempt).items()}
    client.post(reverse("quizzes:submit", args=[attempt.public_id]), form)
    attempt.refresh_from_db()
    return attempt


def test_beginning_twice_is_beginning_once(client: Client, person: Person) -> None:
    course = make_course()
    first = course.lessons().first()
    for _click in range(2):
        response = begin(client, course)
        assert (response.status_code, response.url) == (303, first.url)
    assert Enrolment.objects.count() == 1
    assert Start.objects.get().course_code == CODE


def test_one_resumes_at_the_screen_one_left(client: Client) -> None:
    course = make_course(lessons=2, screens=3)
    one, two = course.lessons()
    begin(client, course)
    for screen in (1, 2, 3):
        finish(client, one, screen)
    response = finish(client, two, 1)
    assert response.url == two.screen_url(2)
    elsewhere = Client()
    elsewhere.force_login(make_user_of(client))
    assert begin(elsewhere, course).url == two.screen_url(2)


def make_user_of(client: Client):
    from tracking.organisation.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def test_the_last_screen_leads_on_to_the_next_lesson_and_then_the_quiz(client: Client) -> None:
    course = make_course_with_quiz(lessons=2, screens=1)
    one, two = course.lessons()
    assert finish(client, one, 1).url == two.url
    assert finish(client, two, 1).url == reverse("learning:quiz", args=[course.pk])
    assert LessonProgress.objects.exclude(completed_at=None).count() == 2


def minutes_left(client: Client, course: CoursePage) -> int:
    return course_state(make_user_of(client), course).minutes_left


def test_what_is_left_falls_with_every_screen_and_ends_with_the_quiz(client: Client) -> None:
    course = make_course_with_quiz(lessons=2, screens=5, questions=3)
    one, two = course.lessons()
    left = [minutes_left(client, course)]
    for lesson in (one, two):
        for screen in range(1, 6):
            finish(client, lesson, screen)
            left.append(minutes_left(client, course))
    assert left == [23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3]
    pass_quiz(client, course)
    assert minutes_left(client, course) == 0


def test_a_lesson_that_became_shorter_is_gone_on_with_at_its_last_screen(client: Client) -> None:
    course = make_course(lessons=1, screens=4)
    lesson = course.lessons().get()
    for screen in (1, 2, 3):
        finish(client, lesson, screen)
    del lesson.body[2:]
    lesson.save_revision().publish()
    assert begin(client, course).url == lesson.screen_url(2)
    assert client.get(lesson.screen_url(2)).status_code == 200


def test_reading_a_lesson_again_keeps_it_read(client: Client) -> None:
    course = make_course(lessons=1, screens=2)
    lesson = course.lessons().get()
    for screen in (1, 2, 1, 1):
        finish(client, lesson, screen)
    progress = LessonProgress.objects.get()
    assert progress.completed_at is not None
    assert progress.resume_screen == 2


@pytest.mark.parametrize("screen", [0, 4, 99])
def test_a_screen_that_does_not_exist_is_not_finished(client: Client, screen: int) -> None:
    lesson = make_course(screens=3).lessons().first()
    assert finish(client, lesson, screen).status_code == 404
    assert not LessonProgress.objects.exists()


@pytest.mark.parametrize("digits", ["9" * 20, "9" * 5000])
@pytest.mark.parametrize("path", ["{}/prov/", "{}/borja/", "{}/skarm/1/", "{lesson}/skarm/{}/"])
def test_a_number_no_database_can_hold_is_no_address(
    client: Client, path: str, digits: str
) -> None:
    lesson = make_course_with_quiz().lessons().first()
    address = "/larande/" + path.format(digits, lesson=lesson.pk)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert client.get(f"{lesson.url}{digits}/").status_code == 404


def test_passing_completes_the_course_once_with_what_it_was_judged_by(
    client: Client, person: Person
) -> None:
    course = make_course_with_quiz()
    attempt = pass_quiz(client, course)
    client.post(reverse("quizzes:submit", args=[attempt.public_id]))
    again = pass_quiz(client, course)
    assert attempt.passed
    assert again.passed
    completion = Completion.objects.get()
    assert (completion.person, completion.course_code) == (person, CODE)
    assert completion.source == "plattform"
    assert completion.judged_by["attempt"] == str(attempt.public_id)
    assert completion.judged_by["rule"]["pass_percent"] == 80
    assert Certificate.objects.count() == 1


def test_the_target_is_done_at_once(client: Client) -> None:
    course = make_course_with_quiz()
    make_target("T", CODE)
    address = reverse("learning:my_training")
    before = client.get(address).context["mine"]
    assert [one.target.code for one in before.required] == ["T"]
    pass_quiz(client, course)
    after = client.get(address).context["mine"]
    assert [one.target.code for one in after.done] == ["T"]
    assert after.required == []
    assert [(one.page_url, one.certificate_url is None) for one in after.history] == [
        (course.url, False)
    ]


def test_an_account_without_a_person_learns_without_leaving_anything_in_the_ledger() -> None:
    client = signed_in(make_user("utbildare"))
    course = make_course_with_quiz()
    begin(client, course)
    assert pass_quiz(client, course).passed
    assert not Completion.objects.exists()
    assert not Start.objects.exists()
    assert client.get(reverse("learning:my_training")).status_code == 200


def result_of(client: Client, attempt: Attempt) -> str:
    return client.get(reverse("quizzes:result", args=[attempt.public_id])).content.decode()


def test_the_result_says_that_a_completion_is_recorded_only_where_it_is(client: Client) -> None:
    course = make_course_with_quiz()
    recorded = "Ditt genomförande är registrerat."
    unrecorded = (
        "Kontot hör inte till någon i personalregistret, så inget genomförande registreras."
    )
    html = result_of(client, pass_quiz(client, course))
    assert (recorded in html, unrecorded in html) == (True, False)
    trainer = signed_in(make_user("utbildare"))
    html = result_of(trainer, pass_quiz(trainer, course))
    assert "Du är godkänd" in html
    assert (recorded in html, unrecorded in html) == (False, True)


def test_a_result_does_not_speak_of_a_completion_that_was_withdrawn(client: Client) -> None:
    attempt = pass_quiz(client, make_course_with_quiz())
    Completion.objects.update(batch_out=open_batch(origin="test"))
    assert "genomförande" not in result_of(client, attempt)


def test_a_certificate_is_its_owners_alone(client: Client) -> None:
    pass_quiz(client, make_course_with_quiz())
    address = reverse("learning:certificate", args=[Certificate.objects.get().public_id])
    html = client.get(address).content.decode()
    assert "Anna Provsson" in html
    other = make_person("bo")
    assert other.user
    assert signed_in(other.user).get(address).status_code == 404
    assert signed_in(make_user("utbildare")).get(address).status_code == 404


def test_the_result_links_to_the_lesson_that_teaches_a_question(client: Client) -> None:
    course = make_course_with_quiz(lessons=1)
    lesson = course.lessons().get()
    lesson.slug = "a"  # what the test questions say they are taught in
    lesson.save_revision().publish()
    attempt = pass_quiz(client, course)
    result = client.get(reverse("quizzes:result", args=[attempt.public_id]))
    assert f'href="{lesson.course.url}a/"' in result.content.decode()


def test_before_the_quiz_one_reads_what_it_takes(client: Client) -> None:
    course = make_course_with_quiz(questions=3)
    html = client.get(reverse("learning:quiz", args=[course.pk])).content.decode()
    assert "80" in html
    assert not Attempt.objects.exists()


def test_when_the_tries_are_used_up_one_is_told(client: Client) -> None:
    course = make_course_with_quiz()
    course.quiz.max_tries = 1
    course.quiz.save()
    pass_quiz(client, course)
    response = client.post(reverse("learning:quiz", args=[course.pk]))
    assert response.status_code == 409
    assert Attempt.objects.count() == 1


def test_a_course_without_a_quiz_has_no_quiz_page(client: Client) -> None:
    course = make_course()
    assert client.get(reverse("learning:quiz", args=[course.pk])).status_code == 404
