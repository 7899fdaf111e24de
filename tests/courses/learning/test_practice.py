"""A quiz in a lesson: begun from its screen, judged as any, and of no weight for the course."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.pages.models import LessonPage
from quizzes.attempts.models import Attempt
from quizzes.bank.models import Quiz
from tests.courses.makers import (
    make_course_with_quiz,
    make_lesson,
    make_person,
    screen,
    signed_in,
    text,
)
from tests.quizzes.makers import key_of
from tracking.ledger.models import Completion

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> LessonPage:
    course = make_course_with_quiz()
    body = [
        screen("Först", text("<p>Läs.</p>")),
        screen("Öva", text("<p>Pröva dig fram.</p>"), ("quiz", {"quiz": course.quiz})),
    ]
    return make_lesson(course, 9, body=body)


@pytest.fixture
def reader() -> Client:
    person = make_person()
    assert person.user
    return signed_in(person.user)


def before(lesson: LessonPage, quiz: Quiz | None = None) -> str:
    return reverse("learning:lesson_quiz", args=[lesson.pk, (quiz or Quiz.objects.get()).pk])


def test_its_screen_leads_to_it_and_says_that_it_is_practice(
    lesson: LessonPage, reader: Client
) -> None:
    page = reader.get(lesson.screen_url(2)).content.decode()
    assert f'href="{before(lesson)}"' in page
    assert "räknas inte" in page
    assert before(lesson) not in reader.get(lesson.screen_url(1)).content.decode()
    intro = reader.get(before(lesson)).content.decode()
    assert "Det här är övning" in intro
    assert f'href="{lesson.screen_url(2)}"' in intro


def test_passing_it_completes_nothing_and_leads_back_to_its_screen(
    lesson: LessonPage, reader: Client
) -> None:
    begun = reader.post(before(lesson))
    attempt = Attempt.objects.get()
    assert begun.url == reverse("quizzes:take", args=[attempt.public_id])
    form = {f"q{position}": chosen for position, chosen in key_of(attempt).items()}
    reader.post(reverse("quizzes:submit", args=[attempt.public_id]), form)
    attempt.refresh_from_db()
    assert attempt.passed
    assert not Completion.objects.exists()
    result = reader.get(reverse("quizzes:result", args=[attempt.public_id])).content.decode()
    assert f'href="{lesson.screen_url(2)}"' in result
    assert "Det var övning" in result


def test_it_is_another_try_than_the_courses_own(lesson: LessonPage, reader: Client) -> None:
    reader.post(before(lesson))
    reader.post(reverse("learning:quiz", args=[lesson.course.pk]))
    practised, final = Attempt.objects.order_by("pk")
    assert practised.context != final.context
    assert reader.post(before(lesson)).url == reverse("quizzes:take", args=[practised.public_id])


def test_a_quiz_that_stands_on_no_screen_of_the_lesson_is_not_there(
    lesson: LessonPage, reader: Client
) -> None:
    other = lesson.course.lessons().first()
    for method in (reader.get, reader.post):
        assert method(before(other)).status_code == 404
    Quiz.objects.update(live=False)
    assert reader.get(before(lesson)).status_code == 404
    assert "Det här är övning" not in reader.get(lesson.screen_url(2)).content.decode()
    assert not Attempt.objects.exists()


def test_who_answers_when_the_quiz_is_taken_out_of_the_lesson_keeps_the_result(
    lesson: LessonPage, reader: Client
) -> None:
    reader.post(before(lesson))
    attempt = Attempt.objects.get()
    lesson.body = [screen("Öva", text("<p>Borta.</p>"))]
    lesson.save()
    reader.post(reverse("quizzes:submit", args=[attempt.public_id]), {"anyway": "1"})
    result = reader.get(reverse("quizzes:result", args=[attempt.public_id]))
    assert result.status_code == 200
    assert f'href="{reverse("learning:my_training")}"' in result.content.decode()
