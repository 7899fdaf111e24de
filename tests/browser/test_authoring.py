"""A trainer edits a lesson in the Wagtail admin and tries the quiz; the reader sees it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.learner import Learner
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

LESSON = "Varför vi frågar överallt"
HEADING = "Innan du börjar"
NEW_HEADING = "Välkommen hit"
# A second one stands by while the preview is brought up to date.
PREVIEW = "#w-preview-iframe"


@pytest.fixture
def trainer(new_visitor: Callable[..., Visitor]) -> Page:
    visitor = new_visitor((1280, 1200))
    Learner(visitor).log_in_plainly("utbildare")
    # The role's own page is the admin, which is Wagtail's to look over.
    visitor.page.wait_for_url("**/admin/")
    return visitor.page


@pytest.fixture
def learner(new_visitor: Callable[..., Visitor]) -> Learner:
    visitor = new_visitor()
    visitor.log_in("medarbetare")
    return Learner(visitor)


def _open_lesson(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile(r"\d+\s+Sidor")).click()
    page.get_by_role("link", name="Utforska undersidor till 'Kurser'").click()
    page.get_by_role("link", name="Utforska undersidor till 'FREDA: att fråga om våld'").click()
    page.get_by_role("link", name=LESSON, exact=True).click()
    page.wait_for_load_state("networkidle")


def _preview(page: Page) -> FrameLocator:
    if not page.locator(PREVIEW).is_visible():
        page.get_by_role("button", name="Växla förhandsgranskning").click()
    return page.frame_locator(PREVIEW)


def _choose(page: Page, action: str) -> None:
    """An action of the menu at the foot of the editor."""
    foot = page.locator("footer")
    foot.get_by_role("button", name="Fler åtgärder").click()
    # What saves itself gives the page another address: that is no other page.
    with page.expect_event("load"):
        foot.get_by_role("button", name=action).click()


def _expect_first_heading(learner: Learner, heading: str) -> None:
    learner.open_course()
    learner.page.get_by_role("link", name=LESSON).click()
    expect(learner.page.get_by_role("heading", level=1)).to_have_text(heading)


def test_an_edited_lesson_is_previewed_reviewed_and_then_read(
    trainer: Page, learner: Learner
) -> None:
    _open_lesson(trainer)
    trainer.locator("[name=body-0-value-heading]").fill(NEW_HEADING)
    expect(_preview(trainer).get_by_role("heading", level=1)).to_have_text(NEW_HEADING)
    _choose(trainer, "Lämna in till Granskning")
    _expect_first_heading(learner, HEADING)

    _open_lesson(trainer)
    expect(trainer.locator("[name=body-0-value-heading]")).to_have_value(NEW_HEADING)
    _choose(trainer, "Godkänn och publicera")
    _expect_first_heading(learner, NEW_HEADING)


def test_a_quiz_is_tried_in_its_preview(trainer: Page) -> None:
    trainer.goto("/admin/snippets/quizzes/quiz/")
    trainer.get_by_role("link", name="Slutprov i FREDA: att fråga om våld", exact=True).click()
    trainer.wait_for_load_state("networkidle")
    quiz = _preview(trainer)
    expect(quiz.locator(".question")).to_have_count(15)
    quiz.locator(".question label:not(.visually-hidden)").first.click()
    quiz.get_by_role("button", name="Visa vad som var rätt").click()
    expect(quiz.locator(".question__outcome").first).to_be_visible()
