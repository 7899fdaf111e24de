"""The page of a quiz, as the person answering meets it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.bank import BankQuestion, asked

Choose = Callable[[int, BankQuestion], tuple[str, ...]]


def rightly(_number: int, question: BankQuestion) -> tuple[str, ...]:
    """The right options."""
    return question.right


def wrongly(_number: int, question: BankQuestion) -> tuple[str, ...]:
    """One wrong option."""
    return question.wrong[:1]


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

    def option(self, number: int, text: str) -> Locator:
        """The input of an option."""
        label = self._block(number).locator("label").filter(has_text=text)
        exact = [found for found in label.all() if " ".join(found.inner_text().split()) == text]
        assert len(exact) == 1, f"Question {number} has {len(exact)} options that read: {text}"
        return exact[0].locator("input")

    def answer(self, number: int, choose: Choose) -> tuple[str, ...]:
        """Click what `choose` says; gives it."""
        texts = choose(number, self.question(number))
        for text in texts:
            self.option(number, text).check()
        return texts

    def answer_all(self, choose: Choose, *, start: int = 1) -> dict[int, tuple[str, ...]]:
        """Answer from question `start` on; gives what was chosen."""
        return {number: self.answer(number, choose) for number in range(start, self.count + 1)}

    def chosen(self, number: int) -> tuple[str, ...]:
        """The texts of what is checked now."""
        labels = self._block(number).locator("label:has(input:checked)").all()
        return tuple(" ".join(label.inner_text().split()) for label in labels)

    def wait_until(self, state: str) -> None:
        """Until the page says so: saved, waiting."""
        expect(self.page.locator("[data-save-state]")).to_have_attribute(
            "data-state", state, timeout=45_000
        )

    def hand_in(self) -> None:
        """Click the button, and wait for the result."""
        self.page.get_by_role("button", name="Lämna in", exact=True).click()
        self.page.wait_for_url("**/resultat/")

    def verdicts(self) -> dict[str, tuple[str, ...]]:
        """On the result's page: what was chosen, by the question's text."""
        found = {}
        for section in self.page.locator("section.question").all():
            question = asked(self.module, section.locator(".question__text").inner_text())
            mine = section.locator(".option--correct, .option--incorrect")
            found[question.text] = tuple(
                " ".join(option.locator("span").first.inner_text().split()) for option in mine.all()
            )
        return found
