"""Logging in with a code from the phone, on the phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.visitor import Visitor
from tests.config.sign_in.second_factor.phones import PASSWORD, Phone
from tests.program import Program, manage

pytestmark = pytest.mark.browser


def test_a_new_administrator_sets_up_the_phone_and_logs_in_with_its_code(
    program: Program, new_visitor: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    who = ("--username=anna", "--email=anna@example.org")
    manage(program.data, "createsuperuser", "--noinput", *who)
    visitor = new_visitor(PHONE)
    page = visitor.page

    def give_password() -> None:
        visitor.go("/logga-in/?next=/konto/")
        page.get_by_label("Användarnamn").fill("anna")
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()

    give_password()
    page.wait_for_url("**/logga-in/telefon/")
    visitor.look()
    expect(page.get_by_role("img", name="QR-kod")).to_be_visible()
    phone = Phone(page.locator("code").inner_text().replace(" ", ""))
    page.get_by_role("textbox", name="Kod").fill(phone.code())
    page.keyboard.press("Enter")
    page.wait_for_url("**/konto/reservkoder/")
    visitor.look()
    expect(page.locator("li code")).to_have_count(10)
    page.get_by_role("button", name="Jag har sparat dem").click()
    page.wait_for_url("**/konto/")
    visitor.look()
    page.get_by_role("button", name="Logga ut överallt").click()
    page.wait_for_url("**/logga-in/")

    give_password()
    page.wait_for_url("**/logga-in/kod/")
    visitor.look()
    code = page.get_by_role("textbox", name="Kod")
    expect(code).to_be_focused()
    code.fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Koden är fel")).to_be_visible()
    visitor.look()
    code.fill(phone.code(later=1))
    page.keyboard.press("Enter")
    page.wait_for_url("**/konto/")
