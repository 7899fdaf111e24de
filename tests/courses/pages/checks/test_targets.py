"""What counts toward a knowledge target is passed by a quiz graded here, or is not published."""

from datetime import date

import pytest
from django.test import Client

from courses.modules.groundwork import lay_groundwork
from courses.pages.checks.page import PublishingRefused, findings_of
from courses.pages.models import CoursePage
from tests.courses.makers import CODE, make_course, make_target, signed_in
from tests.factories import person, trainer
from tests.quizzes.makers import make_quiz

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


@pytest.fixture
def draft() -> CoursePage:
    """A course without a quiz, that a target asks for; never published."""
    lay_groundwork()
    course = make_course(publish=False)
    course.save_revision()
    make_target("T1", f"MOD-ANNAN|{CODE}", name="Alla kan fråga")
    return course


def blocking(course: CoursePage) -> list[str]:
    return [one.says for one in findings_of(course, on=DAY) if one.blocks]


def is_live(course: CoursePage) -> bool:
    return CoursePage.objects.get(pk=course.pk).live


def test_no_way_of_publishing_gets_round_it(draft: CoursePage) -> None:
    with pytest.raises(PublishingRefused):
        draft.get_latest_revision().publish()
    editor = signed_in(trainer(person("lärare")))
    editor.post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}", {})
    assert not is_live(draft)
    workflow = draft.get_workflow()
    workflow.start(draft, None)
    state = draft.current_workflow_task_state
    editor.post(f"/admin/pages/{draft.pk}/workflow/action/approve/{state.pk}/", {"comment": ""})
    assert not is_live(draft)


def test_the_editor_is_told_which_target_and_why(draft: CoursePage, client: Client) -> None:
    (said,) = blocking(draft)
    assert "Alla kan fråga" in said
    assert "slutprov" in said
    client.force_login(trainer(person("lärare")))
    page = client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    assert "Alla kan fråga" in page
    assert 'data-finding="quiz"' in page


def test_a_quiz_that_is_published_is_enough(draft: CoursePage) -> None:
    draft.quiz = make_quiz(1)
    assert blocking(draft) == []
    draft.save_revision().publish()
    assert is_live(draft)
    draft.quiz.live = False
    (said,) = blocking(draft)
    assert "utkast" in said


def test_a_course_nobody_counts_needs_none() -> None:
    course = make_course()
    make_target("T1", "MOD-ANNAN")
    assert blocking(course) == []


def test_a_published_course_is_told_when_a_target_comes_to_ask_for_it() -> None:
    course = make_course()
    make_target("T1", CODE)
    assert course.live
    assert len(blocking(course)) == 1
