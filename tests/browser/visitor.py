"""A person with a browser, who notices what should never happen on any page."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

from config.demo.accounts import DEMO_PASSWORD
from tests.browser.looked_over import kinds, objections, sameness
from tests.program import Program

# WCAG 2.2 AA, and what axe calls good practice.
RULES: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What passes is not gathered.
    "resultTypes": ["violations"],
}
PHONE_HEIGHT = 844
# The page is wider than the window although everything in it can be reached without scrolling.
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Colours that glide have arrived. One that is broken off, as by another theme, is still too; what
# goes round for as long as something takes is not waited for.
STILL = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.playState === "running" && one.effect.getComputedTiming().endTime < Infinity)
  .map((one) => one.finished)).then(() => null)"""

Window = tuple[object, ...]
# What all visitors of this process have had looked over and found to be good: pages, exactly as
# they stood, and by the window and the rules, the kinds of things on them.
_good: set[Window] = set()
_good_kinds: defaultdict[Window, set[str]] = defaultdict(set)


class Visitor:
    """Wraps a Playwright page; `troubles` gathers what a person or a guardian would object to."""

    def __init__(self, page: Page, program: Program) -> None:
        self.page = page
        self.program = program
        self.troubles: list[str] = []
        self.left_out: tuple[
            str, ...
        ] = ()  # rules of axe that a page of examples breaks on purpose
        self._failing = False
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _note(self, what: str) -> None:
        self.troubles.append(f"{self.page.url}: {what}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not self._failing:
            self._note(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.program.address, "data:", "blob:")):
            self._note(f"request to somebody else: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not self._failing:
            self._note(f"{response.status} from {response.url}")

    @contextmanager
    def expecting_failures(self) -> Iterator[None]:
        """Within: requests may fail or be refused, and the console may say so."""
        self._failing = True
        try:
            yield
            with suppress(Error):  # closed, or on its way elsewhere
                self.page.evaluate("null")  # what was said until now has been heard
        finally:
            self._failing = False

    def go(self, path: str) -> None:
        """Open an address of the platform and look the page over."""
        self.page.goto(path)
        self.look()

    def look(self) -> None:
        """What holds on every page: nothing for axe to find, nothing wider than the window."""
        self._look_across()
        same = (sameness(self.page), *self.left_out)
        if same in _good:
            return
        met = kinds(self.page)
        options = RULES | {"rules": {rule: {"enabled": False} for rule in self.left_out}}
        wrong = objections(self.page, options)
        for found in wrong:
            self._note(f"axe {found['id']} ({found['help']}): {found['places']}")
        if not wrong:
            _good_kinds[self._window()] |= met
        if not wrong and same[0] is not None:
            _good.add(same)

    def look_for_new(self) -> None:
        """The same, in a row of pages of the same making: axe where something is of a new kind."""
        self._look_across()
        if kinds(self.page) - _good_kinds[self._window()]:
            self.look()

    def _window(self) -> Window:
        size = self.page.viewport_size
        assert size is not None
        return (size["width"], size["height"], *self.left_out)

    def _look_across(self) -> None:
        self.page.wait_for_load_state("load")
        self.page.evaluate(STILL)
        sideways = self.page.evaluate(SIDEWAYS)
        if sideways > 0:
            self._note(f"{sideways} px wider than the window")

    @contextmanager
    def at(self, size: tuple[int, int], scheme: str) -> Iterator[None]:
        """Within: the same page in another window and the other theme; then as it was."""
        before = self.page.viewport_size
        was_dark = self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        assert before is not None
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        self.page.evaluate(STILL)
        try:
            yield
        finally:
            self.page.set_viewport_size(before)
            self.page.emulate_media(color_scheme="dark" if was_dark else "light")

    def look_otherwise(self, width: int, scheme: str) -> None:
        """The same page at another width and in the other theme: only what those can change."""
        with self.at((width, PHONE_HEIGHT), scheme):
            sideways = self.page.evaluate(SIDEWAYS)
            if sideways > 0:
                self._note(f"{sideways} px wider than {width} px")
            contrast = {"type": "rule", "values": ["color-contrast"]}
            for found in objections(self.page, {"runOnly": contrast}):
                self._note(f"axe {found['id']}, {scheme}: {found['places']}")

    def log_in(self, username: str) -> None:
        """As a person does: the log-in page, name, password, the button."""
        self.page.goto("/logga-in/")
        self.page.get_by_label("Användarnamn").fill(username)
        self.page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
        self.look()
        self.page.get_by_role("button", name="Logga in").click()
        self.page.wait_for_url(lambda address: "/logga-in/" not in address)
        self.look()
