"""The requests of each kind of page, on the demo city, from people who are signed in."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.load import TOKEN, Sent
from courses.learning.actions import start_course
from courses.learning.queries import context_of
from courses.pages.models import CoursePage
from courses.pages.queries import course_page_for
from foundation.intervals import today
from quizzes.attempts.actions import save_answer, start_attempt, submit_attempt
from quizzes.attempts.models import Attempt
from quizzes.attempts.queries import items_with_answers
from quizzes.bank.models import Quiz
from quizzes.types import type_of
from quizzes.types.base import response_of
from tracking.ledger.models import Certificate, Completion
from tracking.organisation.models import Employment, Person, Unit, User
from tracking.organisation.rules import visible_to
from tracking.targets.models import Target

COURSE = "MOD-FREDA"
QUESTIONS = 20
TO_HAND_IN = 48
# Warming up sends some requests that can't be sent again, counting the queries two.
SPARE = 30

Queue = list[Sent]


class City:
    """The demo city, with a learner for each connection."""

    def __init__(self, connections: int, requests: int) -> None:
        self.connections = connections
        self.requests = requests
        page = course_page_for(COURSE)
        assert page is not None
        Quiz.objects.filter(pk=page.quiz_id).update(draw=QUESTIONS)
        page.refresh_from_db()
        self.course: CoursePage = page
        self._people = iter(Person.objects.filter(user=None, protected=False).order_by("pk"))
        self.learners = [self.new_learner() for _ in range(connections)]
        self._cookies: dict[str, str] = {}

    def new_learner(self) -> User:
        """Somebody of the city who has got an account."""
        person = next(self._people)
        user = User.objects.create(username=f"bench-{person.pk}")
        Person.objects.filter(pk=person.pk).update(user=user)
        return User.objects.get(pk=user.pk)

    def cookie(self, user: User) -> str:
        """The cookies of a browser in which this account is signed in."""
        if user.username not in self._cookies:
            client = Client()
            client.force_login(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            self._cookies[user.username] = (
                f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
            )
        return self._cookies[user.username]

    def attempt(self, user: User) -> Attempt:
        """The user's open attempt at the final quiz."""
        quiz, now = self.course.quiz, timezone.now()
        assert quiz is not None
        start_course(user=user, course_code=COURSE, now=now)
        return start_attempt(user=user, quiz=quiz, context=context_of(COURSE), now=now)

    def answered(self, user: User) -> Attempt:
        """An open attempt where everything is answered as it should be."""
        attempt, now = self.attempt(user), timezone.now()
        for item, content, _answer in items_with_answers(attempt):
            save_answer(
                user=user,
                attempt_id=attempt.public_id,
                position=item.position,
                response=response_of(type_of(content).key(content)),
                client_id=f"bench-{item.pk}",
                sequence=0,
                now=now,
            )
        return attempt


def about() -> str:
    """How much data the pages are made of."""
    day = today()
    people = Employment.objects.known_now().on(day).values("person").distinct().count()
    units = Unit.objects.known_now().on(day).count()
    targets = Target.objects.known_now().on(day).count()
    completions = Completion.objects.known_now().count()
    return (
        f"{people} people employed ({Person.objects.count()} known), {units} units, "
        f"{targets} targets, {completions} completions. {_version()}."
    )


def _version() -> str:
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("SELECT sqlite_version()" if sqlite else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0].split()[0]}"


def _get(path: str, cookie: str) -> Sent:
    return Sent(method="GET", path=path, cookie=cookie, body="", status=HTTPStatus.OK)


def _anybody(path: str) -> Callable[[City], list[Queue]]:
    return lambda city: [[_get(path, "")] for _ in range(city.connections)]


def _learners(path: str) -> Callable[[City], list[Queue]]:
    return lambda city: [[_get(path, city.cookie(user))] for user in city.learners]


def _account(username: str, path: str) -> Callable[[City], list[Queue]]:
    def made(city: City) -> list[Queue]:
        cookie = city.cookie(User.objects.get(username=username))
        return [[_get(path, cookie)] for _ in range(city.connections)]

    return made


def _course(city: City) -> list[Queue]:
    return _learners(str(city.course.url))(city)


def _lesson(city: City) -> list[Queue]:
    """Every screen of the first three lessons, each connection beginning with another one."""
    urls = [
        lesson.screen_url(number)
        for lesson in city.course.lessons()[:3]
        for number in range(1, lesson.screen_count + 1)
    ]
    return [
        [_get(url, city.cookie(user)) for url in urls[number:] + urls[:number]]
        for number, user in enumerate(city.learners)
    ]


def _quiz(city: City) -> list[Queue]:
    return [
        [_get(reverse("quizzes:take", args=[city.attempt(user).public_id]), city.cookie(user))]
        for user in city.learners
    ]


def _answer(city: City) -> list[Queue]:
    """Each changes their mind about a question with options, again and again."""
    number = int(timezone.now().timestamp() * 1000) - 10_000_000
    queues = []
    for user in city.learners:
        attempt = city.attempt(user)
        asked = next(item for item in attempt.items.all() if "options" in item.content)
        options = asked.content["options"]
        path = reverse("quizzes:save", args=[attempt.public_id])
        queue: Queue = []
        for _ in range(city.requests // city.connections + SPARE):
            number += 1
            change = {
                "position": asked.position,
                "choice": [options[len(queue) % 2]["id"]],
                "client_id": f"bench-{number}",
                "sequence": number,
            }
            queue.append(_post(path, city.cookie(user), json.dumps(change), HTTPStatus.OK))
        queues.append(queue)
    return queues


def _post(path: str, cookie: str, body: str, status: int) -> Sent:
    return Sent(method="POST", path=path, cookie=cookie, body=body, status=status)


@transaction.atomic
def _submit(city: City) -> list[Queue]:
    """Somebody else each time, so that each hands in their first and has it recorded."""
    queues: list[Queue] = [[] for _ in range(city.connections)]
    for number in range(TO_HAND_IN + SPARE):
        user = city.new_learner()
        path = reverse("quizzes:submit", args=[city.answered(user).public_id])
        sent = _post(path, city.cookie(user), "", HTTPStatus.SEE_OTHER)
        queues[number % city.connections].append(sent)
    return queues


def _certificate(city: City) -> list[Queue]:
    user = city.new_learner()
    submit_attempt(user=user, attempt_id=city.answered(user).public_id, now=timezone.now())
    mine = Certificate.objects.get(completion__person__user=user)
    path = reverse("learning:certificate", args=[mine.public_id])
    return [[_get(path, city.cookie(user))] for _ in range(city.connections)]


def _person(city: City) -> list[Queue]:
    """People of the manager's own unit, one after the other."""
    manager = User.objects.get(username="enhetschef")
    seen = Person.objects.filter(pk__in=visible_to(manager, today()).by_name).order_by("pk")
    paths = [reverse("reports:person", args=[person.public_id]) for person in seen]
    queue = [_get(path, city.cookie(manager)) for path in paths]
    return [queue[number:] + queue[:number] for number in range(city.connections)]


def _overview_new(city: City) -> list[Queue]:
    cookie = city.cookie(User.objects.get(username="samordnare"))
    queues: list[Queue] = [[] for _ in range(city.connections)]
    for number in range(TO_HAND_IN + SPARE):
        day: date = today() - timedelta(days=number + 1)
        path = f"{reverse('reports:overview')}?datum={day.isoformat()}"
        queues[number % city.connections].append(_get(path, cookie))
    return queues


def _static(city: City) -> list[Queue]:
    return _anybody(staticfiles_storage.url("css/components.css"))(city)


MAKERS: dict[str, Callable[[City], list[Queue]]] = {
    "empty": _anybody(reverse("bench_empty")),
    "empty-in": _learners(reverse("bench_empty_signed_in")),
    "static": _static,
    "login": _anybody(reverse("login")),
    "training": _learners(reverse("learning:my_training")),
    "course": _course,
    "lesson": _lesson,
    "quiz": _quiz,
    "answer": _answer,
    "submit": _submit,
    "certificate": _certificate,
    "unit": _account("enhetschef", reverse("reports:staff")),
    "district": _account("stadsdelschef", reverse("reports:staff")),
    "person": _person,
    "overview": _account("samordnare", reverse("reports:overview")),
    "overview-new": _overview_new,
}
