"""Every type of question: answered by thumb, by keyboard and without script, kept, and judged."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.answering import given
from tests.browser.bank import BankQuestion, Words, one_of_each
from tests.browser.by_keyboard import answer, tab_to
from tests.browser.conftest import PHONE
from tests.browser.learner import Learner
from tests.browser.prepared import attempt_with
from tests.browser.quiz_page import QuizPage, rightly, wrongly
from tests.browser.visitor import Visitor
from tests.program import Program

pytestmark = pytest.mark.browser

WHO = "medarbetare"


QUESTIONS = one_of_each("freda")
ALL_RIGHT = f"{len(QUESTIONS)} av {len(QUESTIONS)}"


@pytest.fixture
def address(program: Program) -> str:
    """Where medarbetare has a quiz with a question of each type."""
    return attempt_with(program, WHO, [question.key for question in QUESTIONS])


def _expect_judged(quiz: QuizPage, words: Callable[[BankQuestion], Words]) -> None:
    assert {text: set(said) for text, said in quiz.verdicts().items()} == {
        question.text: set(words(question)) for question in QUESTIONS
    }


def test_every_type_there_is_is_asked() -> None:
    from quizzes.types import TYPES

    assert {question.type for question in QUESTIONS} == set(TYPES)


def test_each_type_is_answered_on_a_phone_kept_and_judged(
    address: str, new_visitor: Callable[..., Visitor]
) -> None:
    visitor = new_visitor(PHONE, has_touch=True)
    Learner(visitor).log_in_plainly(WHO)
    visitor.page.wait_for_url("**/min-utbildning/")
    visitor.go(address)
    quiz = QuizPage(visitor.page)
    answers = quiz.answer_all(rightly)
    quiz.wait_until("saved")
    visitor.page.evaluate("localStorage.clear()")
    visitor.page.reload()
    visitor.look()
    visitor.look_otherwise(320, "dark")
    assert {number: set(quiz.chosen(number)) for number in answers} == {
        number: set(words) for number, words in answers.items()
    }
    quiz.hand_in()
    visitor.look()
    visitor.look_otherwise(320, "dark")
    expect(visitor.page.locator(".result__score")).to_have_text(ALL_RIGHT)
    _expect_judged(quiz, lambda question: question.right)


def test_without_script_each_type_is_answered_by_its_form(
    address: str, new_visitor: Callable[..., Visitor]
) -> None:
    visitor = new_visitor(java_script_enabled=False)
    Learner(visitor).log_in_plainly(WHO)
    visitor.page.goto(address)
    quiz = QuizPage(visitor.page)
    quiz.answer_all(wrongly)
    quiz.hand_in()
    expect(visitor.page.locator(".result__score")).to_have_text(f"0 av {len(QUESTIONS)}")
    _expect_judged(quiz, lambda question: question.wrong)


def test_steps_and_pairs_can_be_dragged_too(
    program: Program, new_visitor: Callable[..., Visitor]
) -> None:
    wanted = [question for question in QUESTIONS if question.type in ("matching", "ordering")]
    address = attempt_with(program, WHO, [question.key for question in wanted])
    visitor = new_visitor()
    Learner(visitor).log_in_plainly(WHO)
    visitor.page.wait_for_url("**/min-utbildning/")
    visitor.page.goto(address)
    quiz = QuizPage(visitor.page)
    steps = visitor.page.locator(".ordering__step")
    text = steps.last.locator(".ordering__text").inner_text()
    _drag(visitor.page, steps.last.locator("[data-grip]"), steps.first)
    expect(steps.first.locator(".ordering__text")).to_have_text(text)
    choice, row = (
        visitor.page.locator(".choice__hold").last,
        visitor.page.locator("[data-row]").nth(1),
    )
    _drag(visitor.page, choice, row)
    held = choice.locator(".choice__text").inner_text()
    expect(row.locator("select option:checked")).to_contain_text(held)
    # A choice that is pressed waits for the place that is pressed next.
    choice.click()
    visitor.page.get_by_role("button", name="Lägg det här").first.click()
    expect(visitor.page.locator("[data-row] select option:checked").first).to_contain_text(held)
    quiz.wait_until("saved")
    before = [quiz.chosen(number) for number in (1, 2)]
    visitor.page.reload()
    assert [quiz.chosen(number) for number in (1, 2)] == before


def _drag(page: Page, what: Locator, onto: Locator) -> None:
    what.scroll_into_view_if_needed()
    start, end = what.bounding_box(), onto.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 12, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + 12, end["y"] + 4, steps=20)
    page.mouse.up()


def test_each_type_is_answered_by_keyboard_alone(
    address: str, new_visitor: Callable[..., Visitor]
) -> None:
    visitor = new_visitor()
    Learner(visitor).log_in_plainly(WHO)
    visitor.page.wait_for_url("**/min-utbildning/")
    visitor.page.goto(address)
    quiz = QuizPage(visitor.page)
    for number, question in enumerate(QUESTIONS, start=1):
        asked = visitor.page.locator(f"[data-question='{number}']")
        answer(visitor.page, asked, question.right)
        assert set(given(asked)) == set(question.right), question.key
    tab_to(visitor.page, lambda at: at["text"] == "Lämna in")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/resultat/")
    expect(visitor.page.locator(".result__score")).to_have_text(ALL_RIGHT)
    _expect_judged(quiz, lambda question: question.right)
