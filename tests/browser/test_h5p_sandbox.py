"""What a stranger's program can do from inside the frame: play, and nothing else."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Frame, Locator, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.hostile import GIVEN, elsewhere, from_here, kept_words, put_in_lesson
from tests.browser.learner import Learner
from tests.browser.visitor import Visitor
from tests.courses.h5p.packages import library
from tests.program import Program

pytestmark = pytest.mark.browser
TRIES = 63
MANY = 20  # times that a height may change before it is taken for never coming to rest
BUTTON = """origin => {
  const button = document.createElement("button");
  button.textContent = "Fönster";
  button.onclick = () => window.open(`${origin}/window`);
  document.body.prepend(button);
}"""
FORM = """() => {
  const form = document.createElement("form");
  Object.assign(form, { action: `${H5PIntegration.baseUrl}/lamna/`, method: "post" });
  document.body.append(form);
  setTimeout(() => form.submit());
}"""


class Lesson:
    """A lesson with players, and who reads it."""

    def __init__(self, visitor: Visitor, address: str) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        self.address = address
        Learner(visitor).log_in_plainly("medarbetare")
        self.page.wait_for_url(lambda address: "/logga-in/" not in address)
        self.page.goto(address)

    def block(self, title: str) -> Locator:
        return self.page.locator("[data-h5p]").filter(has_text=title)

    def open(self, title: str) -> Frame:
        block = self.block(title)
        block.locator("[data-h5p-open] button").first.press("Enter")
        expect(block).to_have_attribute("data-standing", "playing")
        element = block.locator("iframe").element_handle()
        assert element is not None
        frame = element.content_frame()
        assert frame is not None
        return frame

    def height(self, title: str) -> int:
        return int(self.block(title).locator("iframe").get_attribute("height") or 0)


@pytest.fixture
def somebody_else() -> Iterator[tuple[str, list[str]]]:
    with elsewhere() as listening:
        yield listening


def test_a_stranger_s_program_gets_nowhere(
    program: Program,
    new_visitor: Callable[..., Visitor],
    tmp_path: Path,
    somebody_else: tuple[str, list[str]],
) -> None:
    origin, asked = somebody_else
    address = put_in_lesson(
        program,
        tmp_path,
        {
            "main": "Test.Hostile 1.0",
            "libraries": [from_here("Test.Hostile", "thing.js")],
            "content": {"elsewhere": origin, "text": GIVEN},
            "title": "Fientligt",
        },
        {"content": {"question": "<p>Vad säger du?</p>"}, "title": "Stilla"},
    )
    lesson = Lesson(new_visitor(DESK), address)
    page = lesson.page
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    with lesson.visitor.expecting_failures():
        quiet = lesson.open("Stilla")
        frame = lesson.open("Fientligt")
        cookies = {one["name"]: one["value"] for one in page.context.cookies()}
        # It says when it has tried everything.
        saved = lesson.block("Fientligt").locator("[data-h5p-state]")
        expect(saved).to_have_text("Sparat")
        told: dict[str, str] = json.loads(frame.locator(".told").inner_text())

        # From what the program says itself.
        assert {name: how for name, how in told.items() if not how.startswith("refused: ")} == {}
        assert len(told) == TRIES
        by_kind = {
            "SecurityError": ("the page around", "where the page around is", "another player"),
            "TypeError": ("fetch of our API", "fetch of a page of ours", "fetch elsewhere"),
            "EvalError": ("eval", "new Function"),
        }
        wrong = [
            (name, told[name])
            for kind, names in by_kind.items()
            for name in names
            if not told[name].startswith(f"refused: {kind}")
        ]
        assert wrong == []

        # From what others saw: nobody was asked, nothing moved, nothing ran or changed out here.
        assert asked == []
        assert page.url.endswith(lesson.address)
        assert dialogs == []
        assert len(page.context.pages) == 1
        assert {one["name"]: one["value"] for one in page.context.cookies()} == cookies
        assert page.evaluate("window.__drawing ?? window.__given ?? null") is None
        expect(quiet.locator("body")).to_contain_text("Vad säger du?")
        assert lesson.height("Fientligt") < 5000
        assert kept_words(program, "utan", "annan") == 0

        # A window that somebody clicked for opens, in the same sandbox, and knows nobody.
        frame.evaluate(BUTTON, origin)
        with page.context.expect_page() as opening:
            frame.get_by_role("button", name="Fönster").click()
        assert opening.value.evaluate("[window.origin, window.opener]") == ["null", None]
        opening.value.close()
        asked.clear()

        # Its own frame it can only lose.
        ways = (f"{origin}/away", "/min-utbildning/", "data:text/html,x")
        for way in ways:
            page.goto(lesson.address)
            frame = lesson.open("Fientligt")
            frame.evaluate("way => { setTimeout(() => { location.href = way; }); }", way)
            expect(lesson.block("Fientligt").get_by_role("alert")).to_be_visible(timeout=15_000)
            assert page.url.endswith(lesson.address), way
        page.goto(lesson.address)
        frame = lesson.open("Fientligt")
        frame.evaluate(FORM)
        expect(lesson.block("Fientligt").get_by_role("alert")).to_be_visible(timeout=15_000)
        assert asked == []
        page.goto(lesson.address)
        frame = lesson.open("Fientligt")
        frame.evaluate("setTimeout(() => location.reload()) && null")
        expect(lesson.block("Fientligt").get_by_role("alert")).to_contain_text(
            "Innehållet kunde inte visas."
        )
        # What had the focus is gone; it is where one goes on.
        begin = lesson.block("Fientligt").locator("[data-h5p-open] button").first
        expect(begin).to_be_focused()
        lesson.open("Fientligt")
        # It tries everything once more: what the console says of that comes no later than this.
        page.context.close()
    # All of it was asked for by the program, and refused: none is a fault of our page.
    lesson.visitor.troubles.clear()


def test_a_frame_follows_its_content_says_what_is_wrong_and_lets_go(
    program: Program, new_visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    growing = from_here("Test.Growing", "growing.js")
    broken = library("Test.Broken", js="throw new Error('broken');")
    address = put_in_lesson(
        program,
        tmp_path,
        {
            "main": "Test.Growing 1.0",
            "libraries": [growing],
            "title": "Växande",
        },
        {
            "main": "Test.Growing 1.0",
            "libraries": [growing],
            "content": {"own": "calc(100vh - 20px)"},
            "title": "Oändligt",
        },
        {"main": "Test.Broken 1.0", "libraries": [broken], "title": "Trasigt"},
    )
    lesson = Lesson(new_visitor(PHONE), address)
    page, visitor = lesson.page, lesson.visitor
    visitor.look()

    block = lesson.block("Trasigt")
    with visitor.expecting_failures():
        block.locator("[data-h5p-open] button").first.press("Enter")
        expect(block.get_by_role("alert")).to_contain_text("Innehållet kunde inte visas.")
    expect(block.locator("[data-h5p-open] button").first).to_be_enabled()
    expect(block.locator("[data-h5p-open] button").first).to_be_focused()

    endless = lesson.open("Oändligt")
    for _ in range(MANY):
        settled = lesson.height("Oändligt")
        endless.evaluate("new Promise(done => setTimeout(done, 400))")
        if lesson.height("Oändligt") == settled:
            break
    assert 0 < lesson.height("Oändligt") == settled < 2000

    frame = lesson.open("Växande")
    assert frame.evaluate("document.fullscreenEnabled")
    stage = lesson.block("Växande").locator("iframe")
    # Chromium takes less; to Firefox a frame without an origin is only one of everybody.
    expect(stage).to_have_attribute("allow", "fullscreen *")
    before = frame.evaluate("document.fonts.ready.then(() => document.body.scrollHeight)")
    expect(stage).to_have_attribute("height", str(before))
    frame.get_by_role("button", name="Mer").click()
    expect(stage).to_have_attribute("height", str(before + 700))
    frame.get_by_role("button", name="Mindre").click()
    expect(stage).to_have_attribute("height", str(before))
    visitor.look()

    link = frame.locator("a.out")
    link.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    link.click()
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("rel") == "noopener noreferrer"

    visitor.troubles[:] = [one for one in visitor.troubles if "broken" not in one]

    # The way out works from inside, too.
    frame.get_by_role("button", name="Mer").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("**/lamna/")
