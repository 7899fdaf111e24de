"""What libraries in use do as they play, in the real frame: it works there as at home."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from courses.h5p.player.views import frame_address
from tests.courses.h5p.stored import store_library, store_version

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
# As H5P.Timeline reads its own library.json, H5P.SoundJS fetches a sound, and H5P.Cornell keeps
# what is written.
THING = """
window.Test = { Thing: class extends H5P.EventDispatcher {
  attach($container) {
    $container.html("<p>Väntar</p>");
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
} };
"""
AROUND = """<!doctype html><title>.</title><script>
onmessage = (event) => event.data.kind === "ready" && event.source.postMessage(
  { kmv: "h5p", kind: "hello", nonce: "n", save_seconds: 5, state: %s }, "*");
</script><iframe sandbox="allow-scripts allow-forms allow-popups" src="%s"></iframe>"""


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_browser() -> Iterator[None]:
    """Playwright's loop runs in this thread, and waits while the test asks the database.

    Of the session, so that it comes before the database is made, whoever began the loop.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


def test_a_library_reads_its_own_files_and_keeps_words_in_storage(
    browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    version = store_version(
        [store_library("Test.Thing", {"thing.js": THING, "sound.mp3": "pling"}, title="Prov")]
    )
    page = browser.new_page()
    around = AROUND % ("{}", frame_address(version, timezone.now()))
    page.route("**/runt-om", lambda route: route.fulfill(content_type="text/html", body=around))
    page.goto(f"{live_server.url}/runt-om")
    text = page.frame_locator("iframe").locator(".h5p-container p")
    text.filter(has_not_text="Väntar").wait_for()
    assert text.inner_text() == "Prov, nobody, pling"
    page.close()


def test_a_content_that_had_nothing_to_go_on_with_begins_without_a_word(
    browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    version = store_version(
        [store_library("Test.Thing", {"thing.js": THING, "sound.mp3": "pling"}, title="Prov")]
    )
    page = browser.new_page()
    state = '{ 0: { state: "null" } }'
    around = AROUND % (state, frame_address(version, timezone.now()))
    page.route("**/runt-om", lambda route: route.fulfill(content_type="text/html", body=around))
    page.goto(f"{live_server.url}/runt-om")
    inside = page.frame_locator("iframe")
    inside.locator(".h5p-container p").wait_for()
    assert inside.locator(".h5p-popup-dialog").count() == 0
    page.close()
