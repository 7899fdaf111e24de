"""What a trainer does in the Wagtail admin, by what stands on its buttons and fields."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, Page, TimeoutError, expect

# A second one stands by while the preview is brought up to date.
PREVIEW = "#w-preview-iframe"
ADD = "Lägg till ett block"


class Desk:
    """The editor of pages and of bank items."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        """A page of the admin, with all its scripts there."""
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")

    def fill(self, **fields: str) -> None:
        """Fields by their names."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)

    def write(self, where: Locator, text: str) -> None:
        """Into the editor of rich text, key by key as one does.

        A quarter of a second later it is in the form: nobody is quicker at the button.
        """
        editor = where.locator("[contenteditable=true]")
        editor.click()
        editor.press_sequentially(text)
        kept = where.locator("input[type=hidden][name]").first
        expect(kept).to_have_value(re.compile(re.escape(text)))

    def field(self, path: str) -> Locator:
        """A field by the path of its names: "body.content.text"."""
        where = " ".join(f'[data-contentpath="{name}"]' for name in path.split("."))
        return self.page.locator(where).last

    def add_screen(self, heading: str) -> None:
        """A screen at the end."""
        body = self.page.locator('[data-contentpath="body"]').first
        count = self.page.locator("[name$='-value-heading']").count()
        body.get_by_title(ADD).last.click()
        added = self.page.locator("[name$='-value-heading']")
        expect(added).to_have_count(count + 1)
        added.last.fill(heading)

    def add_block(self, kind: str) -> Locator:
        """A block at the end of the last screen, by its name in the menu."""
        content = self.page.locator('[data-contentpath="content"]').last
        blocks = content.locator(":scope [data-streamfield-child]")
        count = blocks.count()
        self.open_menu(kind).click()
        expect(blocks).not_to_have_count(count)
        return blocks.last

    def open_menu(self, kind: str) -> Locator:
        """The menu of blocks of the last screen, and in it the block of this name."""
        button = self.page.locator('[data-contentpath="content"]').last.get_by_title(ADD).last
        found = self.page.get_by_role("option", name=kind, exact=True)
        for _again in range(3):  # what comes into place meanwhile closes it
            button.click()
            with contextlib.suppress(TimeoutError):
                found.wait_for(timeout=3_000)
                break
        return found

    def unfold(self, where: Locator) -> None:
        """Open what is folded there."""
        folded = where.locator("[data-panel-toggle][aria-expanded=false]")
        while folded.count():
            folded.first.click()

    def choose(self, button: Locator, words: str) -> None:
        """From a chooser's window, what is called so."""
        button.click()
        window = self.page.locator(".modal-content")
        expect(window.get_by_role("link").first).to_be_visible()
        search = window.locator("[name=q]")
        if search.count():
            search.fill(words)
            expect(window.get_by_role("link", name=words).first).to_be_visible()
        window.get_by_role("link", name=words).first.click()
        expect(window).to_have_count(0)

    def upload(self, button: Locator, title: str, file: Path) -> None:
        """A new file, through a chooser's window."""
        button.click()
        window = self.page.locator(".modal-content")
        window.get_by_role("tab", name="Ladda upp").click()
        window.locator("input[type=file]").set_input_files(file)
        window.locator("[name$=title]").last.fill(title)
        window.get_by_role("button", name="Ladda upp").click()
        expect(window).to_have_count(0)

    def save_draft(self) -> None:
        """The button at the foot; what is saved by itself while one types may come before it."""
        with self._another_page():
            self.page.locator("footer").get_by_role("button", name="Spara utkast").click()

    def act(self, name: str) -> None:
        """An action of the menu at the foot."""
        foot = self.page.locator("footer")
        foot.get_by_role("button", name="Fler åtgärder").click()
        with self._another_page():
            foot.get_by_role("button", name=name).click()

    @contextlib.contextmanager
    def _another_page(self) -> Iterator[None]:
        """Within: what leads to another page; comes back when that is there with its scripts.

        What saves itself gives the page that stands there another address: no page comes of it.
        """
        with self.page.expect_event("load"):
            yield
        self.page.wait_for_load_state("networkidle")

    def preview(self) -> FrameLocator:
        """The preview beside the editor."""
        if not self.page.locator(PREVIEW).is_visible():
            self.page.get_by_role("button", name="Växla förhandsgranskning").click()
        return self.page.frame_locator(PREVIEW)

    def checks(self) -> Locator:
        """The panel of the content checks."""
        panel = self.page.locator("[data-content-checks]")
        if not panel.is_visible():
            self.page.get_by_role("button", name="Växla kontroller").click()
        return panel

    def said(self) -> Locator:
        """What the admin says on top."""
        return self.page.locator(".messages")

    @property
    def number(self) -> int:
        """Of the page that is edited."""
        found = re.search(r"/(\d+)/edit/", self.page.url)
        assert found, self.page.url
        return int(found[1])
