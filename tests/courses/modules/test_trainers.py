"""Trainers write, review and publish in the Wagtail admin; others never get in."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.modules.groundwork import TRAINERS_GROUP, lay_groundwork
from courses.pages.models import CatalogueIndexPage, SupportInformation
from quizzes.bank.models import Question, Quiz
from tests.courses.makers import make_course, make_user, signed_in
from tests.quizzes.makers import make_question, make_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> CatalogueIndexPage:
    return lay_groundwork()


@pytest.fixture
def trainer(catalogue: CatalogueIndexPage) -> Client:
    user = make_user("utbildare")
    user.groups.add(Group.objects.get(name=TRAINERS_GROUP))
    return signed_in(user)


def test_a_trainer_opens_everything_there_is_to_write(trainer: Client) -> None:
    course = make_course(quiz=make_quiz())
    make_question(1)
    opened: list[tuple[str, Any]] = [
        ("wagtailadmin_pages:edit", course.pk),
        ("wagtailadmin_pages:edit", course.lessons()[0].pk),
        ("wagtailadmin_pages:copy", course.pk),
        ("wagtailadmin_pages:view_draft", course.lessons()[0].pk),
        ("wagtailsnippets_quizzes_question:edit", Question.objects.get(key="fraga-1").pk),
        ("wagtailsnippets_quizzes_quiz:edit", Quiz.objects.get().pk),
        ("wagtailsnippets_courses_supportinformation:add", None),
        ("wagtailimages:add", None),
    ]
    for name, pk in opened:
        address = reverse(name, args=[pk] if pk else [])
        assert (address, trainer.get(address).status_code) == (address, 200)


def test_a_trainer_previews_each_screen(trainer: Client) -> None:
    lesson = make_course().lessons()[0]
    assert [name for name, _label in lesson.preview_modes] == ["1", "2", "3"]
    request = lesson.make_preview_request(preview_mode="2")
    assert "Text 1.2" in request.content.decode()


@pytest.mark.parametrize(
    ("minutes", "warnings"),
    [
        (23, []),
        (
            30,
            ["Kursen provkurs säger att den tar 30 minuter; lektionerna och provet tar 23."],
        ),
    ],
)
def test_a_trainer_is_told_when_a_course_says_another_time_than_its_parts(
    trainer: Client, minutes: int, warnings: list[str]
) -> None:
    course = make_course(lessons=2, quiz=make_quiz(3))
    assert course.quiz is not None
    written = {
        "title": course.title,
        "slug": course.slug,
        "course_code": course.course_code,
        "summary": course.summary,
        "objectives": streamfield([]),
        "minutes": minutes,
        "quiz": course.quiz.pk,
        "content_warning": rich_text(""),
        "sources": streamfield([]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    address = reverse("wagtailadmin_pages:edit", args=[course.pk])
    asked = trainer.post(address, nested_form_data(written))
    response = trainer.post(asked["Location"], {"kind": "editorial"}, follow=True)
    course.refresh_from_db()
    assert course.minutes == minutes
    said = [str(one) for one in response.context["messages"] if one.level_tag == "warning"]
    assert said == warnings


def test_a_trainer_changes_nothing_above_the_catalogue(
    trainer: Client, catalogue: CatalogueIndexPage
) -> None:
    above = reverse("wagtailadmin_pages:edit", args=[catalogue.get_parent().pk])
    assert trainer.get(above).status_code == 302


def test_others_are_not_let_into_the_admin(catalogue: CatalogueIndexPage) -> None:
    response = signed_in(make_user("medarbetare")).get(reverse("wagtailadmin_home"))
    assert response.status_code == 302


def test_courses_questions_and_quizzes_go_through_review(catalogue: CatalogueIndexPage) -> None:
    make_question(1)
    lesson = make_course(quiz=make_quiz()).lessons()[0]
    reviewed = (lesson, Question.objects.get(key="fraga-1"), Quiz.objects.get())
    for item in reviewed:
        task = GroupApprovalTask.objects.get(workflow_tasks__workflow=item.get_workflow())
        assert [group.name for group in task.groups.all()] == [TRAINERS_GROUP]


def test_the_support_panel_says_what_an_editor_has_written() -> None:
    reader, url = signed_in(make_user()), make_course().lessons()[0].url
    assert "Relationsvåldscentrum" in reader.get(url).content.decode()
    SupportInformation.objects.create(
        title="Stöd för dig", body="<p>Ring oss.</p>", reviewed_on="2026-01-01", source="Provet"
    )
    page = reader.get(url).content.decode()
    assert "Stöd för dig" in page
    assert "<p>Ring oss.</p>" in page
    assert "Relationsvåldscentrum" not in page
