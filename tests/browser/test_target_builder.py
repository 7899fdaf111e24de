"""Making a target as a sentence: by keyboard in the narrowest window, and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.by_keyboard import tab_to
from tests.browser.conftest import DESK
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

NARROW = (320, 640)
CHANGE = "/kunskapsmal/andra/K01-GRUND/"


def test_a_target_is_corrected_by_keyboard_and_the_figures_follow(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor(NARROW)
    page = visitor.page
    visitor.log_in("samordnare")
    for path in ("/kunskapsmal/", "/kunskapsmal/mal/K01-GRUND/", CHANGE):
        visitor.go(path)
    tab_to(page, lambda at: at["text"] == "Rätta målet")
    page.keyboard.press("Enter")
    page.wait_for_url("**/utkast/**")
    visitor.look()
    people = page.locator(".effect__people strong")
    before = people.inner_text()
    # Focus, a role, on: it is in the sentence, and what comes of it is counted anew.
    page.locator("#g0-befattning-till").focus()
    page.keyboard.type("enhetschef")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="enhetschef", exact=True).first).to_be_checked()
    expect(page.locator("#mening")).to_contain_text("enhetschef")
    expect(people).not_to_have_text(before)
    expect(page.locator("#g0-befattning-till")).to_be_focused()
    visitor.look()
    page.reload()
    expect(page.get_by_role("checkbox", name="enhetschef", exact=True).first).to_be_checked()
    # Three groups of people with every value of theirs are a long way by Tab.
    tab_to(page, lambda at: at["text"] == "Granska", far=400)
    page.keyboard.press("Enter")
    page.wait_for_url("**/granska/")
    visitor.look()
    tab_to(page, lambda at: at["text"] == "Publicera")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mal/K01-GRUND/")
    expect(page.get_by_role("status")).to_contain_text("Målet är publicerat.")
    expect(page.locator(".versions > li")).to_have_count(2)
    visitor.look()


def test_the_same_without_scripts(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor(DESK, java_script_enabled=False)
    page = visitor.page
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill("samordnare")
    page.get_by_label("Lösenord").fill("kompetens-demo")
    page.get_by_role("button", name="Logga in").click()
    page.goto(CHANGE)
    page.get_by_role("button", name="Gör ett nytt mål från en viss dag").click()
    page.get_by_role("button", name="Samt även andra").click()
    last = page.locator(".people").filter(has=page.locator("select[name$=-chef]")).last
    last.locator("input[name$=-enhet-till]").first.fill("Socialnämnden")
    last.get_by_role("button", name="Lägg till Enhet").first.click()
    expect(page.get_by_role("checkbox", name="Socialnämnden")).to_be_checked()
    page.get_by_role("button", name="Skriv allt som text").click()
    text = page.get_by_label("Vilka målet gäller, som text")
    expect(text).to_have_value(re.compile(r"enhet=SN$"))
    text.fill("befattning=handläggare;lön=1")
    page.get_by_role("button", name="Visa som meningar").click()
    expect(page.locator("mark")).to_have_text("l")
    expect(text).to_have_value("befattning=handläggare;lön=1")
    text.fill("befattning=handläggare")
    page.get_by_role("button", name="Visa som meningar").click()
    expect(page.get_by_role("checkbox", name="handläggare")).to_be_checked()
