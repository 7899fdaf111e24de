"""A copied module stands on its own; a lesson that stands in two courses is one lesson."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.learning.queries import course_state
from courses.modules.groundwork import lay_groundwork
from courses.pages.models import CoursePage, LessonPage
from quizzes.bank.models import Question, Quiz
from tests.courses.makers import (
    make_course,
    make_course_with_quiz,
    make_user,
    screen,
    signed_in,
    text,
)
from tests.factories import person, trainer
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    lay_groundwork()
    return signed_in(trainer(person("lärare")))


@pytest.fixture
def course(editor: Client) -> CoursePage:
    return make_course_with_quiz(reviewer="Karin", reviewed_on="2026-11-01")


@pytest.fixture
def reader() -> User:
    return make_user("läsare")


def copy(editor: Client, page: CoursePage | LessonPage, to: CoursePage | None = None, **form: str):
    answer = editor.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {
            "new_title": "Kopian",
            "new_slug": "kopian",
            "new_parent_page": str((to or page.get_parent()).pk),
            **form,
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return type(page).objects.get(slug="kopian")


def test_a_copied_module_has_lessons_and_a_quiz_of_its_own_and_no_code_yet(
    editor: Client, course: CoursePage
) -> None:
    questions = set(Question.objects.values_list("key", flat=True))
    made = copy(editor, course, copy_subpages="on", copy_quiz="on")
    assert (made.live, made.course_code, made.reviewer, made.reviewed_on) == (False, "", "", None)
    assert made.quiz != course.quiz
    assert [part.draw for part in made.quiz.parts.all()] == [3]
    assert (made.quiz.live, made.quiz.draw, made.quiz.settings) == (
        True,
        course.quiz.draw,
        course.quiz.settings,
    )
    assert set(Question.objects.values_list("key", flat=True)) == questions  # the bank's, shared
    lessons = LessonPage.objects.child_of(made)
    assert [one.live for one in lessons] == [False, False]
    assert not {one.learning_key for one in lessons} & {
        one.learning_key for one in course.lessons()
    }
    # The draft in the editor says the same as the row.
    assert made.get_latest_revision_as_object().quiz == made.quiz


def test_the_copy_may_go_on_with_the_same_quiz(editor: Client, course: CoursePage) -> None:
    made = copy(editor, course, copy_subpages="on")
    assert made.quiz == course.quiz
    assert Quiz.objects.count() == 1


def test_two_copies_of_a_quiz_have_keys_of_their_own(editor: Client, course: CoursePage) -> None:
    Quiz.objects.create(key="kopian", title="Redan här")
    assert copy(editor, course, copy_quiz="on").quiz.key == "kopian-2"


@pytest.fixture
def shared(editor: Client, course: CoursePage) -> LessonPage:
    """The first lesson of one course, standing in another as well."""
    other = make_course("MOD-ANNAN", slug="annan", lessons=0)
    return copy(editor, course.lessons()[0], other, alias="on")


def reach(reader: User, lesson: LessonPage, number: int) -> None:
    answer = signed_in(reader).post(reverse("learning:reach", args=[lesson.pk, number]))
    assert answer.status_code == 303


def test_who_has_read_a_lesson_in_one_course_has_read_it_in_the_other(
    course: CoursePage, shared: LessonPage, reader: User
) -> None:
    original = course.lessons()[0]
    for number in (1, 2, 3):
        reach(reader, original, number)
    state = course_state(reader, shared.course)
    assert [(one.page.pk, one.done) for one in state.lessons] == [(shared.pk, True)]
    assert "läst" in signed_in(reader).get(shared.url).content.decode()


def test_one_goes_on_in_the_other_course_where_one_left(
    course: CoursePage, shared: LessonPage, reader: User
) -> None:
    reach(reader, shared, 1)
    assert course_state(reader, course).lessons[0].last_screen == 2


def test_its_text_is_written_in_one_place(
    course: CoursePage, shared: LessonPage, reader: User
) -> None:
    original = LessonPage.objects.get(pk=course.lessons()[0].pk)
    original.body = [screen("Ny rubrik", text("<p>Ny text.</p>"))]
    original.save_revision().publish()
    assert "Ny rubrik" in signed_in(reader).get(shared.url).content.decode()


def test_a_lesson_in_two_courses_costs_no_further_query(
    shared: LessonPage, reader: User, django_assert_max_num_queries
) -> None:
    client = signed_in(reader)
    client.get(shared.url)
    with django_assert_max_num_queries(9):
        client.get(shared.url)


def test_a_copied_lesson_is_another_lesson(editor: Client, course: CoursePage) -> None:
    original = course.lessons()[0]
    other = make_course("MOD-ANNAN", slug="annan", lessons=0)
    assert copy(editor, original, other).learning_key != original.learning_key
