"""What an author previews is the real page, and leaves no trace, whatever is tried in it."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from courses.modules.groundwork import lay_groundwork
from courses.pages.models import CoursePage, LessonPage
from courses.pages.previews import previewed_steps
from quizzes.bank.models import Question, Quiz
from tests.courses.makers import make_course_with_quiz, make_lesson, screen, signed_in, text
from tests.factories import person, trainer

pytestmark = pytest.mark.django_db
# What somebody leaves behind who learns.
TRACES = ("quizzes", "courses", "tracking")


@pytest.fixture
def editor() -> Client:
    lay_groundwork()
    return signed_in(trainer(person("lärare")))


@pytest.fixture
def course(editor: Client) -> CoursePage:
    return make_course_with_quiz(lessons=0)


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    check, quiz = Question.objects.order_by("key").first(), Quiz.objects.get()
    body = [
        screen("Fråga", text("<p>Läs.</p>"), ("check", {"question": check})),
        screen("Öva", text("<p>Pröva.</p>"), ("quiz", {"quiz": quiz})),
    ]
    made = make_lesson(course, body=body)
    made.save_revision()
    return made


def rows() -> dict[str, int]:
    """How many rows there are of everything that learning writes."""
    models = (model for app in TRACES for model in apps.get_app_config(app).get_models())
    return {model._meta.label: model._base_manager.count() for model in models}


def preview(editor: Client, page: Any, mode: str = "") -> str:
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    answer = editor.get(address, {"mode": mode} if mode else {})
    assert answer.status_code == 200
    return answer.content.decode()


def signed(html: str) -> str:
    found = re.search(r'name="signed" value="([^"]+)"', html)
    assert found, "there is nothing to try"
    return found[1]


@pytest.mark.parametrize(("mode", "asked"), [("1", 1), ("2", 3)], ids=["check", "quiz"])
def test_what_is_tried_in_a_preview_is_judged_and_leaves_no_row(
    editor: Client, lesson: LessonPage, mode: str, asked: int
) -> None:
    before = rows()
    shown = preview(editor, lesson, mode)
    answers: dict[str, Any] = {"signed": signed(shown)}
    for at in range(1, asked + 1):
        answers[f"q{at}"] = re.findall(rf'name="q{at}" value="([^"]+)"', shown)[0]
    judged = editor.post(reverse("quizzes:trial"), answers)
    assert judged.status_code == 200
    assert judged.content.decode().count("HEMLIG-ÅTERKOPPLING") >= asked
    assert rows() == before


def test_a_preview_offers_no_way_to_what_would_leave_a_trace(
    editor: Client, course: CoursePage, lesson: LessonPage
) -> None:
    for shown in (
        preview(editor, lesson, "1"),
        preview(editor, lesson, "2"),
        preview(editor, course),
    ):
        assert "/larande/" not in shown
    assert "/larande/" in editor.get(lesson.url).content.decode()  # as readers have it


def test_one_walks_through_a_preview_screen_by_screen(editor: Client, lesson: LessonPage) -> None:
    assert 'href="?mode=2"' in preview(editor, lesson, "1")
    assert 'href="?mode=1"' in preview(editor, lesson, "2")
    assert previewed_steps(1, 2, in_panel=True) == {
        "previous_url": "",
        "next_url": "?in_preview_panel=true&mode=2",
    }


def test_a_lesson_that_is_not_saved_yet_is_previewed(editor: Client, course: CoursePage) -> None:
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=["courses", "lessonpage", course.pk]
    )
    form = {
        "title": "Ny lektion",
        "objective": "Du kan.",
        "minutes": "5",
        "body-count": "1",
        "sources-count": "0",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "screen",
        "body-0-id": "",
        "body-0-value-heading": "Alldeles ny",
        "body-0-value-content-count": "1",
        "body-0-value-content-0-deleted": "",
        "body-0-value-content-0-order": "0",
        "body-0-value-content-0-type": "support",
        "body-0-value-content-0-id": "",
        "body-0-value-content-0-value": "",
        "slug": "ny-lektion",
    }
    assert editor.post(address, form).json()["is_valid"]
    assert "Alldeles ny" in editor.get(address).content.decode()


def test_a_course_that_is_not_saved_yet_is_previewed(editor: Client, course: CoursePage) -> None:
    parent = course.get_parent()
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=["courses", "coursepage", parent.pk]
    )
    form = {
        "title": "Ny kurs",
        "slug": "ny-kurs",
        "course_code": "MOD-NY",
        "summary": "Kort.",
        "minutes": "30",
        "quiz": str(Quiz.objects.get().pk),
        "objectives-count": "0",
        "sources-count": "0",
        "content_warning": "null",
    }
    answer = editor.post(address, form).json()
    shown = editor.get(address)
    assert answer["is_valid"], answer
    assert "Ny kurs" in shown.content.decode()


def test_a_course_is_previewed_with_the_lessons_that_are_drafts(
    editor: Client, course: CoursePage, lesson: LessonPage
) -> None:
    lesson.title = "Omdöpt i utkastet"
    lesson.live = False
    lesson.save()
    lesson.save_revision()
    shown = preview(editor, course)
    assert "Omdöpt i utkastet" in shown
    assert reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]) in shown
    assert "Omdöpt i utkastet" not in editor.get(course.url).content.decode()


def test_previews_are_as_on_a_phone_at_a_desk_and_on_paper(lesson: LessonPage) -> None:
    sizes = {size["name"]: size["device_width"] for size in lesson.preview_sizes}
    assert sizes == {"mobile": 390, "desktop": 1280, "print": 794}
