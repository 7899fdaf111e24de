"""Taking a quiz over HTTP: with and without script, and for those who try what they may not."""

import json
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.attempts.actions import start_attempt
from quizzes.attempts.models import Answer, Attempt
from tests.quizzes.makers import CONTEXT, key_of, make_place, make_question, make_quiz
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anna")


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def begin(user: User, count: int = 3) -> Attempt:
    make_place()
    quiz = make_quiz(count)
    return start_attempt(user=user, quiz=quiz, context=CONTEXT, now=timezone.now())


def url(name: str, attempt: Attempt) -> str:
    return reverse(f"quizzes:{name}", args=[attempt.public_id])


def send(client: Client, attempt: Attempt, position: int, choice: object, **more: object):
    body = {"position": position, "choice": choice, "client_id": uuid4().hex, "sequence": 1, **more}
    return client.post(url("save", attempt), json.dumps(body), content_type="application/json")


def filled(attempt: Attempt) -> dict[str, list[str]]:
    return {f"q{position}": chosen for position, chosen in key_of(attempt).items()}


def test_the_page_holds_nothing_of_the_key(client: Client, user: User) -> None:
    attempt = begin(user)
    html = client.get(url("take", attempt)).content.decode()
    assert "Fråga nummer 1?" in html
    assert "HEMLIG" not in html
    assert "correct" not in html.replace("incorrect", "")
    assert "HEMLIG" not in send(client, attempt, 1, []).content.decode()


def test_answers_saved_one_by_one_are_there_on_another_device(client: Client, user: User) -> None:
    attempt = begin(user)
    chosen = key_of(attempt)[2]
    assert send(client, attempt, 2, chosen).json() == {"saved": 2}
    other = Client()
    other.force_login(user)
    html = other.get(url("take", attempt)).content.decode()
    assert f'value="{chosen[0]}" checked' in html


def test_without_script_the_form_saves_and_hands_in(client: Client, user: User) -> None:
    attempt = begin(user)
    response = client.post(url("submit", attempt), filled(attempt), follow=True)
    attempt.refresh_from_db()
    assert attempt.passed
    assert "HEMLIG-FÖRKLARING" in response.content.decode()
    assert response.redirect_chain[-1][0] == url("result", attempt)


def test_unanswered_questions_are_asked_about_and_the_rest_kept(client: Client, user: User) -> None:
    attempt = begin(user)
    answers = filled(attempt)
    del answers["q2"]
    response = client.post(url("submit", attempt), answers)
    assert response.status_code == 422
    assert 'href="#question-2"' in response.content.decode()
    assert Answer.objects.count() == 2
    client.post(url("submit", attempt), {**answers, "anyway": "1"})
    attempt.refresh_from_db()
    assert (attempt.points, attempt.passed) == (2, False)


def test_handing_in_twice_and_going_back_change_nothing(client: Client, user: User) -> None:
    attempt = begin(user)
    for _click in range(2):
        client.post(url("submit", attempt), filled(attempt))
    assert client.get(url("take", attempt)).url == url("result", attempt)
    late = send(client, attempt, 1, [])
    assert late.status_code == 409
    assert late.json()["result"] == url("result", attempt)
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("name", ["take", "result"])
def test_somebody_elses_attempt_is_not_found(user: User, name: str) -> None:
    attempt = begin(user)
    other = Client()
    other.force_login(User.objects.create_user("bo"))
    assert other.get(url(name, attempt)).status_code == 404
    assert send(other, attempt, 1, []).status_code == 404
    assert other.post(url("submit", attempt)).status_code == 404


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b"[[[[", b'{"position": "x"}', b'{"position": 1}']
)
def test_what_is_no_answer_is_refused_in_words(client: Client, user: User, body: bytes) -> None:
    attempt = begin(user)
    response = client.post(url("save", attempt), body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.parametrize("count", [1, 3, 9])
def test_queries_do_not_grow_with_the_questions(
    client: Client, user: User, count: int, django_assert_num_queries
) -> None:
    attempt = begin(user, count)
    with django_assert_num_queries(4):  # session, account, attempt, questions with answers
        client.get(url("take", attempt))


def test_saving_an_answer_takes_few_queries(
    client: Client, user: User, django_assert_max_num_queries
) -> None:
    attempt = begin(user)
    chosen = key_of(attempt)[1]
    with django_assert_max_num_queries(7):  # session, account, and five around the answer
        send(client, attempt, 1, chosen)


def test_a_check_in_a_lesson_is_graded_and_leaves_nothing(client: Client) -> None:
    key = make_question(1, use="check")
    address = reverse("quizzes:check", args=[key])
    response = client.post(address, {"next": "/kurser/freda/ett/2/"})
    html = response.content.decode()
    assert "HEMLIG-FÖRKLARING" in html
    assert 'href="/kurser/freda/ett/2/"' in html
    assert not Attempt.objects.exists()
    outside = client.post(address, {"next": "https://annan.example/"}).content.decode()
    assert "annan.example" not in outside


def test_a_question_for_finals_cannot_be_spied_on_as_a_check(client: Client) -> None:
    key = make_question(1, use="final")
    assert client.post(reverse("quizzes:check", args=[key])).status_code == 404


def test_a_trial_is_for_editors_and_leaves_nothing(client: Client, user: User) -> None:
    from quizzes.bank.models import Question
    from quizzes.bank.trial import trial_context

    key = make_question(1)
    contents = [Question.objects.get(key=key).content()]
    form = {"signed": trial_context(contents, title="")["signed"], "q0": []}
    assert client.post(reverse("quizzes:trial"), form).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_question"))
    editor = Client()
    editor.force_login(User.objects.get(pk=user.pk))
    assert "HEMLIG-FÖRKLARING" in editor.post(reverse("quizzes:trial"), form).content.decode()
    assert editor.post(reverse("quizzes:trial"), {"signed": "x"}).status_code == 404
    assert not Attempt.objects.exists()
