"""A coordinator's way from the city to a person and back, and to the districts side by side."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

TARGET = "Fråga om våld och veta vad man gör med svaret"
DISTRICT = "Järva stadsdelsnämnd"
PHONE, DESK = 390, 1280


def test_from_the_city_to_a_person_and_back(new_visitor: Callable[..., Visitor]) -> None:
    coordinator = new_visitor((DESK, 900))
    coordinator.log_in("samordnare")
    page = coordinator.page
    expect(page.get_by_role("heading", name="Mål 3")).to_be_visible()
    _both_widths(coordinator)

    _follow(page, page.locator(".goal-line").get_by_role("link", name=TARGET, exact=True))
    expect(page.get_by_role("heading", level=1, name=TARGET)).to_be_visible()
    expect(page.get_by_role("img")).to_have_count(3)
    page.get_by_text("Siffrorna som tabell").first.click()
    _both_widths(coordinator)

    _follow(page, page.locator("table.target-units").get_by_role("link", name=DISTRICT, exact=True))
    expect(page.get_by_text(f"{DISTRICT}:")).to_be_visible()
    late = page.locator("table.target-units tfoot").get_by_role("link").nth(1)
    number = int(re.sub(r"\D", "", late.inner_text().split(",")[0]))
    assert number
    _follow(page, late)
    expect(page.get_by_role("status").filter(has_text=f"{number} ")).to_be_visible()
    person = page.locator("table").get_by_role("rowheader").get_by_role("link").first
    name = person.inner_text()
    _follow(page, person)
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()

    page.go_back()
    page.go_back()
    _follow(page, page.get_by_role("navigation", name="Du är här").get_by_role("link").last)
    expect(page.get_by_text("Stockholms stad:")).to_be_visible()
    _follow(page, page.get_by_role("link", name="Skiljer sig stadsdelarna"))
    expect(page.get_by_role("heading", level=1, name="Likställighet")).to_be_visible()
    _both_widths(coordinator)


def _both_widths(visitor: Visitor) -> None:
    visitor.look()
    visitor.look_otherwise(PHONE, "dark")


def _follow(page: Page, link: Locator) -> None:
    with page.expect_navigation():
        link.click()
