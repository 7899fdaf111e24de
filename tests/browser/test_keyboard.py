"""By keyboard alone: how a test goes from stop to stop, and past the header."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def test_the_first_stop_of_a_page_leads_past_the_header(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor()
    visitor.log_in("medarbetare")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()
