"""Nothing answered is lost or counted twice, whatever happens on the way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Learner
from tests.browser.quiz_page import QuizPage, rightly, wrongly
from tests.browser.visitor import Visitor
from tests.program import Program

pytestmark = pytest.mark.browser


@pytest.fixture
def quiz(new_visitor: Callable[..., Visitor]) -> QuizPage:
    """The final quiz of FREDA, begun by medarbetare."""
    learner = Learner(new_visitor())
    learner.visitor.log_in("medarbetare")
    return learner.begin_quiz()


def _every_third_wrong(number: int, question: object) -> tuple[str, ...]:
    return (wrongly if number % 3 == 0 else rightly)(number, question)  # type: ignore[arg-type]


def _expect_graded(quiz: QuizPage, given: dict[str, tuple[str, ...]]) -> None:
    """The result says what was chosen, and counts what is right of it."""
    assert {text: set(chosen) for text, chosen in quiz.verdicts().items()} == {
        text: set(chosen) for text, chosen in given.items()
    }


def _by_text(quiz: QuizPage, chosen: dict[int, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {quiz.question(number).text: texts for number, texts in chosen.items()}


def test_a_server_killed_between_two_answers_loses_none(
    quiz: QuizPage, program: Program, new_visitor: Callable[..., Visitor], visitors: list[Visitor]
) -> None:
    answers = {number: quiz.answer(number, _every_third_wrong) for number in range(1, 6)}
    quiz.wait_until("saved")
    with visitors[0].expecting_failures():
        program.kill()
        away = [number for number in quiz.at_once if number > 5][:3]
        answers |= {number: quiz.answer(number, _every_third_wrong) for number in away}
        quiz.wait_until("waiting")
        program.start()
        quiz.wait_until("saved")
    quiz.page.reload()
    assert {number: set(quiz.chosen(number)) for number in answers} == {
        number: set(texts) for number, texts in answers.items()
    }
    left = [number for number in range(1, quiz.count + 1) if number not in answers]
    answers |= {number: quiz.answer(number, _every_third_wrong) for number in left}
    given = _by_text(quiz, answers)
    quiz.hand_in()
    _expect_graded(quiz, given)
    expect(quiz.page.locator(".result__score")).to_have_text("10 av 15")


def test_answers_given_while_the_server_is_gone_survive_a_closed_page(
    quiz: QuizPage, program: Program, visitors: list[Visitor]
) -> None:
    address = quiz.page.url
    with visitors[0].expecting_failures():
        program.kill()
        answers = {number: quiz.answer(number, rightly) for number in quiz.at_once[:3]}
        quiz.wait_until("waiting")
        quiz.page.goto("about:blank")
        program.start()
    quiz.page.goto(address)
    quiz.wait_until("saved")
    quiz.page.evaluate("localStorage.clear()")
    quiz.page.reload()
    assert {number: set(quiz.chosen(number)) for number in answers} == {
        number: set(texts) for number, texts in answers.items()
    }


def test_handing_in_at_once_after_the_last_answer_hands_in(quiz: QuizPage) -> None:
    quiz.answer_all(rightly)
    quiz.hand_in()
    expect(quiz.page.locator(".result__score")).to_have_text("15 av 15")


def test_a_double_click_hands_in_once_and_back_leads_to_the_result(quiz: QuizPage) -> None:
    quiz.answer_all(rightly)
    quiz.wait_until("saved")
    quiz.page.get_by_role("button", name="Lämna in", exact=True).dblclick()
    quiz.page.wait_for_url("**/resultat/")
    result = quiz.page.url
    quiz.page.reload()
    expect(quiz.page.locator(".result__score")).to_have_text("15 av 15")
    quiz.page.goto(result.removesuffix("resultat/"))
    assert quiz.page.url == result
    quiz.page.go_back()
    quiz.page.go_back()
    quiz.page.goto("/min-utbildning/")
    history = quiz.page.locator("section", has=quiz.page.locator("#history"))
    expect(history.get_by_role("link", name="Intyg")).to_have_count(1)


def test_a_reload_and_the_back_button_keep_every_answer(quiz: QuizPage) -> None:
    address = quiz.page.url
    answers = {number: quiz.answer(number, rightly) for number in range(1, 8)}
    quiz.wait_until("saved")
    quiz.page.reload()
    assert {number: set(quiz.chosen(number)) for number in answers} == {
        number: set(texts) for number, texts in answers.items()
    }
    quiz.page.go_back()
    quiz.page.get_by_role("button", name="Fortsätt provet").click()
    quiz.page.wait_for_url(address)
    assert {number: set(quiz.chosen(number)) for number in answers} == {
        number: set(texts) for number, texts in answers.items()
    }


def test_a_question_without_an_answer_is_asked_about(
    quiz: QuizPage, visitors: list[Visitor]
) -> None:
    quiz.answer_all(rightly, start=2)
    quiz.wait_until("saved")
    with visitors[0].expecting_failures(), quiz.page.expect_navigation():
        quiz.page.get_by_role("button", name="Lämna in", exact=True).click()
    visitors[0].look()
    summary = quiz.page.get_by_role("alert")
    expect(summary).to_contain_text("Fråga 1")
    assert set(quiz.chosen(2)) == set(quiz.question(2).right)
    note = quiz.page.get_by_text("Inte besvarad än.")
    expect(note).to_be_visible()
    quiz.answer(1, rightly)
    expect(note).not_to_be_visible()
    expect(summary).not_to_be_visible()
    expect(quiz.page.get_by_role("button", name="Lämna in ändå")).not_to_be_visible()
    quiz.hand_in()
    expect(quiz.page.locator(".result__score")).to_have_text("15 av 15")


def test_what_is_asked_about_falls_with_each_answer(
    quiz: QuizPage, visitors: list[Visitor]
) -> None:
    quiz.answer_all(rightly, start=4)
    quiz.wait_until("saved")
    expect(quiz.page.locator(".quiz__state")).to_be_visible()
    with visitors[0].expecting_failures(), quiz.page.expect_navigation():
        quiz.page.get_by_role("button", name="Lämna in", exact=True).click()
    summary = quiz.page.get_by_role("alert")
    expect(summary.get_by_role("heading")).to_have_text(
        "3 frågor är inte besvarade. De andra är sparade."
    )
    quiz.answer(2, rightly)
    expect(summary.get_by_role("link")).to_have_text(["Fråga 1", "Fråga 3"])
    quiz.answer(3, rightly)
    expect(summary.get_by_role("link")).to_have_text(["Fråga 1"])
    expect(summary.get_by_role("heading")).to_have_text(
        "En fråga är inte besvarad. De andra är sparade."
    )
    visitors[0].look()


def test_the_page_has_no_key(quiz: QuizPage) -> None:
    source = quiz.page.content()
    for word in ("correct", "feedback", "explanation"):
        assert not re.search(rf"\b{word}\b", source)


def test_without_script_the_quiz_is_a_form_that_works(new_visitor: Callable[..., Visitor]) -> None:
    learner = Learner(new_visitor(java_script_enabled=False))
    learner.log_in_plainly("medarbetare")
    quiz = learner.begin_quiz()
    expect(quiz.page.locator(".quiz__state")).to_be_hidden()
    quiz.answer_all(rightly)
    quiz.hand_in()
    expect(quiz.page.locator(".result__score")).to_have_text("15 av 15")
