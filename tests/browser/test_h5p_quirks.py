"""What libraries in use do as they play, in the real frame: it works there as at home."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.hostile import put_in_lesson
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
    $container.html("<p>Väntar</p><button>Vidare</button>");
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


def test_a_library_is_in_the_frame_as_it_is_at_home(
    program: Program, new_visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    thing = library("Test.Thing", js=THING, files={"sound.mp3": "pling"}, title="Prov")
    content = {"main": "Test.Thing 1.0", "libraries": [thing], "title": "Egenheter"}
    lesson = Lesson(new_visitor(DESK), put_in_lesson(program, tmp_path, content))

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
