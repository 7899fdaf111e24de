"""Mina medarbetare by keyboard: to the people a target is about, through the table, to an act."""

import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.by_keyboard import tab_to
from tests.browser.conftest import DESK, PHONE
from tests.browser.learner import Learner
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

WHERE = """() => {
  const cell = document.activeElement.closest("td, th");
  return cell ? [cell.parentElement.rowIndex, cell.cellIndex] : null;
}"""
# What has the focus is seen: no head, no first column and no bar lies over it.
SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return document.activeElement.contains(at) || at.contains(document.activeElement);
}"""


def at(page: Page) -> tuple[int, int]:
    row, column = page.evaluate(WHERE)
    return row, column


def press(page: Page, *keys: str) -> tuple[int, int]:
    for key in keys:
        page.keyboard.press(key)
    assert page.evaluate(SEEN)
    return at(page)


def test_a_manager_exempts_somebody_without_a_mouse(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor(DESK)
    page = visitor.page
    Learner(visitor).log_in_plainly("enhetschef")
    visitor.go("/medarbetare/?status=ej_paborjad&sortera=-namn")
    tab_to(page, lambda _at: bool(page.evaluate(WHERE)))
    first = at(page)
    assert press(page, "ArrowDown", "ArrowRight") == (first[0] + 1, first[1] + 1)
    assert press(page, "End")[1] > 8
    assert press(page, "Control+Home") == (0, 0)
    assert press(page, "PageDown", "Home")[1] == 0
    press(page, "Control+Home", "ArrowDown")
    # One stop is the whole table: Tab leaves it.
    page.keyboard.press("Tab")
    assert page.evaluate(WHERE) is None
    page.keyboard.press("Shift+Tab")
    assert at(page) == (1, 0)

    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="1 vald")).to_be_visible()
    name = page.locator("tbody th a").first.inner_text()
    # On by a link of the page: the choice comes along.
    page.get_by_role("link", name="Namn", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("sortera=namn"))
    expect(page.get_by_role("status").filter(has_text="1 vald")).to_be_visible()
    expect(page.get_by_role("checkbox", name=f"Välj {name}")).to_be_checked()
    visitor.look()

    page.get_by_role("button", name="Registrera undantag").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Registrera undantag")
    expect(page.get_by_text(name)).to_be_visible()
    visitor.look()
    today = timezone.now().astimezone(ZoneInfo("Europe/Stockholm")).date()
    page.get_by_label("Kunskapsmål").select_option(index=3)
    page.get_by_label("Första dagen").fill((today + timedelta(days=300)).isoformat())
    page.get_by_label("Sista dag").fill((today + timedelta(days=330)).isoformat())
    page.get_by_label("slutar snart").check()
    page.get_by_role("button", name="Registrera undantaget").press("Enter")
    expect(page.get_by_text("Undantaget är registrerat för 1 person.")).to_be_visible()
    visitor.look()
    assert visitor.troubles == []


def test_the_heads_stay_and_a_phone_lists_people(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor(PHONE)
    page = visitor.page
    Learner(visitor).log_in_plainly("stadsdelschef")
    visitor.go("/medarbetare/")
    expect(page.locator("td.staff__target").first).to_be_hidden()
    page.get_by_role("link", name="Visa alla mål bredvid personerna").click()
    region = page.locator(".table-region")
    region.evaluate("one => one.scrollTo(400, 900)")
    place = region.bounding_box()
    head = page.locator("thead .staff__target").nth(4).bounding_box()
    name = page.locator("tbody .staff__name").nth(16).bounding_box()
    assert place
    assert head
    assert name
    assert abs(head["y"] - place["y"]) < 6
    assert 30 < name["x"] - place["x"] < 60  # beside the boxes
    visitor.look()
    assert visitor.troubles == []
