"""By keyboard alone: how a test goes from stop to stop, and past the header."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const on = document.activeElement;
  const block = on.closest("[data-question]");
  return {
    question: block ? Number(block.dataset.question) : 0,
    kind: on.type ?? on.tagName.toLowerCase(),
    text: (on.closest("label") ?? on).innerText.trim().replace(/\\s+/g, " "),
    checked: Boolean(on.checked),
    outlined: on.matches(":focus-visible"),
  };
}"""
FAR = 80  # more stops than the page has


def tab_to(page: Page, wanted: Callable[[dict[str, object]], bool]) -> dict[str, object]:
    """Press Tab until the focus is where it should be; each stop on the way shows its focus."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        at: dict[str, object] = page.evaluate(FOCUSED)
        if wanted(at):
            assert at["outlined"]
            return at
    raise AssertionError(f"Tab never got there from {page.url}")


def test_the_first_stop_of_a_page_leads_past_the_header(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor()
    visitor.log_in("medarbetare")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()
