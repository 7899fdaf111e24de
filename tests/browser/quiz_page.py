"""The page of a quiz, as the person answering meets it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.answering import give, given, type_of, verdict
from tests.browser.bank import BankQuestion, Words, asked

Choose = Callable[[int, BankQuestion], Words]


def rightly(_number: int, question: BankQuestion) -> Words:
    """What gives the full score."""
    return question.right


def wrongly(_number: int, question: BankQuestion) -> Words:
    """What gives nothing."""
    return question.wrong


@dataclass
class QuizPage:
    """Questions are counted from 1."""

    page: Page
    module: str = "freda"

    def _block(self, number: int) -> Locator:
        return self.page.locator(f"[data-question='{number}']")

    @property
    def count(self) -> int:
        """How many questions there are."""
        return self.page.locator("[data-question]").count()

    def question(self, number: int) -> BankQuestion:
        """What the bank says of the question that is asked there."""
        return asked(self.module, self._block(number).locator("legend").inner_text())

    @property
    def at_once(self) -> list[int]:
        """The questions that are answered in one go: not the cases, which ask the server on."""
        return [n for n in range(1, self.count + 1) if type_of(self._block(n)) != "case"]

    def answer(self, number: int, choose: Choose) -> Words:
        """Answer what `choose` says; gives it."""
        words = choose(number, self.question(number))
        give(self._block(number), words)
        return words

    def answer_all(self, choose: Choose, *, start: int = 1) -> dict[int, Words]:
        """Answer from question `start` on; gives what was chosen."""
        return {number: self.answer(number, choose) for number in range(start, self.count + 1)}

    def chosen(self, number: int) -> Words:
        """What the page says is answered now."""
        return given(self._block(number))

    def wait_until(self, state: str) -> None:
        """Until the page says so: saved, waiting."""
        expect(self.page.locator("[data-save-state]")).to_have_attribute(
            "data-state", state, timeout=45_000
        )

    def hand_in(self) -> None:
        """Click the button, and wait for the result."""
        self.page.get_by_role("button", name="Lämna in", exact=True).click()
        self.page.wait_for_url("**/resultat/")

    def verdicts(self) -> dict[str, Words]:
        """On the result's page: what was answered, by the question's text."""
        return {
            asked(self.module, section.locator(".question__text").inner_text()).text: verdict(
                section
            )
            for section in self.page.locator("section.question").all()
        }
