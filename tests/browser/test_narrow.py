"""The narrowest window: 320 px, as on a small phone or at four times the size (WCAG 1.4.10)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Learner
from tests.browser.quiz_page import rightly
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

NARROW = (320, 640)


def test_a_course_from_its_page_to_the_certificate(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor(NARROW)
    # Before the letters have come, in those that the machine has, which may be wider.
    with visitor.expecting_failures():
        visitor.page.route("**/*.woff2", lambda route: route.abort())
        visitor.go("/logga-in/")
        visitor.page.unroute_all()
    visitor.log_in("medarbetare")
    for path in ("/kurser/", "/kurser/freda/", "/kurser/freda/varfor-fraga/"):
        visitor.go(path)
    quiz = Learner(visitor).begin_quiz()
    visitor.look()
    quiz.answer_all(rightly)
    quiz.hand_in()
    visitor.look()
    visitor.page.get_by_role("link", name="Till ditt intyg").click()
    visitor.look()
    frame = visitor.page.locator(".certificate").bounding_box()
    button = visitor.page.get_by_role("link", name="Till min utbildning").bounding_box()
    assert frame
    assert button
    assert button["y"] - frame["y"] - frame["height"] >= 24
    visitor.go("/min-utbildning/")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Min utbildning")
