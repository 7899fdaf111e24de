"""Each module from its first page to the certificate: a phone's width, no mouse, read aloud."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from config.demo.accounts import DEMO_PASSWORD
from tests.browser.answering import type_of
from tests.browser.bank import asked
from tests.browser.by_keyboard import answer, tab_to
from tests.browser.conftest import PHONE
from tests.browser.quiz_page import QuizPage
from tests.browser.read_aloud import faults, parts
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

MODULES = sorted(Path("courses/modules").glob("*/module.yaml"))
MANY = 200  # more screens than any module has, and more choices than any case


class ByKeyboard:
    """Takes a course without a mouse; every page is looked over, and listened to."""

    def __init__(self, visitor: Visitor, module: str) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self.module = module
        self.screens = self.checks = self.cases = 0

    def log_in(self, username: str) -> None:
        """Name, Tab, password, Enter."""
        self.page.goto("/logga-in/")
        expect(self.page.get_by_label("Användarnamn")).to_be_focused()
        self.page.keyboard.type(username)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(DEMO_PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda address: "/logga-in/" not in address)

    def press(self, text: str) -> None:
        """Tab to what reads so, and Enter; waits for the page that it leads to."""
        here = self.page.url
        tab_to(self.page, lambda at: str(at["text"]) == text)
        self.page.keyboard.press("Enter")
        self.leave(here)
        self.listen()

    def leave(self, here: str) -> None:
        """Wait until another page is there."""
        self.page.wait_for_url(lambda address: address != here)

    def listen(self) -> None:
        """What axe finds, once for each kind of thing, and what somebody who listens would miss."""
        self.visitor.look_for_new()
        assert faults(self.page) == [], self.page.url

    def read_lessons(self) -> None:
        """From the first screen to the quiz, doing all there is to do."""
        for _ in range(MANY):
            self.screens += 1
            for case in self.page.locator("[data-case]").all():
                self._walk(case)
            for check in self.page.locator("[data-check]").all():
                self._answer(check)
            here = self.page.url
            button = self.page.locator("[data-next] button")
            tab_to(self.page, button)
            self.page.keyboard.press("Enter")
            self.leave(here)
            self.listen()
            if self.page.get_by_role("button", name="Börja provet").count():
                return
        raise AssertionError("The lessons never end.")

    def _walk(self, case: Locator) -> None:
        for _ in range(MANY):
            first = case.locator(".case__option").first
            if not first.count():
                break
            tab_to(self.page, first)
            self.page.keyboard.press("Enter")
        expect(case.locator(".case__verdict").last).to_be_visible()
        self.cases += 1

    def _answer(self, check: Locator) -> None:
        question = asked(self.module, check.locator("legend").inner_text())
        answer(self.page, check, question.right)
        if question.type != "case":
            tab_to(self.page, check.get_by_role("button", name="Svara"))
            self.page.keyboard.press("Enter")
        expect(check.locator(".question__outcome")).to_contain_text("Rätt")
        self.checks += 1

    def pass_quiz(self) -> None:
        """Every question answered rightly, and handed in."""
        quiz = QuizPage(self.page, self.module)
        for number in range(1, quiz.count + 1):
            block = self.page.locator(f"[data-question='{number}']")
            answer(self.page, block, quiz.question(number).right)
            assert type_of(block)
        self.press("Lämna in")


def _directives(folder: Path, kind: str) -> int:
    return sum(path.read_text().count(f"\n::: {kind}\n") for path in folder.glob("[0-9]*.md"))


@pytest.mark.parametrize("manifest", MODULES, ids=lambda path: path.parent.name)
def test_a_module_is_taken_to_its_certificate_by_keyboard_and_ear(
    manifest: Path, new_visitor: Callable[..., Visitor]
) -> None:
    folder, title = manifest.parent, yaml.safe_load(manifest.read_text())["title"]
    reader = ByKeyboard(new_visitor(PHONE), folder.name)
    page: Page = reader.page
    reader.log_in("medarbetare")
    page.goto("/kurser/")
    reader.press(title)
    assert parts(page), "nothing is read aloud"
    here = page.url
    tab_to(page, lambda at: str(at["text"]) == "Börja")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: address != here)
    reader.listen()
    reader.read_lessons()
    screens = sum(path.read_text().count("\n## ") for path in folder.glob("[0-9]*.md"))
    assert (reader.screens, reader.checks, reader.cases) == (
        screens,
        _directives(folder, "check"),
        _directives(folder, "case"),
    )
    reader.press("Börja provet")
    reader.pass_quiz()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är godkänd")
    reader.press("Till ditt intyg")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".certificate")).to_contain_text("Samira Nyström")
