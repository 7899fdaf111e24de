"""What libraries in use do as they play, in the real frame: it works as at home, and is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.hostile import kept_words, put_in_lesson
from tests.browser.test_h5p_sandbox import Lesson
from tests.browser.visitor import Visitor
from tests.courses.h5p.packages import library
from tests.program import Program

pytestmark = pytest.mark.browser
# As H5P.Timeline reads its own library.json, H5P.SoundJS fetches a sound, H5P.Cornell keeps what is
# written, and H5P.BranchingScenario, at its start, says that there is nothing to go on with.
THING = """
window.Test = { Thing: class extends H5P.EventDispatcher {
  attach($container) {
    $container.html("<p>Väntar</p><button>Vidare</button><button>Mycket</button>");
    const [on, much] = $container.find("button").get();
    on.onclick = () => this.triggerXAPI("interacted");
    much.onclick = () => H5P.setUserData(this.contentId, "much", "x".repeat(600000));
    localStorage.H5PUserUUID = "nobody";
    H5P.jQuery.getJSON(`${H5P.getLibraryPath("Test.Thing-1.0")}/library.json`)
      .done(({ title }) => {
        const sound = new XMLHttpRequest();
        sound.open("GET", `${H5P.getLibraryPath("Test.Thing-1.0")}/sound.mp3`);
        sound.setRequestHeader("X-Requested-With", "XMLHttpRequest");
        sound.onloadend = () => {
          const kept = localStorage.getItem("H5PUserUUID");
          $container.find("p").text(`${title}, ${kept}, ${sound.responseText}`);
        };
        sound.send();
      })
      .fail((_xhr, what) => $container.html(`<p>Gick inte: ${what}</p>`));
  }
  getCurrentState() {
    return null;
  }
} };
"""
SAID = "Prov, nobody, pling"
# What is read aloud below the frame, as it is said.
HEAR = """() => {
  window.heard = [];
  const state = document.querySelector("[data-h5p-state]");
  const hear = () => window.heard.push(state.textContent);
  new MutationObserver(hear).observe(state, { childList: true });
}"""
TOLD = "**/utsagor/"


@pytest.fixture
def lesson(program: Program, new_visitor: Callable[..., Visitor], tmp_path: Path) -> Lesson:
    """One with the content "Egenheter", which is THING."""
    thing = library("Test.Thing", js=THING, files={"sound.mp3": "pling"}, title="Prov")
    content = {"main": "Test.Thing 1.0", "libraries": [thing], "title": "Egenheter"}
    return Lesson(new_visitor(DESK), put_in_lesson(program, tmp_path, content))


def test_a_library_is_in_the_frame_as_it_is_at_home(lesson: Lesson) -> None:
    # It reads its own files, and what it puts into the browser's storage is there.
    frame = lesson.open("Egenheter")
    expect(frame.locator(".h5p-container p")).to_have_text(SAID)

    # Nothing to go on with is kept, and the next time nobody is told that the content has changed.
    frame.get_by_role("button", name="Vidare").click()
    expect(lesson.block("Egenheter").locator("[data-h5p-state]")).to_have_text("Sparat")
    lesson.page.reload()
    frame = lesson.open("Egenheter")
    expect(frame.locator(".h5p-container p")).to_have_text(SAID)
    assert frame.locator(".h5p-popup-dialog, .h5p-confirmation-dialog-popup").count() == 0


def test_what_is_said_is_kept_once_told_once_and_sent_by_any_page_that_comes_next(
    lesson: Lesson,
) -> None:
    page, block = lesson.page, lesson.block("Egenheter")
    saved = block.locator("[data-h5p-state]")

    # Who has opened it has met what is demanded, and need not load the page anew to be told.
    page.evaluate(HEAR)
    frame = lesson.open("Egenheter")
    expect(block.locator("[data-h5p-demand]")).to_have_text("Klart")
    for _ in range(2):
        with page.expect_response(TOLD):
            frame.get_by_role("button", name="Vidare").click()
        expect(saved).to_have_text("Sparat")
    heard = page.evaluate("window.heard")
    assert (heard.count("Sparat"), heard.count("Sparar…")) == (1, 0)
    frame.get_by_role("button", name="Mycket").click()
    expect(block.get_by_role("alert")).to_contain_text("kunde inte sparas")
    lesson.visitor.look()

    with lesson.visitor.expecting_failures():
        page.context.set_offline(True)
        frame.get_by_role("button", name="Vidare").click()
        expect(saved).to_contain_text("Inte sparat än")
        page.goto("about:blank")
        page.context.set_offline(False)
    with page.expect_response(TOLD):
        page.goto("/min-utbildning/")
    assert kept_words(lesson.visitor.program, "interacted") == 3
