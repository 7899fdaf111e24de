"""Twenty questions of all types, answered while the server dies and the network comes and goes.

What is graded is what the person chose, whenever it was that things broke: the moments are drawn,
by a seed that an environment variable changes (KMV_CHAOS_SEED).
"""

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest
from playwright.sync_api import Error, Route, expect

from quizzes.types import TYPES, type_of
from tests.browser.bank import BankQuestion, Words, bank
from tests.browser.learner import Learner
from tests.browser.prepared import attempt_with
from tests.browser.quiz_page import QuizPage, rightly, wrongly
from tests.browser.visitor import Visitor
from tests.program import Program

pytestmark = pytest.mark.browser

SEED = int(os.environ.get("KMV_CHAOS_SEED", "1879"))
COUNT = 20
WHO = "medarbetare"


def _twenty(random: Random) -> list[BankQuestion]:
    """Every type, the rest as it falls, in random order."""
    questions = list(bank("freda"))
    random.shuffle(questions)
    first = [next(one for one in questions if one.type == kind) for kind in TYPES]
    rest = [one for one in questions if one not in first]
    chosen = first + rest[: COUNT - len(first)]
    random.shuffle(chosen)
    return chosen


class Chaos:
    """What is broken now, and what breaks when."""

    def __init__(self, quiz: QuizPage, program: Program, random: Random) -> None:
        self._quiz = quiz
        self._program = program
        self._random = random
        self._dead = self._cut = False
        numbers = list(range(1, COUNT + 1))
        self._kills = set(random.sample(numbers, 2))
        self._cuts = set(random.sample(numbers, 6))
        self._lost = set(random.sample(numbers, 6))

    def before(self, number: int, question: BankQuestion) -> None:
        """A moment before a question is answered."""
        if question.type == "case":
            # A case asks the server for its next step: the person has to wait for it.
            self.mend()
        elif self._dead or self._cut:
            if self._random.random() < 0.5:
                self.mend()
        elif number in self._kills:
            self._program.kill()
            self._dead = True
        elif number in self._cuts:
            self._quiz.page.context.set_offline(True)
            self._cut = True
        if number in self._lost and not (self._dead or self._cut):
            self._quiz.page.route("**/svar/", _lose_the_answer, times=1)

    def kill(self) -> None:
        """Whatever else is broken."""
        if not self._dead:
            self._program.kill()
            self._dead = True

    def mend(self) -> None:
        """The server runs and the network is there, and the browser notices."""
        if self._dead:
            self._program.start()
        self._quiz.page.context.set_offline(True)
        self._quiz.page.context.set_offline(False)
        self._dead = self._cut = False


def _lose_the_answer(route: Route) -> None:
    """The server has it, and the browser never hears of it."""
    with contextlib.suppress(Error):
        route.fetch()
    route.abort()


def _graded(program: Program, attempt: str) -> tuple[Fraction, Fraction]:
    """What the database says the result is, and what the answers in it are worth."""
    with contextlib.closing(sqlite3.connect(program.data / "kompetens.sqlite3")) as database:
        (points,) = database.execute(
            "SELECT points FROM quizzes_attempt WHERE public_id = ?", [attempt.replace("-", "")]
        ).fetchone()
        rows = database.execute(
            "SELECT item.content, answer.chosen FROM quizzes_attemptitem AS item"
            " JOIN quizzes_answer AS answer ON answer.item_id = item.id"
            " JOIN quizzes_attempt AS attempt ON attempt.id = item.attempt_id"
            " WHERE attempt.public_id = ?",
            [attempt.replace("-", "")],
        ).fetchall()
    contents = [(json.loads(content), json.loads(chosen)) for content, chosen in rows]
    worth = [type_of(content).grade(content, chosen).score for content, chosen in contents]
    return Fraction(str(points)), sum(worth, Fraction(0))


def test_the_graded_result_is_what_the_person_chose(
    program: Program, new_visitor: Callable[..., Visitor]
) -> None:
    random = Random(SEED)
    questions = _twenty(random)
    address = attempt_with(program, WHO, [question.key for question in questions])
    visitor = new_visitor()
    Learner(visitor).log_in_plainly(WHO)
    visitor.page.wait_for_url("**/min-utbildning/")
    visitor.page.goto(address)
    quiz = QuizPage(visitor.page)
    assert quiz.count == COUNT
    chaos = Chaos(quiz, program, random)
    given: dict[str, Words] = {}
    with visitor.expecting_failures():
        for number, question in enumerate(questions, start=1):
            chaos.before(number, question)
            choose = rightly if random.random() < 0.6 else wrongly
            given[question.text] = quiz.answer(number, choose)
        chaos.kill()
        quiz.page.get_by_role("button", name="Lämna in", exact=True).click()
        quiz.wait_until("waiting")
        chaos.mend()
        quiz.page.wait_for_url("**/resultat/", timeout=45_000)
    assert {text: set(said) for text, said in quiz.verdicts().items()} == {
        text: set(said) for text, said in given.items()
    }
    points, worth = _graded(program, address.split("/")[2])
    assert abs(points - worth) < Fraction(1, 10**5)
    expect(quiz.page.locator(".result__score")).to_contain_text(f"av {COUNT}")
    assert quiz.page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('kmv:'))") == []
