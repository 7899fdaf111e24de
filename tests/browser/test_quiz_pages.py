"""A quiz with a clock, and a quiz with a question a page: what the person sees of it."""

import contextlib
import json
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.bank import one_of_each
from tests.browser.conftest import DESK, PHONE
from tests.browser.learner import Learner
from tests.browser.prepared import attempt_with
from tests.browser.quiz_page import QuizPage, rightly
from tests.browser.visitor import Visitor
from tests.program import Program

pytestmark = pytest.mark.browser
WHO = "medarbetare"
QUESTIONS = [one for one in one_of_each("freda") if one.type != "case"][:3]


@pytest.fixture
def attempt(program: Program) -> str:
    """Where medarbetare has a quiz of three questions."""
    return attempt_with(program, WHO, [question.key for question in QUESTIONS])


def _change(program: Program, address: str, deadline: datetime | None, **rule: object) -> None:
    """As if the quiz had been set so when the attempt began."""
    key = address.split("/")[2].replace("-", "")
    with contextlib.closing(sqlite3.connect(program.data / "kompetens.sqlite3")) as database:
        (kept,) = database.execute(
            "SELECT rule FROM quizzes_attempt WHERE public_id = ?", [key]
        ).fetchone()
        until = deadline.strftime("%Y-%m-%d %H:%M:%S.%f") if deadline else None
        database.execute(
            "UPDATE quizzes_attempt SET rule = ?, deadline_at = ? WHERE public_id = ?",
            [json.dumps(json.loads(kept) | rule), until, key],
        )
        database.commit()


def _sign_in(visitor: Visitor) -> QuizPage:
    Learner(visitor).log_in_plainly(WHO)
    visitor.page.wait_for_url("**/min-utbildning/")
    return QuizPage(visitor.page)


def test_the_time_is_told_calmly_moves_when_more_is_given_and_ends_by_handing_in(
    program: Program, attempt: str, new_visitor: Callable[..., Visitor]
) -> None:
    visitor = new_visitor(DESK)
    quiz = _sign_in(visitor)
    _change(program, attempt, datetime.now(UTC) + timedelta(minutes=4.9), limit_minutes=20)
    visitor.go(attempt)
    left = visitor.page.locator("[data-clock-left]")
    expect(left).to_have_text("5 minuter kvar")
    expect(visitor.page.get_by_role("alert")).to_contain_text("fråga din utbildare")
    visitor.page.get_by_role("button", name="Dölj tiden").click()
    expect(left).to_be_hidden()
    visitor.page.reload()
    visitor.page.get_by_role("button", name="Visa tiden").click()
    _change(program, attempt, datetime.now(UTC) + timedelta(minutes=9.9), limit_minutes=20)
    quiz.answer(1, rightly)
    expect(left).to_have_text("10 minuter kvar")
    expect(visitor.page.get_by_role("alert")).to_have_text("Du har fått mer tid.")
    quiz.wait_until("saved")
    _change(program, attempt, datetime.now(UTC) + timedelta(seconds=2), limit_minutes=20)
    visitor.page.goto(attempt)
    visitor.page.wait_for_url("**/resultat/")
    expect(visitor.page.get_by_text("Tiden var slut")).to_be_visible()
    expect(visitor.page.locator(".result__score")).to_have_text("1 av 3")


def test_a_question_a_page_waits_for_the_network_and_shows_what_is_answered(
    program: Program, attempt: str, new_visitor: Callable[..., Visitor]
) -> None:
    visitor = new_visitor(PHONE)
    quiz = _sign_in(visitor)
    _change(program, attempt, None, one_at_a_time=True)
    somebody_elses = "kmv:attempt:0:999999999:1"
    visitor.page.evaluate(f"localStorage.setItem('{somebody_elses}', '{{}}')")
    visitor.go(attempt)
    assert visitor.page.evaluate(f"localStorage.getItem('{somebody_elses}')") is None
    state = visitor.page.locator("[data-answered]")
    expect(state).to_have_text("0 av 3 besvarade")
    with visitor.expecting_failures():
        visitor.page.context.set_offline(True)
        quiz.answer(1, rightly)
        visitor.page.get_by_role("button", name="Nästa fråga").click()
        quiz.wait_until("waiting")
        expect(visitor.page.locator("[data-save-state]")).to_contain_text("Väntar på nätet")
        visitor.page.context.set_offline(False)
        visitor.page.wait_for_url("**fraga=2**")
    visitor.look()
    expect(state).to_have_text("1 av 3 besvarade")
    expect(visitor.page.locator("[data-spot='1']")).to_have_class(re.compile("is-answered"))
    visitor.page.get_by_role("button", name="Märk, för att komma tillbaka").click()
    expect(visitor.page.locator("[data-spot='2']")).to_have_class(re.compile("is-marked"))
    quiz.answer(2, rightly)
    visitor.page.get_by_role("button", name="Nästa fråga").click()
    visitor.page.wait_for_url("**fraga=3**")
    quiz.answer(3, rightly)
    quiz.hand_in()
    expect(visitor.page.locator(".result__score")).to_have_text("3 av 3")
