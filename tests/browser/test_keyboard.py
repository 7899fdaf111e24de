"""The final quiz by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.learner import Learner
from tests.browser.quiz_page import QuizPage
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const on = document.activeElement;
  const block = on.closest("[data-question]");
  return {
    question: block ? Number(block.dataset.question) : 0,
    kind: on.type ?? on.tagName.toLowerCase(),
    text: (on.closest("label") ?? on).innerText.trim().replace(/\\s+/g, " "),
    checked: Boolean(on.checked),
    outlined: on.matches(":focus-visible"),
  };
}"""
FAR = 80  # more stops than the page has


def _tab_to(page: Page, wanted: Callable[[dict[str, object]], bool]) -> dict[str, object]:
    """Press Tab until the focus is where it should be; each stop on the way shows its focus."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        at: dict[str, object] = page.evaluate(FOCUSED)
        if wanted(at):
            assert at["outlined"]
            return at
    raise AssertionError(f"Tab never got there from {page.url}")


def _answer(quiz: QuizPage, number: int) -> None:
    page, right = quiz.page, quiz.question(number).right
    at = _tab_to(page, lambda at: at["question"] == number)
    if at["kind"] == "checkbox":
        while at["question"] == number:
            if at["text"] in right:
                page.keyboard.press("Space")
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
        page.keyboard.press("Shift+Tab")
        return
    page.keyboard.press("Space")
    for _ in range(10):
        at = page.evaluate(FOCUSED)
        if at["text"] in right:
            assert at["checked"]
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No arrow leads to: {right}")


def test_the_quiz_is_passed_by_keyboard_alone(new_visitor: Callable[..., Visitor]) -> None:
    learner = Learner(new_visitor())
    learner.visitor.log_in("medarbetare")
    quiz = learner.begin_quiz()
    for number in range(1, quiz.count + 1):
        _answer(quiz, number)
    _tab_to(quiz.page, lambda at: at["text"] == "Lämna in")
    quiz.page.keyboard.press("Enter")
    quiz.page.wait_for_url("**/resultat/")
    expect(quiz.page.get_by_role("heading", level=1)).to_have_text("Du är godkänd")
    learner.visitor.look()


def test_the_first_stop_of_a_page_leads_past_the_header(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor()
    visitor.log_in("medarbetare")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()
