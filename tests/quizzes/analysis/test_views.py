"""Frågeanalys as trainers meet it: who may read it, what it says, what it leaves unsaid."""

import re
from random import Random

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from quizzes.analysis.actions import aggregate_before_deletion
from quizzes.attempts.models import Attempt, AttemptItem
from quizzes.bank.models import Question, Quiz
from tests.factories import person, trainer
from tests.quizzes.analysis.makers import hand_in, options
from tests.quizzes.makers import make_place, make_quiz
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(trainer(person("utbildare")))
    return client


def taken(number: int) -> Quiz:
    """A quiz of three questions; the last quarter gets all right, the first gets all wrong."""
    make_place()
    quiz = make_quiz(3)
    chance = Random(3)
    for one in range(number):
        answers = {}
        for at in range(3):
            ids = options(f"fraga-{at}")
            right = one * 4 >= number * 3 or (one * 4 >= number and chance.random() < 0.5)
            answers[f"fraga-{at}"] = ids[:1] if right else ids[1 + (one + at) % 2 :][:1]
        hand_in(quiz, answers, user=User.objects.create_user(username=f"hemlig-{one}"))
    return quiz


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    page = answer.content.decode().split("<main", 1)[1]
    return " ".join(re.sub(r"<(?:[^>]*)>", " ", page).replace("\xa0", " ").split())


def question_path(quiz: Quiz, key: str = "fraga-0") -> str:
    version = Question.objects.get(key=key).version
    return f"/admin/fragor/analys/{quiz.pk}/{key}/{version}/"


def test_only_those_who_may_change_questions_read_it(client: Client) -> None:
    quiz = taken(1)
    user = User.objects.create_user(username="medarbetare")
    client.force_login(user)
    for path in ("/admin/fragor/analys/", f"/admin/fragor/analys/{quiz.pk}/", question_path(quiz)):
        assert client.get(path).status_code == 302


def test_a_trainer_finds_it_in_the_menu(author: Client) -> None:
    assert "/admin/fragor/analys/" in author.get("/admin/").content.decode()


def test_nine_people_have_no_figures_and_ten_have(author: Client) -> None:
    quiz = taken(9)
    page = f"/admin/fragor/analys/{quiz.pk}/"
    hidden = text_of(author, page)
    assert "Färre än 10 personer" in hidden
    assert "Cronbachs" not in hidden
    assert "%" not in hidden.split("Varningar", 1)[1]
    assert "färre än 10 svar" in hidden
    assert "Vad som svarades" not in text_of(author, question_path(quiz))
    hand_in(quiz, {f"fraga-{at}": options(f"fraga-{at}")[:1] for at in range(3)})
    shown = text_of(author, page)
    assert "Cronbachs alfa" in shown
    assert "10 personer har lämnat in" in shown
    assert "Vad som svarades" in text_of(author, question_path(quiz))


def test_no_page_names_anybody(author: Client) -> None:
    quiz = taken(12)
    for path in ("/admin/fragor/analys/", f"/admin/fragor/analys/{quiz.pk}/", question_path(quiz)):
        page = author.get(path).content.decode()
        assert "hemlig-" not in page
        for attempt in Attempt.objects.all():
            assert str(attempt.public_id) not in page


def test_an_answer_given_by_few_is_not_counted_out(author: Client) -> None:
    quiz = taken(12)
    counted = text_of(author, question_path(quiz)).split("Bland de svagaste", 1)[1]
    numbers = [
        sum(ids[0] == options("fraga-0")[at] for ids in _answers("fraga-0")) for at in range(4)
    ]
    expected = ["färre än 5" if 0 < n < 5 else f"{round(n / 12 * 100)} %" for n in numbers]
    shown = re.findall(r"Alternativ 0\.\d (?:Ja|Nej) (färre än 5|\d+ %)", counted)
    assert shown == expected
    assert "färre än 5" in shown


def _answers(key: str) -> list[list[str]]:
    items = AttemptItem.objects.filter(question_key=key).select_related("answer")
    return [item.answer.chosen for item in items]


def test_charts_stand_beside_a_table_and_are_named(author: Client) -> None:
    quiz = taken(12)
    page = author.get(question_path(quiz)).content.decode()
    assert page.count("<svg xmlns") == 2  # for a page, and for a phone
    assert 'role="img" aria-labelledby="val-0-title val-0-description"' in page
    assert "Alternativ 0.0" in page.split("<desc", 1)[1].split("</desc>", 1)[0]


def test_the_figures_stay_when_the_answers_are_gone(author: Client) -> None:
    quiz = taken(12)
    pages = [f"/admin/fragor/analys/{quiz.pk}/", question_path(quiz)]
    before = [text_of(author, page) for page in pages]
    aggregate_before_deletion(list(Attempt.objects.values_list("pk", flat=True)))
    AttemptItem.objects.all().delete()
    assert [text_of(author, page) for page in pages] == before


def test_an_earlier_version_stands_beside_the_present_one(author: Client) -> None:
    quiz = taken(12)
    path = question_path(quiz)
    question = Question.objects.get(key="fraga-0")
    question.text = "<p>En annan fråga?</p>"
    question.save_revision().publish()
    assert "En tidigare version" in text_of(author, path)
    hand_in(quiz, {"fraga-0": options("fraga-0")[:1]})
    assert "Andra versioner" in text_of(author, path)


def test_what_is_not_there_is_not_found(author: Client) -> None:
    quiz = taken(1)
    assert author.get("/admin/fragor/analys/999/").status_code == 404
    assert author.get(f"/admin/fragor/analys/{quiz.pk}/fraga-0/inte/").status_code == 404


@pytest.mark.parametrize("people", [1, 12])
def test_queries_do_not_grow_with_attempts(
    author: Client, django_assert_num_queries: DjangoAssertNumQueries, people: int
) -> None:
    quiz = taken(people)
    for path, count in (
        ("/admin/fragor/analys/", 1),
        (f"/admin/fragor/analys/{quiz.pk}/", 7),
        (question_path(quiz), 7),
    ):
        author.get(path)
        with django_assert_num_queries(count + ADMIN_QUERIES):
            author.get(path)


# Session, account, its rights and profile, and what the admin's frame asks on every page.
ADMIN_QUERIES = 11
