"""The requests to measure. Each step makes one ready (unmeasured) and gives it to be sent."""

import json
from collections.abc import Callable, Iterator
from http import HTTPStatus

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.measure import COURSE, Request
from courses.pages.queries import course_page_for
from foundation.intervals import today
from quizzes.attempts.actions import save_answer, start_attempt
from quizzes.attempts.models import Attempt
from quizzes.types import TYPES
from tracking.ledger.models import Completion
from tracking.organisation.models import Employment, Person, Unit, User
from tracking.targets.models import Target

GOOD = (HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)


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


def _checked(response: HttpResponseBase) -> None:
    if response.status_code not in GOOD:
        raise RuntimeError(f"Answered {response.status_code}.")


def _client(username: str) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username=username))
    return client


def _get(username: str, path: str) -> Iterator[Request]:
    client = _client(username)
    while True:
        yield lambda: _checked(client.get(path))


def _lesson_path() -> str:
    page = course_page_for(COURSE)
    assert page is not None
    return str(page.lessons()[1].screen_url(1))


def _attempt(user: User) -> Attempt:
    page = course_page_for(COURSE)
    assert page is not None
    assert page.quiz is not None
    context = f"course:{COURSE}"
    return start_attempt(user=user, quiz=page.quiz, context=context, now=timezone.now())


def _quiz() -> Iterator[Request]:
    attempt = _attempt(User.objects.get(username="medarbetare"))
    return _get("medarbetare", reverse("quizzes:take", args=[attempt.public_id]))


def _answers() -> Iterator[Request]:
    client = _client("medarbetare")
    attempt = _attempt(User.objects.get(username="medarbetare"))
    path = reverse("quizzes:save", args=[attempt.public_id])
    item = attempt.items.get(position=1)
    number = int(time_ms())
    while True:
        number += 1
        option = item.content["options"][number % 2]["id"]
        change = {
            "position": 1,
            "choice": [option],
            "client_id": f"bench-{number}",
            "sequence": number,
        }
        body = json.dumps(change)
        yield lambda body=body: _checked(  # type: ignore[misc]
            client.post(path, body, content_type="application/json")
        )


def time_ms() -> float:
    """Milliseconds now, to count on from: later runs on the same attempt come after."""
    return timezone.now().timestamp() * 1000


def _submissions() -> Iterator[Request]:
    """Somebody else each time, so that each hands in their first and has it recorded."""
    people = Person.objects.filter(user=None).order_by("pk")
    for person in people.iterator():
        user = User.objects.create(username=f"bench-{person.pk}-{int(time_ms())}")
        Person.objects.filter(pk=person.pk).update(user=user)
        attempt = _attempt(user)
        for item in attempt.items.all():
            save_answer(
                user=user,
                attempt_id=attempt.public_id,
                position=item.position,
                response={"choice": TYPES[item.content["type"]].key(item.content)},
                client_id=f"bench-{item.position}",
                sequence=1,
                now=timezone.now(),
            )
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        path = reverse("quizzes:submit", args=[attempt.public_id])
        yield lambda client=client, path=path: _checked(client.post(path))  # type: ignore[misc]


MAKERS: dict[str, Callable[[], Iterator[Request]]] = {
    "training": lambda: _get("medarbetare", reverse("learning:my_training")),
    "lesson": lambda: _get("medarbetare", _lesson_path()),
    "quiz": _quiz,
    "answer": _answers,
    "submit": _submissions,
    "unit": lambda: _get("enhetschef", reverse("reports:staff")),
    "district": lambda: _get("stadsdelschef", reverse("reports:staff")),
    "overview": lambda: _get("samordnare", reverse("reports:overview")),
}


def of(task: str) -> Iterator[Request]:
    """The requests of a task of bench.measure.TASKS, without end."""
    return MAKERS[task]()
