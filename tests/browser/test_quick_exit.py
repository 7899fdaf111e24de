"""Leaving quickly: at once, signed out, and "back" meets nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.learner import Learner
from tests.browser.quiz_page import QuizPage, rightly
from tests.browser.visitor import Visitor
from tests.program import Program

pytestmark = pytest.mark.browser

KEPT = "Object.keys(localStorage).concat(Object.keys(sessionStorage))"


@pytest.fixture
def quiz(new_visitor: Callable[..., Visitor]) -> QuizPage:
    learner = Learner(new_visitor())
    learner.visitor.log_in("medarbetare")
    return learner.begin_quiz()


def _esc_twice(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def _click(page: Page) -> None:
    page.get_by_role("button", name="Lämna sidan snabbt").click()


@pytest.mark.parametrize("leave", [_esc_twice, _click])
def test_leaving_signs_out_and_back_meets_the_log_in_page(
    quiz: QuizPage, leave: Callable[[Page], None]
) -> None:
    page = quiz.page
    leave(page)
    page.wait_for_url("**/lamna/")
    for word in ("våld", "FREDA", "Kompetens"):
        assert word not in page.content()
    page.go_back()
    expect(page.get_by_role("button", name="Logga in")).to_be_visible()
    page.goto("/min-utbildning/")
    expect(page.get_by_role("button", name="Logga in")).to_be_visible()


def test_leaving_wipes_answers_that_were_not_sent(
    quiz: QuizPage, program: Program, visitors: list[Visitor]
) -> None:
    with visitors[0].expecting_failures():
        number = quiz.at_once[0]
        program.kill()
        quiz.answer(number, rightly)
        quiz.wait_until("waiting")
        assert len(quiz.page.evaluate(KEPT)) == 1
        program.start()
        _esc_twice(quiz.page)
        quiz.page.wait_for_url("**/lamna/")
    assert quiz.page.evaluate(KEPT) == []


def test_one_esc_alone_leaves_nothing(quiz: QuizPage) -> None:
    address = quiz.page.url
    quiz.page.keyboard.press("Escape")
    quiz.answer(1, rightly)
    quiz.wait_until("saved")
    assert quiz.page.url == address
