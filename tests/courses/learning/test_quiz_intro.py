"""Before the quiz: all that holds for it, in words, and when one may try again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.learning.queries import context_of
from courses.learning.quiz_intro import in_words, quiz_intro
from courses.pages.models import CoursePage
from quizzes.attempts.actions import start_attempt, submit_attempt
from quizzes.bank.models import Quiz
from tests.courses.makers import CODE, make_course_with_quiz, make_person, signed_in
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minut"),
        (20, "20 minuter"),
        (60, "1 timme"),
        (90, "90 minuter"),
        (120, "2 timmar"),
        (1440, "1 dygn"),
        (2880, "2 dygn"),
    ],
)
def test_a_stretch_of_time_is_said_as_one_says_it(minutes: int, words: str) -> None:
    assert in_words(minutes) == words


def fail(user: User, course: CoursePage) -> None:
    assert course.quiz is not None
    now = timezone.now()
    attempt = start_attempt(user=user, quiz=course.quiz, context=f"course:{CODE}", now=now)
    submit_attempt(user=user, attempt_id=attempt.public_id, now=now)


def test_everything_that_holds_is_said_before_the_start() -> None:
    course = make_course_with_quiz()
    user = make_person().user
    plain = dict(quiz_intro(user, course.quiz, context_of(CODE), now=timezone.now()).facts)
    assert plain["Försök"] == "så många du vill"
    assert plain["Tid"].startswith("räknas inte")
    assert plain["Vad som räknas"] == "ditt bästa försök"
    assert plain["Svar"] == "du ser vad som var rätt, och varför, när du har lämnat in"
    Quiz.objects.update(
        max_tries=3,
        wait_minutes=1440,
        limit_minutes=20,
        one_at_a_time=True,
        counts="latest",
        feedback="passed",
    )
    course.quiz.refresh_from_db()
    strict = dict(quiz_intro(user, course.quiz, context_of(CODE), now=timezone.now()).facts)
    assert strict["Försök"] == "3 kvar; mellan två av dem väntar du 1 dygn"
    assert strict["Tid"].startswith("20 minuter från det att du börjar")
    assert "En per sida" in strict["Frågor"]
    assert "står kvar" in strict["Vad som räknas"]
    assert strict["Svar"].startswith("du ser vad som var rätt när du är godkänd")


def test_who_has_to_wait_is_told_until_when_and_gets_no_button() -> None:
    course = make_course_with_quiz()
    user = make_person().user
    Quiz.objects.update(wait_minutes=60)
    course.quiz.refresh_from_db()
    fail(user, course)
    client, address = signed_in(user), reverse("learning:quiz", args=[course.pk])
    html = client.get(address).content.decode()
    until = timezone.localtime(timezone.now() + timedelta(minutes=60))
    assert f"kl. {until:%H:}" in html
    assert "Börja provet" not in html
    assert client.post(address).status_code == 409
    assert user.attempts.count() == 1


def test_of_several_tries_the_one_that_counts_is_named() -> None:
    course = make_course_with_quiz()
    user = make_person().user
    address = reverse("learning:quiz", args=[course.pk])
    fail(user, course)
    assert "försöket som räknas" not in signed_in(user).get(address).content.decode()
    fail(user, course)
    assert signed_in(user).get(address).content.decode().count("försöket som räknas") == 1
