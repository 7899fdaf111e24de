"""Search as somebody meets it: on a phone and at a desk, with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def test_somebody_searches_from_any_page(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor(PHONE, color_scheme="dark")
    visitor.log_in("medarbetare")
    page = visitor.page
    page.get_by_role("link", name="Sök").click()
    visitor.look()
    page.get_by_label("Vad letar du efter?").fill("bedömning")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_contain_text("träffar")
    visitor.look()
    assert "bed" not in page.url
    before = page.url
    page.locator(".hits").get_by_role("link").first.click()
    expect(page.get_by_role("button", name="Lämna sidan snabbt").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(before)
    expect(page.get_by_role("heading", level=2)).to_contain_text("träffar")


def test_search_needs_no_script_and_offers_the_nearest_word(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor(DESK, java_script_enabled=False)
    page = visitor.page
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill("medarbetare")
    page.get_by_label("Lösenord").fill("kompetens-demo")
    page.get_by_role("button", name="Logga in").click()
    page.get_by_label("Sök i kurser och lektioner").fill("riskbedöming")
    page.get_by_label("Sök i kurser och lektioner").press("Enter")
    expect(page.get_by_role("heading", name="Inga träffar")).to_be_visible()
    page.get_by_role("button", name="riskbedömning", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("träff")
