"""Taking a quiz over HTTP: with and without script, and for those who try what they may not."""

import json
import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quizzes.attempts.actions import start_attempt
from quizzes.attempts.models import Answer, Attempt
from quizzes.bank.parts import QuizPart
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


def of_quizzes(queries: CaptureQueriesContext) -> list[str]:
    """What was asked of the quizzes' tables; the frame of the page asks others."""
    return [query["sql"] for query in queries if '"quizzes_' in query["sql"]]


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
    assert send(client, attempt, 2, chosen).json() == {"saved": 2, "choice": chosen}
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
    assert response.status_code == 303
    html = client.get(response.url).content.decode()
    assert re.findall('href="#(question-.)"', html) == ["question-2"]
    assert html.count("checked") == 2
    assert "HEMLIG" not in html
    attempt.refresh_from_db()
    assert attempt.is_open
    client.post(url("submit", attempt), {**answers, "anyway": "1"})
    attempt.refresh_from_db()
    assert (attempt.points, attempt.passed) == (2, False)


def test_a_form_can_be_saved_and_gone_on_with(client: Client, user: User) -> None:
    attempt = begin(user)
    answers = filled(attempt)
    del answers["q1"]
    response = client.post(url("submit", attempt), {**answers, "spara": "1"}, follow=True)
    assert response.redirect_chain == [(url("take", attempt), 303)]
    assert response.content.decode().count("checked") == 2
    attempt.refresh_from_db()
    assert attempt.is_open


def test_a_tick_taken_back_in_the_form_is_taken_back(client: Client, user: User) -> None:
    make_place()
    make_question(0, kind="multiple")
    quiz = make_quiz(0)
    attempt = start_attempt(user=user, quiz=quiz, context=CONTEXT, now=timezone.now())
    chosen = key_of(attempt)[1]
    assert "q1-ticked" not in client.get(url("take", attempt)).content.decode()
    send(client, attempt, 1, chosen)
    # A page from before says nothing of what was answered elsewhere.
    client.post(url("submit", attempt), {"spara": "1"})
    assert Answer.objects.get().chosen == chosen
    assert 'name="q1-ticked"' in client.get(url("take", attempt)).content.decode()
    client.post(url("submit", attempt), {"q1-ticked": "1", "spara": "1"})
    assert Answer.objects.get().chosen == []


def test_a_forged_option_in_the_form_leaves_the_question_unanswered(
    client: Client, user: User
) -> None:
    attempt = begin(user)
    response = client.post(url("submit", attempt), {**filled(attempt), "q1": "forged", "q99": "x"})
    assert response.url == url("take", attempt) + "?obesvarade#obesvarade"


def test_the_pages_script_hears_where_handing_in_leads(client: Client, user: User) -> None:
    attempt = begin(user)
    script = {"headers": {"X-Requested-With": "fetch"}}
    unanswered = client.post(url("submit", attempt), {}, **script)
    assert unanswered.json() == {"next": url("take", attempt) + "?obesvarade#obesvarade"}
    for _again in range(2):
        done = client.post(url("submit", attempt), filled(attempt), **script)
        assert done.json() == {"next": url("result", attempt)}


def test_whoever_was_signed_out_comes_back_to_the_questions(client: Client, user: User) -> None:
    attempt = begin(user)
    log_in = Client().post(url("submit", attempt), filled(attempt))
    assert log_in.url == reverse("login") + "?next=" + url("submit", attempt)
    assert client.get(url("submit", attempt)).url == url("take", attempt)
    assert Client().post(url("save", attempt)).status_code == 302
    assert client.get(reverse("quizzes:check", args=["fraga-1"])).status_code == 302


def test_the_result_says_what_to_read_again_and_where_to_try_again(
    client: Client, user: User
) -> None:
    place = make_place()
    make_question(1, lesson="a")
    make_question(2, lesson="b")
    quiz = make_quiz(0)
    quiz.parts = [QuizPart(tags="prov", draw=2)]
    attempt = start_attempt(user=user, quiz=quiz, context=CONTEXT, now=timezone.now())
    assert client.get(url("result", attempt)).url == url("take", attempt)
    wrong = attempt.items.get(question_key="fraga-2").position
    answers = filled(attempt)
    del answers[f"q{wrong}"]
    client.post(url("submit", attempt), {**answers, "anyway": "1"})
    html = client.get(url("result", attempt)).content.decode()
    header = html.partition("</header>\n  <h2>")[0]
    assert re.findall(r'href="(/lektion/[^"]*)"', header) == ["/lektion/b#1"]
    assert 'href="/provet/"' in html
    assert place.asked_for_lessons == 1
    passed = start_attempt(user=user, quiz=quiz, context=CONTEXT, now=timezone.now())
    client.post(url("submit", passed), filled(passed))
    assert 'href="/provet/"' not in client.get(url("result", passed)).content.decode()


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
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"[[[[",
        b'{"position": "x"}',
        b'{"position": 1}',
        b'{"position": 1, "choice": [], "sequence": 1, "client_id": "\\ud800"}',
        b'{"position": 1, "choice": ["\\ud800"], "sequence": 1, "client_id": "a"}',
        b'{"position": 1, "choice": [], "sequence": -1, "client_id": "a"}',
        b'{"position": 1e999, "choice": [], "sequence": 1, "client_id": "a"}',
    ],
)
def test_what_is_no_answer_is_refused_in_words(client: Client, user: User, body: bytes) -> None:
    attempt = begin(user)
    response = client.post(url("save", attempt), body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.parametrize("count", [1, 3, 9])
def test_queries_do_not_grow_with_the_questions(client: Client, user: User, count: int) -> None:
    attempt = begin(user, count)
    with CaptureQueriesContext(connection) as queries:
        client.get(url("take", attempt))
    assert len(of_quizzes(queries)) == 2  # the attempt, and its questions with their answers
    client.post(url("submit", attempt), filled(attempt))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("result", attempt))
    assert len(of_quizzes(queries)) == 2


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


def test_the_words_around_a_check_s_answer_are_the_lesson_s(client: Client) -> None:
    address = reverse("quizzes:check", args=[make_question(1, use="check")])
    by_script = {"X-Requested-With": "fetch", "Accept-Language": "en"}
    html = client.post(address, {}, headers=by_script).content.decode()
    assert "Inte besvarad" in html
    assert "Not answered" not in html


def test_a_question_for_finals_cannot_be_spied_on_as_a_check(client: Client) -> None:
    key = make_question(1, use="final")
    assert client.post(reverse("quizzes:check", args=[key])).status_code == 404


def test_a_trial_is_for_editors_and_leaves_nothing(client: Client, user: User) -> None:
    from quizzes.bank.models import Question
    from quizzes.bank.trial import trial_context

    key = make_question(1)
    contents = [Question.objects.get(key=key).content()]
    form = {"signed": trial_context(contents, title="")["signed"], "q1": []}
    assert client.post(reverse("quizzes:trial"), form).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_question"))
    editor = Client()
    editor.force_login(User.objects.get(pk=user.pk))
    assert "HEMLIG-FÖRKLARING" in editor.post(reverse("quizzes:trial"), form).content.decode()
    assert editor.post(reverse("quizzes:trial"), {"signed": "x"}).status_code == 404
    assert not Attempt.objects.exists()
