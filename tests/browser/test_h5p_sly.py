"""A stranger's program that spoils its own guards, takes others' keys, or never stops talking."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK
from tests.browser.hostile import from_here, put_in_lesson
from tests.browser.test_h5p_sandbox import Lesson
from tests.browser.visitor import Visitor
from tests.program import Program

pytestmark = pytest.mark.browser
# What a reader writes in a lesson is a field like this one.
FIELD = """() => {
  const field = document.createElement("textarea");
  field.id = "mine";
  document.querySelector("main").prepend(field);
}"""


def write(page: Page, words: str) -> None:
    page.locator("#mine").click()
    for sign in words:
        page.keyboard.type(sign)
        page.evaluate("new Promise(done => setTimeout(done, 60))")


def test_what_is_sly_comes_no_further_than_what_is_plain(
    program: Program, new_visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    sly = from_here("Test.Sly", "sly.js")
    address = put_in_lesson(
        program,
        tmp_path,
        *(
            {
                "main": "Test.Sly 1.0",
                "libraries": [sly],
                "content": {"does": does},
                "title": f"Listigt: {does}",
            }
            for does in ("spoil", "grab", "talk", "swallow")
        ),
    )
    lesson = Lesson(new_visitor(DESK), address)
    page = lesson.page
    with lesson.visitor.expecting_failures():
        # No page within runs, however it was put there.
        frame = lesson.open("Listigt: spoil")
        expect(frame.locator("body[data-done]")).to_be_attached()
        assert frame.evaluate("[document.body.dataset.done, window.ran]") == ["0", 0]

        # What is written in a field of the lesson is written there.
        page.evaluate(FIELD)
        lesson.open("Listigt: grab")
        write(page, "Det här är bara mitt.")
        expect(lesson.block("Listigt: grab").get_by_role("alert")).to_be_visible()
        write(page, " Och det här.")
        assert page.locator("#mine").input_value().endswith(" Och det här.")
        assert page.evaluate("document.activeElement.id") == "mine"

        # One that never stops is stopped, and the page goes on.
        lesson.block("Listigt: talk").locator("[data-h5p-open] button").first.press("Enter")
        expect(lesson.block("Listigt: talk").get_by_role("alert")).to_contain_text(
            "Innehållet kunde inte visas.", timeout=20_000
        )
        assert page.evaluate("Object.values(localStorage).join('').length") < 3_000_000

        # The way out is heard, wherever the content puts the keys.
        frame = lesson.open("Listigt: swallow")
        expect(frame.locator("body[data-done]")).to_be_attached()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.wait_for_url("**/lamna/")
    lesson.visitor.troubles.clear()
