"""What nobody may be left without keeps a lesson from being published, whichever way."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from courses.modules.groundwork import lay_groundwork
from courses.pages.checks.page import PublishingRefused, findings_of
from courses.pages.models import LessonPage
from quizzes.bank.models import Question
from tests.courses.makers import make_course, make_lesson, screen, signed_in, text
from tests.factories import person, trainer
from tests.quizzes.makers import make_question, make_quiz

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)
CITED = text('<p>Vi frågar [@bok, "sida"].</p>')


@pytest.fixture
def picture() -> Any:
    return get_image_model().objects.create(title="Dörrar", file=get_test_image_file())


@pytest.fixture
def silent(picture: Any) -> LessonPage:
    """A lesson, never published, with a figure that says nothing."""
    lay_groundwork()
    course = make_course(lessons=0)
    body = [screen("Dörrar", CITED, ("figure", {"image": picture, "alt": "", "caption": ""}))]
    lesson = make_lesson(course, body=body)
    lesson.live = False
    lesson.save(clean=False)
    lesson.save_revision(clean=False)
    return lesson


@pytest.fixture
def editor() -> Client:
    return signed_in(trainer(person("lärare")))


def silence(question: Question) -> None:
    """The question judges, and says nothing more."""
    stored = list(question.body.raw_data)
    for option in stored[0]["value"]["options"]:
        option["value"]["feedback"] = ""
    question.body = json.dumps(stored)
    question.explanation = ""
    question.save()


def is_live(lesson: LessonPage) -> bool:
    return LessonPage.objects.get(pk=lesson.pk).live


def test_a_revision_that_lacks_an_alternative_is_not_published(silent: LessonPage) -> None:
    with pytest.raises(PublishingRefused):
        silent.get_latest_revision().publish()
    assert not is_live(silent)


def test_a_list_of_pages_is_not_a_way_around(silent: LessonPage, editor: Client) -> None:
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = editor.post(f"{bulk}?id={silent.pk}", {}, follow=True)
    assert not is_live(silent)
    assert answer.redirect_chain == [(f"/admin/pages/{silent.pk}/edit/", 303)]
    assert "body." in answer.content.decode()


def test_a_review_is_not_a_way_around(silent: LessonPage, editor: Client) -> None:
    workflow = silent.get_workflow()
    workflow.start(silent, None)
    state = silent.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[silent.pk, "approve", state.pk])
    answer = editor.post(address, {"comment": ""}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.json()["redirect"] == f"/admin/pages/{silent.pk}/edit/"
    assert not is_live(silent)
    silent.refresh_from_db()
    assert silent.current_workflow_task_state == state  # still to be reviewed


def test_the_panel_shows_what_is_found_and_leads_there(silent: LessonPage, editor: Client) -> None:
    page = editor.get(f"/admin/pages/{silent.pk}/edit/").content.decode()
    found = next(one for one in findings_of(silent, on=DAY) if one.blocks)
    assert f'data-finding="{found.path}"' in page
    assert "LIX" in page


def test_other_pages_have_nothing_to_check(editor: Client) -> None:
    catalogue = lay_groundwork()
    assert findings_of(catalogue, on=DAY) == []
    assert "data-content-checks" not in editor.get(f"/admin/pages/{catalogue.pk}/edit/").text


def test_a_course_is_told_of_questions_without_feedback() -> None:
    quiz = make_quiz(2)
    course = make_course(quiz=quiz, reviewed_on=DAY)
    assert [one.path for one in findings_of(course, on=DAY) if one.path == "quiz"] == []
    for question in Question.objects.all():
        silence(question)
    assert [one.path for one in findings_of(course, on=DAY) if one.path == "quiz"] == ["quiz"]


def test_a_lesson_is_told_of_a_check_without_feedback() -> None:
    question = Question.objects.get(key=make_question(1))
    course = make_course(lessons=0)
    body = [screen("Fråga", CITED, ("check", {"question": question}))]
    lesson = make_lesson(course, body=body)
    assert not [one for one in findings_of(lesson, on=DAY) if one.path.endswith(".question")]
    silence(question)
    assert [one.screen for one in findings_of(lesson, on=DAY) if one.path.endswith(".question")]
