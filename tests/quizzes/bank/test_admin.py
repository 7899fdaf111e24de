"""The question bank in the editor: written by type, found, and kept while it is used."""

import json
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from quizzes.attempts.actions import start_attempt
from quizzes.bank.models import Question, Quiz
from quizzes.bank.parts import QuizPart
from quizzes.bank.versions import QuestionVersion
from tests.quizzes.makers import CONTEXT, make_place, make_question, make_quiz
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_quizzes_question:list"


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("utbildare"))
    return client


def form(kind: str, **fields: Any) -> dict[str, Any]:
    """What the editor's form sends for a question."""
    rich = json.dumps(
        {
            "blocks": [
                {
                    "key": "a",
                    "text": "Vad gör du?",
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [],
                }
            ],
            "entityMap": {},
        }
    )
    return {
        "key": "ny-fraga",
        "text": rich,
        "explanation": "null",
        "teaches": "",
        "use": "both",
        "difficulty": "2",
        "tags": "prov",
        "source": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": kind,
        "body-0-id": "",
        **{f"body-0-value-{name}": value for name, value in fields.items()},
    }


def listed(name: str, *rows: dict[str, str] | str) -> dict[str, str]:
    """A list of a form."""
    sent = {f"{name}-count": str(len(rows))}
    for at, row in enumerate(rows):
        sent |= {f"{name}-{at}-deleted": "", f"{name}-{at}-order": str(at), f"{name}-{at}-id": ""}
        if isinstance(row, str):
            sent[f"{name}-{at}-value"] = row
        else:
            sent |= {f"{name}-{at}-value-{field}": value for field, value in row.items()}
    return sent


def case_form(leads_to: str) -> dict[str, str]:
    def ways(at: int, then: str) -> dict[str, str]:
        first = {"text": "Lyssna", "points": "100", "feedback": "", "next": then}
        return listed(f"steps-{at}-value-options", first, {**first, "text": "Gå", "next": ""})

    steps = listed(
        "steps", {"name": "start", "text": "Hon tystnar."}, {"name": "sedan", "text": "Hon går."}
    )
    return steps | ways(0, leads_to) | ways(1, "")


ADD = "wagtailsnippets_quizzes_question:add"


def test_a_case_is_written_and_published_in_the_form(client: Client) -> None:
    sent = form("case", **case_form("sedan")) | {"action-publish": "1"}
    response = client.post(reverse(ADD), sent)
    assert response.status_code == 302
    question = Question.objects.get()
    assert (question.kind, question.live) == ("case", True)
    content: Any = question.content()
    assert [step["id"] for step in content["steps"]] == ["start", "sedan"]
    assert content["steps"][0]["options"][0]["next"] == "sedan"


def test_what_cannot_be_asked_is_told_where_it_stands_and_may_stay_a_draft(client: Client) -> None:
    sent = form("case", **case_form("borta"))
    response = client.post(reverse(ADD), sent | {"action-publish": "1"})
    assert response.status_code == 200
    told = response.context["form"].errors.as_data()["body"][0]
    for place in (0, "steps", 0, "options", 0, "next"):
        told = told.block_errors[place]
    assert told.message == "start, ”Lyssna”: leder till borta, men inget steg heter så."
    assert not Question.objects.exists()
    assert client.post(reverse(ADD), sent).status_code == 302
    assert not Question.objects.get().live


def test_questions_are_found_by_words_tags_type_and_the_quiz_that_asks(client: Client) -> None:
    make_question(1)
    make_question(2, kind="multiple")
    make_question(3)
    question = Question.objects.get(key="fraga-3")
    question.tags.set(["annat", "prov"])
    question.save()
    quiz = make_quiz(0)
    always = Question.objects.get(key="fraga-1")
    quiz.parts = [QuizPart(tags="annat, prov", draw=1), QuizPart(question=always)]
    quiz.save()
    tag = question.tags.get(name="annat")

    def found(**query: object) -> list[str]:
        html = client.get(reverse(LIST), query).content.decode()
        keys = ("fraga-1", "fraga-2", "fraga-3")
        return [key for key in keys if re.search(rf">\s*{key}\s*<", html)]

    assert found() == ["fraga-1", "fraga-2", "fraga-3"]
    assert found(kind="multiple") == ["fraga-2"]
    assert found(tags=tag.pk) == ["fraga-3"]
    assert found(quiz=quiz.pk) == ["fraga-1", "fraga-3"]
    assert found(q="nummer 2") == ["fraga-2"]


def test_a_question_says_where_it_is_used_and_stays_while_it_is(client: Client) -> None:
    make_place()
    quiz = make_quiz(1)
    question = Question.objects.get()
    user = User.objects.create_user("anna")
    start_attempt(user=user, quiz=quiz, context=CONTEXT, now=timezone.now())
    page = client.get(
        reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk])
    ).content.decode()
    assert "Slutprov" in page
    assert question.version[:8] in page
    delete = reverse("wagtailsnippets_quizzes_question:delete", args=[question.pk])
    response = client.post(delete)
    assert response.url == reverse("wagtailsnippets_quizzes_question:unpublish", args=[question.pk])
    assert Question.objects.exists()
    make_question(7)
    alone = Question.objects.get(key="fraga-7")
    alone.tags.clear()
    alone.save()
    client.post(reverse("wagtailsnippets_quizzes_question:delete", args=[alone.pk]))
    assert not Question.objects.filter(key="fraga-7").exists()
    assert QuestionVersion.objects.filter(question_key="fraga-7").exists()


def test_each_published_wording_is_one_version(client: Client) -> None:
    make_question(1)
    question = Question.objects.get()
    first = question.version
    for text in ("<p>Ny?</p>", "<p>Ny?</p>", "<p>Fråga nummer 1?</p>"):
        question.text = text
        question.save_revision(user=User.objects.get()).publish()
        question.refresh_from_db()
    versions = QuestionVersion.objects.filter(question_key="fraga-1")
    assert [version.digest == first for version in versions] == [True, False]
    assert versions[1].made_by == User.objects.get()


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"tags": "prov"}, "draw"),
        ({"draw": 3}, "tags"),
        ({"tags": "finns-inte", "draw": 3}, "tags"),
        ({"question": True, "tags": "prov", "draw": 1}, "question"),
        ({}, "tags"),
    ],
)
def test_a_part_asks_one_question_or_draws(part: dict[str, Any], field: str) -> None:
    make_question(1)
    if part.pop("question", None):
        part["question"] = Question.objects.get()
    with pytest.raises(ValidationError) as error:
        QuizPart(quiz=Quiz(), **part).clean()
    assert field in error.value.message_dict


def test_a_half_finished_question_leaves_the_preview_of_its_lesson_standing() -> None:
    request = RequestFactory().get("/")
    request.is_preview = True  # type: ignore[attr-defined]
    page = Template("{% load quizzes %}före{% knowledge_check question %}efter")
    shown = page.render(Context({"request": request, "question": Question(key="tom")}))
    assert "".join(shown.split()) == "föreefter"
