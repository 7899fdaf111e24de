"""Our own content types in a lesson: by keyboard on a phone, left half-way, gone on with on another
device, and through a lost connection. Nothing is lost, and what was reached is said."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from playwright.sync_api import Frame, Page, Response, Route, expect

from tests.browser.by_keyboard import tab_to
from tests.browser.conftest import DESK, PHONE
from tests.browser.learner import Learner
from tests.browser.looked_over import objections
from tests.browser.visitor import RULES, Visitor

pytestmark = pytest.mark.browser

CONVERSATION = "/kurser/sex-mot-ersattning/oppna-ett-samtal/7/"
CHOICE = "/kurser/patriark/nar-patriark/6/"
INSIDE = """() => {
  const on = document.activeElement;
  return on.closest("label")?.innerText.trim() ?? on.innerText.trim();
}"""
MANY = 30  # more stops than a content has


class Playing:
    """A content that is played in a lesson, without a mouse."""

    def __init__(self, visitor: Visitor, address: str, title: str) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        Learner(visitor).log_in_plainly("medarbetare")
        self.page.wait_for_url(lambda address: "/logga-in/" not in address)
        self.page.goto(address)
        self.block = self.page.locator("[data-h5p]").filter(has_text=title)
        self.open()

    def open(self) -> None:
        """Tab to the button, Enter; the focus goes along into the frame."""
        tab_to(self.page, self.block.locator("[data-h5p-open] button").first)
        self.page.keyboard.press("Enter")
        expect(self.block).to_have_attribute("data-standing", "playing")
        self.inside = self.page.frame_locator("[data-h5p-stage] iframe")
        expect(self.inside.locator(".kompetens")).to_be_visible()

    @property
    def frame(self) -> Frame:
        """The frame's own page."""
        return self.page.frames[-1]

    def to(self, text: str) -> None:
        """Tab inside the frame until the focus is on what reads so."""
        for _ in range(MANY):
            if str(self.frame.evaluate(INSIDE)).startswith(text):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never got to {text!r}")

    def choose(self, text: str) -> None:
        """Tab to the first of the alternatives, and by arrow or Tab to the right one."""
        wanted = self.inside.get_by_label(text)
        if wanted.get_attribute("type") == "checkbox":
            self.to(text)
            self.page.keyboard.press("Space")
            return
        self.to(self.inside.locator("label").first.inner_text())
        self.page.keyboard.press("Space")
        for _ in range(MANY):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def say(self, text: str) -> None:
        """Choose what to say and say it; what follows has the focus."""
        self.choose(text)
        self.page.keyboard.press("Enter")
        expect(self.inside.locator(".kompetens-now")).to_be_focused()
        expect(self.inside.locator(".kompetens-now")).to_contain_text(text)

    @contextmanager
    def saved(self, state: str) -> Iterator[None]:
        """Within: what is done leads to this state, and the server has it."""

        def has_it(response: Response) -> bool:
            return response.ok and state in (response.request.post_data or "")

        with self.page.expect_response(has_it):
            yield
        expect(self.block.locator("[data-h5p-state]")).to_have_text("Sparat")

    def look(self) -> None:
        """Axe inside the frame, and nothing wider than it."""
        # Nothing is fetched from inside the frame, style sheets neither.
        options = RULES | {"rules": OF_A_WHOLE_PAGE, "preload": False}
        found = objections(cast("Any", self.frame), options)
        assert found == []
        assert self.frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


# The frame is a part of the lesson's page, which has these.
OF_A_WHOLE_PAGE = {
    rule: {"enabled": False} for rule in ("landmark-one-main", "page-has-heading-one", "region")
}


def test_a_conversation_is_held_by_keyboard_left_lost_and_gone_on_with(
    new_visitor: Callable[..., Visitor],
) -> None:
    phone = Playing(new_visitor(PHONE), CONVERSATION, "Samtalet med Tove")
    phone.look()
    with phone.saved(":[1]"):
        phone.say("Får jag fråga en sak till?")
    expect(phone.inside.locator(".kompetens-now")).to_contain_text("Förtroendet växer")
    phone.look()
    with phone.visitor.expecting_failures():
        phone.page.context.set_offline(True)
        phone.say("En del som jag träffar")
        expect(phone.block.locator("[data-h5p-state]")).to_contain_text("Inte sparat än")
        # The content is higher than the window; what it says below its frame is seen in it.
        expect(phone.block.locator("[data-h5p-state]")).to_be_in_viewport()
        with phone.saved(":[1,2]"):
            phone.page.context.set_offline(False)
    phone.page.close()

    desk = Playing(new_visitor(DESK), CONVERSATION, "Samtalet med Tove")
    expect(desk.inside.locator(".kompetens-now")).to_contain_text("En del som jag träffar")
    desk.to("Ta tillbaka det senaste")
    desk.page.keyboard.press("Enter")
    desk.say("Du säljer väl inte sex?")
    expect(desk.inside.locator(".kompetens-now")).to_contain_text("Förtroendet minskar")
    desk.say("Det kom ut fel, förlåt.")
    desk.say("Tack för att du säger det.")
    desk.say("Då löser vi natten först.")
    desk.say("Då börjar vi där, på torsdag:")
    expect(desk.inside.locator(".kompetens-outcome")).to_contain_text("Poäng: 3 av 3")
    desk.to("Allt som sades")
    desk.page.keyboard.press("Enter")
    expect(desk.inside.locator(".kompetens-transcript > li")).to_have_count(7)
    desk.look()
    expect(desk.block.locator("[data-h5p-demand]")).to_contain_text("Klart")
    expect(desk.block.locator("[data-h5p-result]")).to_contain_text("3 av 3")


def test_a_question_is_answered_by_keyboard_left_and_gone_on_with(
    new_visitor: Callable[..., Visitor],
) -> None:
    phone = Playing(new_visitor(PHONE), CHOICE, "Bahar i receptionen")
    phone.look()
    phone.choose("Ringer pappan")
    with phone.saved(":[0,2]"):
        phone.choose("Skriver ner ordagrant")
    phone.page.close()

    desk = Playing(new_visitor(DESK), CHOICE, "Bahar i receptionen")
    for text in ("Ringer pappan", "Skriver ner ordagrant"):
        expect(desk.inside.get_by_label(text)).to_be_checked()
    desk.to("Rätta")
    desk.page.keyboard.press("Enter")
    expect(desk.inside.locator(".kompetens-outcome")).to_be_focused()
    expect(desk.inside.locator(".kompetens-outcome")).to_contain_text("Poäng: 0 av 3")
    expect(desk.inside.locator(".kompetens-option").first).to_contain_text("kan avslöja")
    desk.look()
    desk.to("Visa det rätta")
    desk.page.keyboard.press("Enter")
    expect(desk.inside.get_by_text("Det här är också rätt")).to_have_count(2)
    desk.to("Försök igen")
    desk.page.keyboard.press("Enter")
    for text in ("Frågar vad hon tror", "Skriver ner", "Ringer kollegan"):
        desk.choose(text)
    desk.page.keyboard.press("Enter")
    expect(desk.inside.locator(".kompetens-outcome")).to_contain_text("Poäng: 3 av 3")
    expect(desk.block.locator("[data-h5p-result]")).to_contain_text("3 av 3")


# Chromium without a screen takes its own time to fill it: what the page does then is looked at.
FULL_SCREEN = """() => {
  const block = document.querySelector("[data-h5p]");
  const turn = (element) => async () => {
    Object.defineProperty(document, "fullscreenElement", { configurable: true, value: element });
    document.dispatchEvent(new Event("fullscreenchange"));
  };
  block.requestFullscreen = turn(block);
  document.exitFullscreen = turn(null);
}"""


def test_in_full_screen_the_way_back_and_the_way_out_of_the_page_are_there(
    new_visitor: Callable[..., Visitor],
) -> None:
    phone = Playing(new_visitor(PHONE), CONVERSATION, "Samtalet med Tove")
    leave = phone.block.get_by_role("button", name="Lämna sidan snabbt")
    expect(leave).to_be_hidden()
    phone.page.evaluate(FULL_SCREEN)
    turn = phone.block.get_by_role("button", name=re.compile("^Helskärm"))
    turn.press("Enter")
    expect(leave).to_be_visible()
    phone.look()
    phone.block.get_by_role("button", name="Lämna helskärm").press("Enter")
    expect(turn).to_be_visible()
    expect(leave).to_be_hidden()
    turn.press("Enter")
    leave.press("Enter")
    phone.page.wait_for_url("**/lamna/")


def test_a_large_content_on_a_slow_network_is_waited_for_and_said_to_be_on_its_way(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor(PHONE)
    page = visitor.page
    Learner(visitor).log_in_plainly("medarbetare")
    page.wait_for_url(lambda address: "/logga-in/" not in address)
    page.clock.install()
    let_go: list[bool] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        """Until the test lets them go."""
        if let_go:
            route.continue_()
        else:
            held.append(route)

    page.route(re.compile(r"/h5p/bibliotek/.*\.js"), hold)
    page.goto(CONVERSATION)
    block = page.locator("[data-h5p]")
    with page.expect_request(re.compile(r"/h5p/bibliotek/.*\.js")):
        block.get_by_role("button", name="Öppna").click()
    expect(block.locator("[data-h5p-state]")).to_have_text("Öppnar…")
    page.clock.fast_forward(60_000)
    expect(block.locator("[data-h5p-state]")).to_contain_text("fortfarande på väg")
    visitor.look()
    let_go.append(True)
    for route in held:
        route.continue_()
    expect(block).to_have_attribute("data-standing", "playing")
    expect(block.get_by_role("alert")).to_be_hidden()
