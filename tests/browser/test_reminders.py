"""A manager reminds: chooses in the list, looks at the mails, adds a line, sends, sees it waits."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
PHONE, DESK = (390, 844), (1280, 900)


def test_a_manager_reminds_those_she_has_chosen(new_visitor: Callable[..., Visitor]) -> None:
    manager = new_visitor(DESK)
    manager.log_in("enhetschef")
    page = manager.page
    manager.go("/medarbetare/")
    for name in ("Samira Nyström", "Farid Lundmark"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Skicka en påminnelse").click()
    page.wait_for_url("**/paminnelser/forhandsgranska/**")
    manager.look()
    manager.look_otherwise(PHONE[0], "dark")
    expect(page.get_by_role("heading", name="2 mejl")).to_be_visible()
    expect(page.get_by_text("Din utbildning:").first).to_be_visible()

    line = page.get_by_label("En egen rad")
    line.fill("Ring om 850709-9805")
    with manager.expecting_failures():
        page.get_by_role("button", name="Skicka 2 påminnelser").click()
        expect(page.get_by_role("alert")).to_be_visible()
        manager.look()
    expect(line).to_have_value("Ring om 850709-9805")

    line.fill("På fredag har alla tid avsatt.")
    page.get_by_role("button", name="Visa mejlen med raden").click()
    expect(page.get_by_text("Hälsning: ”På fredag har alla tid avsatt.”").first).to_be_visible()
    page.get_by_role("button", name="Skicka 2 påminnelser").click()
    page.wait_for_url("**/paminnelser/utskick/**")
    manager.look()
    manager.look_otherwise(PHONE[0], "light")
    expect(page.get_by_text("2 påminnelser är på väg")).to_be_visible()

    # The same people again: both have had it, whoever asks.
    manager.go("/paminnelser/skickade/")
    expect(page.get_by_role("row")).not_to_have_count(1)
    assert manager.troubles == []
