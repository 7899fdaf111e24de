"""What somebody who takes a course does, by what stands on the buttons."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, expect

from config.demo.accounts import DEMO_PASSWORD
from tests.browser.answering import give
from tests.browser.bank import asked
from tests.browser.quiz_page import QuizPage
from tests.browser.visitor import Visitor

COURSE = "FREDA: att fråga om våld"
MANY = 200  # more screens than any course has


@dataclass
class Read:
    """What the reader met on the way through the lessons."""

    screens: int = 0
    checks: int = 0
    cases: int = 0
    titles: list[str] = field(default_factory=list)


class Learner:
    """Takes a course."""

    def __init__(self, visitor: Visitor, course: str = COURSE) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self.course = course

    def log_in_plainly(self, username: str) -> None:
        """Log in where no script runs: nothing can be looked over."""
        self.page.goto("/logga-in/")
        self.page.get_by_label("Användarnamn").fill(username)
        self.page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
        self.page.get_by_role("button", name="Logga in").click()
        self.page.wait_for_url(lambda address: "/logga-in/" not in address)

    def open_course(self) -> None:
        """From Min utbildning to the course's page."""
        self.page.goto("/min-utbildning/")
        self.page.get_by_role("link", name=self.course, exact=True).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.course)

    def begin_quiz(self) -> QuizPage:
        """From the course's page into the final quiz, without reading."""
        self.open_course()
        self.page.get_by_role("link", name="Slutprov").click()
        self.page.get_by_role("button", name="Börja provet").click()
        self.page.wait_for_url("**/prov/**")
        return self.quiz()

    def quiz(self) -> QuizPage:
        """The quiz whose page is open."""
        return QuizPage(self.page)

    def read_lessons(self) -> Read:
        """To the final quiz: cases walked and checks answered, and each of these looked at.

        Every screen is looked at, on a phone, in test_every_module.
        """
        read = Read()
        for _ in range(MANY):
            read.screens += 1
            name = self.page.locator(".lesson__name").inner_text()
            if name not in read.titles:
                read.titles.append(name)
            for case in self.page.locator("[data-case]").all():
                self._walk(case)
                read.cases += 1
            for check in self.page.locator("[data-check]").all():
                self._answer_check(check)
                read.checks += 1
            self.next_screen()
            if self.page.get_by_role("button", name="Börja provet").count():
                return read
        raise AssertionError("The lessons never end.")

    def next_screen(self) -> None:
        """Click on, and wait until there: the page's script sends the form."""
        here = self.page.url
        self.page.locator("[data-next] button").click()
        self.page.wait_for_url(lambda address: address != here)

    def _walk(self, case: Locator) -> None:
        """The first choice each time, to an end; then begin again."""
        for _ in range(MANY):
            options = case.locator(".case__option")
            if not options.count():
                break
            options.first.click()
        expect(case.locator(".case__verdict").last).to_be_visible()
        self.visitor.look()
        case.get_by_role("button", name="Börja om").click()
        expect(case.locator(".case__option").first).to_be_visible()

    def _answer_check(self, check: Locator) -> None:
        question = asked("freda", check.locator("legend").inner_text())
        give(check, question.right)
        if question.type != "case":
            check.get_by_role("button", name="Svara").click()
        expect(check.locator(".question__outcome")).to_contain_text("Rätt")
        self.visitor.look()
