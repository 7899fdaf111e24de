"""Taking a quiz of every type: a question a page, marked, with feedback when its time has come."""

import json
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quizzes.attempts.actions import start_attempt, submit_attempt
from quizzes.attempts.models import Answer, Attempt
from quizzes.attempts.queries import items_with_answers
from quizzes.types import type_of
from tests.quizzes.makers import CONTEXT, make_mixed_attempt, make_place, make_quiz
from tests.quizzes.types.contents import CANARY, EXAMPLES
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db
# What is right, and what it is worth, by the names it has in a question's content.
OF_THE_KEY = re.compile(rf'{CANARY}|"(correct|points|feedback|accepted|match_id|rule|score)"')
KINDS = sorted(EXAMPLES)


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anna")


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, attempt: Attempt) -> str:
    return reverse(f"quizzes:{name}", args=[attempt.public_id])


def page(client: Client, attempt: Attempt, query: str = "") -> str:
    return client.get(url("take", attempt) + query).content.decode()


def right_answers(attempt: Attempt) -> dict[int, object]:
    return {
        item.position: type_of(content).key(content)
        for item, content, _answer in items_with_answers(attempt)
    }


def send(client: Client, attempt: Attempt, position: int, choice: object):
    body = {"position": position, "choice": choice, "client_id": uuid4().hex, "sequence": 10**14}
    return client.post(url("save", attempt), json.dumps(body), content_type="application/json")


def press(client: Client, attempt: Attempt, **fields: object) -> str:
    """Press a button of the form; gives where that leads."""
    response = client.post(url("submit", attempt), fields)
    assert response.status_code == 303
    return str(response.url)


@pytest.mark.parametrize("feedback", ["each", "end", "passed"])
@pytest.mark.parametrize("one_at_a_time", [True, False])
def test_nothing_of_any_key_leaves_before_its_time(
    client: Client, user: User, feedback: str, one_at_a_time: bool
) -> None:
    attempt = make_mixed_attempt(
        user, feedback=feedback, one_at_a_time=one_at_a_time, pass_percent=100
    )
    # What is typed rightly would be the canary itself.
    right = right_answers(attempt) | {KINDS.index("gap_typed") + 1: {"g0": "2", "g1": "något"}}
    seen = []
    for position, answer in right.items():
        seen.append(page(client, attempt, f"?fraga={position}"))
        for choice in (type_of(EXAMPLES[KINDS[position - 1]]).nothing(), answer, "forged"):
            seen.append(send(client, attempt, position, choice).content.decode())
        seen.append(page(client, attempt, f"?fraga={position}"))
        press(client, attempt, visa=str(position))
    seen.append(page(client, attempt, "?obesvarade"))
    assert [found for one in seen if (found := OF_THE_KEY.search(one))] == []
    if feedback == "passed":
        press(client, attempt, anyway="1")
        assert not OF_THE_KEY.search(client.get(url("result", attempt)).content.decode())


def test_what_was_right_is_told_question_by_question_and_that_answer_stands(
    client: Client, user: User
) -> None:
    attempt = make_mixed_attempt(user, feedback="each", one_at_a_time=True)
    right = right_answers(attempt)
    for position, answer in right.items():
        send(client, attempt, position, answer)
        led_to = press(client, attempt, las=str(position))
        assert led_to == f"{url('take', attempt)}?fraga={position}#question-{position}"
        assert CANARY in page(client, attempt, f"?fraga={position}")
        if position < len(right):
            assert CANARY not in page(client, attempt, f"?fraga={position + 1}")
        nothing = type_of(EXAMPLES[KINDS[position - 1]]).nothing()
        assert send(client, attempt, position, nothing).json()["choice"] == answer
    press(client, attempt, q8="forged", q1="forged")
    attempt.refresh_from_db()
    assert (attempt.points, attempt.passed) == (len(KINDS), True)


def test_a_question_not_answered_in_full_is_not_told(client: Client, user: User) -> None:
    attempt = make_mixed_attempt(user, feedback="each")
    response = client.post(url("submit", attempt), {"las": "1"}, follow=True)
    html = response.content.decode()
    assert "Svara på hela frågan först." in html
    assert CANARY not in html


def test_no_button_tells_before_the_end_where_the_quiz_tells_at_the_end(
    client: Client, user: User
) -> None:
    attempt = make_mixed_attempt(user, feedback="end")
    send(client, attempt, 9, right_answers(attempt)[9])
    press(client, attempt, las="9")
    assert not Answer.objects.filter(is_locked=True).exists()
    assert CANARY not in page(client, attempt)


def test_feedback_comes_with_the_pass_and_then_for_earlier_tries_too(
    client: Client, user: User
) -> None:
    failed = make_mixed_attempt(user, feedback="passed")
    press(client, failed, anyway="1")
    html = client.get(url("result", failed)).content.decode()
    assert CANARY not in html
    assert "när du är godkänd" in html
    passed = make_mixed_attempt(user, feedback="passed")
    for position, answer in right_answers(passed).items():
        send(client, passed, position, answer)
    press(client, passed)
    for attempt in (failed, passed):
        assert CANARY in client.get(url("result", attempt)).content.decode()
    assert "ditt bästa försök räknas" in client.get(url("result", failed)).content.decode()


def test_feedback_comes_when_no_tries_are_left(client: Client, user: User) -> None:
    make_place()
    first = make_mixed_attempt(user, feedback="passed", max_tries=2)
    press(client, first, anyway="1")
    second = make_mixed_attempt(user, feedback="passed", max_tries=2)
    assert CANARY not in client.get(url("result", first)).content.decode()
    press(client, second, anyway="1")
    assert CANARY in client.get(url("result", first)).content.decode()


def test_one_question_a_page_is_gone_through_without_script(client: Client, user: User) -> None:
    make_place()
    quiz = make_quiz(3, one_at_a_time=True)
    attempt = start_attempt(user=user, quiz=quiz, context=CONTEXT, now=timezone.now())
    right = right_answers(attempt)
    for position in (1, 2, 3):
        html = page(client, attempt, f"?fraga={position}")
        assert re.findall(r'data-question="(\d)"', html) == [str(position)]
        assert ("Föregående fråga" in html, "Nästa fråga" in html) == (position > 1, position < 3)
        following = str(min(position + 1, 3))
        led_to = press(client, attempt, **{f"q{position}": right[position], "visa": following})
        assert led_to.endswith(f"?fraga={following}#question-{following}")
    assert page(client, attempt).count("quiz-map__spot is-answered") == 3
    press(client, attempt, **{"lamna-in": "1"})
    attempt.refresh_from_db()
    assert attempt.passed


def test_one_comes_back_to_the_first_question_without_an_answer(client: Client, user: User) -> None:
    make_place()
    quiz = make_quiz(3, one_at_a_time=True)
    attempt = start_attempt(user=user, quiz=quiz, context=CONTEXT, now=timezone.now())
    send(client, attempt, 1, right_answers(attempt)[1])
    for query in ("", "?fraga=99", "?fraga=x", "?fraga=²"):
        assert 'data-question="2"' in page(client, attempt, query)
    assert press(client, attempt).endswith("?obesvarade#obesvarade")
    asked_about = page(client, attempt, "?obesvarade")
    assert re.findall(r'href="\?fraga=(\d)#question-\d"', asked_about) == ["2", "3"]


def test_a_mark_is_there_on_another_device_until_it_is_taken_away(
    client: Client, user: User
) -> None:
    attempt = make_mixed_attempt(user, one_at_a_time=True)
    for _twice in range(2):
        press(client, attempt, marka="3")
    press(client, attempt, marka="99")
    press(client, attempt, marka="x")
    other = Client()
    other.force_login(user)
    html = page(other, attempt, "?fraga=3")
    assert html.count("is-marked") == 1
    assert 'name="avmarka"' in html
    press(other, attempt, avmarka="3")
    assert "is-marked" not in page(client, attempt)
    attempt.refresh_from_db()
    assert attempt.marked == []


def test_a_quiz_taken_out_of_use_is_finished_by_who_sits_with_it(
    client: Client, user: User
) -> None:
    attempt = make_mixed_attempt(user)
    attempt.quiz.unpublish()
    right = right_answers(attempt)
    assert [send(client, attempt, *one).status_code for one in right.items()] == [200] * 9
    assert press(client, attempt) == url("result", attempt)
    attempt.refresh_from_db()
    assert attempt.passed


@pytest.mark.parametrize("others", [0, 30])
def test_queries_do_not_grow_with_the_attempts_there_are(
    client: Client, user: User, others: int
) -> None:
    make_place()
    quiz = make_quiz(20)
    for number in range(others):
        somebody = User(username=f"annan-{number}")
        somebody.save()
        attempt = start_attempt(user=somebody, quiz=quiz, context=CONTEXT, now=timezone.now())
        submit_attempt(user=somebody, attempt_id=attempt.public_id, now=timezone.now())
    attempt = start_attempt(user=user, quiz=quiz, context=CONTEXT, now=timezone.now())
    right = right_answers(attempt)
    found = []
    for _first_and_again in range(2):
        with CaptureQueriesContext(connection) as queries:
            send(client, attempt, 1, right[1])
        found.append([query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]])
    # Session, account, attempt with question and answer, and what is written.
    assert [len(one) for one in found] == [4, 4], found
    for position, answer in right.items():
        send(client, attempt, position, answer)
    with CaptureQueriesContext(connection) as queries:
        press(client, attempt)
    told = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(told) == 9, told
