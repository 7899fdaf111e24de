"""How many statements each kind of page sends to the database: as many whatever the numbers are.

Two of them are who is signed in, four the header: what they are called, and what the menu opens.
A lesson's screen may send twelve; this one leaves room for a figure and a question.
"""

import json
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.learning.queries import context_of
from quizzes.attempts.actions import save_answers, start_attempt
from quizzes.attempts.models import Attempt
from tests.courses.makers import (
    CODE,
    make_catalogue,
    make_course,
    make_lesson,
    make_person,
    make_target,
    screen,
    signed_in,
    text,
)
from tests.factories import duty
from tests.quizzes.makers import form_of, key_of, make_quiz
from tracking.ledger.models import Certificate
from tracking.organisation.models import DutyRole, Person

pytestmark = pytest.mark.django_db

# Nothing is committed in a test, so organisation and targets, which a process remembers once they
# are, are read anew by each page that shows a status.
QUERIES = {
    "log-in page": 1,
    "catalogue": 11,
    "Min utbildning": 24,
    "course": 16,
    "lesson's screen": 9,
    "quiz page": 13,
    "answer saved": 7,
    "certificate": 16,
    "Mina medarbetare": 25,
    "person": 24,
    "Uppföljning": 14,
}
# Handing in waits for the lock of the ledger, which SQLite has without asking. One asks which
# version of each lesson stands.
HANDED_IN = {"sqlite": 46, "postgresql": 48}

Ask = Callable[[], HttpResponseBase]


class World:
    """A course of `items` lessons and questions, as many targets, and as many people."""

    def __init__(self, items: int) -> None:
        cache.clear()  # of where pages are, as another test had them
        self.course = make_course(quiz=make_quiz(items), lessons=0)
        sources = text("<p>Ett [@bok]. Två [@lag].</p>")
        for number in range(1, items + 1):
            make_lesson(self.course, number, body=[screen(f"R{at}", sources) for at in (1, 2)])
        for number in range(items):
            make_target(f"T{number}", CODE)
        people = [make_person(f"p{number}") for number in range(items)]
        self.learner = people[0]
        self.manager, self.coordinator = make_person("chef"), make_person("samordnare")
        duty(self.manager, DutyRole.MANAGER, "E1")
        duty(self.coordinator, DutyRole.COORDINATOR, "STAD")

    def client(self, person: Person) -> Client:
        assert person.user is not None
        return signed_in(person.user)

    def attempt(self) -> Attempt:
        """The learner's open attempt, everything answered as it should be."""
        user, quiz = self.learner.user, self.course.quiz
        assert user is not None
        assert quiz is not None
        now = timezone.now()
        attempt = start_attempt(user=user, quiz=quiz, context=context_of(CODE), now=now)
        right = form_of(key_of(attempt))
        save_answers(user=user, attempt_id=attempt.public_id, form=right, now=now)
        return attempt

    def answer(self, attempt: Attempt) -> Ask:
        client, sent = self.client(self.learner), 0

        def ask() -> HttpResponseBase:
            nonlocal sent
            sent += 1
            change = {
                "position": 1,
                "choice": key_of(attempt)[1],
                "client_id": f"flik-{sent}",
                "sequence": 10**14,
            }
            path = reverse("quizzes:save", args=[attempt.public_id])
            return client.post(path, json.dumps(change), content_type="application/json")

        return ask

    def pages(self, attempt: Attempt) -> dict[str, Ask]:
        learner, manager = self.client(self.learner), self.client(self.manager)
        coordinator = self.client(self.coordinator)
        lesson = self.course.lessons()[0]
        take = reverse("quizzes:take", args=[attempt.public_id])
        person = reverse("reports:person", args=[self.learner.public_id])
        return {
            "log-in page": lambda: Client().get(reverse("login")),
            "catalogue": lambda: learner.get(make_catalogue().url),
            "Min utbildning": lambda: learner.get(reverse("learning:my_training")),
            "course": lambda: learner.get(self.course.url),
            "lesson's screen": lambda: learner.get(lesson.screen_url(2)),
            "quiz page": lambda: learner.get(take),
            "answer saved": self.answer(attempt),
            "Mina medarbetare": lambda: manager.get(reverse("reports:staff")),
            "person": lambda: manager.get(person),
            "Uppföljning": lambda: coordinator.get(reverse("reports:overview")),
        }


def count(ask: Ask, status: int = 200) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    assert response.status_code == status
    return len(captured)


def counted_warm(ask: Ask) -> int:
    """The first request of a process also asks what it remembers after that."""
    count(ask)
    return count(ask)


@pytest.mark.parametrize("items", [1, 3])
def test_each_kind_of_page_sends_as_many_statements_as_the_table_says(items: int) -> None:
    world = World(items)
    attempt = world.attempt()
    found = {name: counted_warm(ask) for name, ask in world.pages(attempt).items()}
    learner = world.client(world.learner)
    submit = reverse("quizzes:submit", args=[attempt.public_id])
    handed_in = count(lambda: learner.post(submit), status=303)
    certificate = Certificate.objects.get(completion__person=world.learner)
    shown = reverse("learning:certificate", args=[certificate.public_id])
    found["certificate"] = counted_warm(lambda: learner.get(shown))
    assert (found, handed_in) == (QUERIES, HANDED_IN[connection.vendor])
