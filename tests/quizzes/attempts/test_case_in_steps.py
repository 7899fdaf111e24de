"""A case is asked a step at a time: in a quiz, with and without script, and where it is tried."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.attempts.actions import start_attempt
from quizzes.attempts.models import Answer, Attempt, AttemptItem
from quizzes.bank.trial import trial_context
from tests.factories import account, person
from tests.quizzes.makers import CONTEXT, make_place, make_quiz
from tests.quizzes.types.contents import EXAMPLES
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db

CASE = EXAMPLES["case"]


@pytest.fixture
def user() -> User:
    return account(person("A"))


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def attempt(user: User) -> Attempt:
    """An open attempt at a quiz of one question, a case."""
    make_place()
    attempt = start_attempt(user=user, quiz=make_quiz(1), context=CONTEXT, now=timezone.now())
    AttemptItem.objects.update(content=CASE)
    return attempt


def send(client: Client, attempt: Attempt, path: list[str]) -> Any:
    change = {"position": 1, "client_id": "-".join(path), "sequence": len(path), "choice": path}
    address = reverse("quizzes:save", args=[attempt.public_id])
    return client.post(address, json.dumps(change), "application/json")


def test_the_answer_to_each_choice_holds_the_next_step(client: Client, attempt: Attempt) -> None:
    said = send(client, attempt, ["k0"]).json()
    assert said["choice"] == ["k0"]
    assert "läge mitt" in said["html"]
    assert 'name="q1-path" value="k0"' in said["html"]
    assert "läge slut" not in said["html"]
    ended = send(client, attempt, ["k0", "k3"]).json()["html"]
    assert "data-walk-ended" in ended


def test_without_script_going_on_saves_and_comes_back_to_the_question(
    client: Client, attempt: Attempt
) -> None:
    submit = reverse("quizzes:submit", args=[attempt.public_id])
    response = client.post(submit, {"q1": "k1", "ga-vidare": "q1"})
    assert response.headers["Location"].endswith(f"/{attempt.public_id}/#question-1")
    assert Answer.objects.get().chosen == ["k1"]
    client.post(submit, {"q1-path": "k1", "q1": "k4", "ga-vidare": "q1"})
    assert Answer.objects.get().chosen == ["k1", "k4"]


def test_a_case_that_has_not_come_to_its_end_is_asked_about(
    client: Client, attempt: Attempt
) -> None:
    submit = reverse("quizzes:submit", args=[attempt.public_id])
    response = client.post(submit, {"q1": "k1"})
    assert "obesvarade" in response.headers["Location"]
    page = client.get(response.headers["Location"]).content.decode()
    assert "Inte helt besvarad än." in page
    assert not Attempt.objects.get().submitted_at


@pytest.fixture
def editor() -> Client:
    user = account(person("R"))
    user.user_permissions.add(Permission.objects.get(codename="change_question"))
    client = Client()
    client.force_login(user)
    return client


def tried(editor: Client, fields: dict[str, Any], **headers: str) -> HttpResponse:
    form = {"signed": trial_context([CASE], title="")["signed"]} | fields
    return editor.post(reverse("quizzes:trial"), form, headers=headers)  # type: ignore[return-value]


def test_a_case_that_is_tried_goes_on_from_page_to_page(editor: Client) -> None:
    page = tried(editor, {"q1": "k0", "ga-vidare": "q1"}).content.decode()
    assert "Fallet fortsätter" in page
    assert "läge mitt" in page
    assert "HEMLIG" not in page
    judged = tried(editor, {"q1-path": "k0", "q1": "k3", "ga-vidare": "q1"}).content.decode()
    assert "HEMLIG" in judged


def test_a_script_gets_the_next_step_alone(editor: Client) -> None:
    part = tried(editor, {"q1": "k0", "ga-vidare": "q1"}, **{"X-Requested-With": "fetch"})
    html = part.content.decode()
    assert html.strip().startswith("<fieldset")
    assert "läge mitt" in html
