"""A file is handed over, tried and brought in, followed by a script and read without one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
COURSES = "kod;namn;form;minuter\r\nNY-KURS;En ny kurs;extern_webb;30\r\n"
TRIED = "1 nya, 0 ändrade, 0 återkallade, 0 oförändrade (provkörning: inget ändrades)."
SECONDS = 30_000


def test_a_file_is_tried_and_brought_in(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor()
    visitor.log_in("samordnare")
    visitor.go("/inlasning/")
    page = visitor.page
    page.get_by_label("Vad filen innehåller").select_option("courses")
    page.locator("input[type=file]").set_input_files(
        {"name": "kurser.csv", "mimeType": "text/csv", "buffer": COURSES.encode()}
    )
    page.get_by_role("button", name="Provläs filen").click()
    page.wait_for_url("**/jobb/**")
    # The script follows it: nobody has to ask for the latest.
    expect(page.locator(".job__outcome")).to_have_text(TRIED, timeout=SECONDS)
    visitor.look()
    page.get_by_role("button", name="Läs in filen").click()
    expect(page.locator(".job__outcome")).to_contain_text("1 nya, ", timeout=SECONDS)
    visitor.go("/jobb/")
    expect(page.get_by_role("row")).to_have_count(3)
    address = page.get_by_role("link", name="Inläsning av").get_attribute("href")

    plain = new_visitor(java_script_enabled=False, storage_state=page.context.storage_state()).page
    plain.goto(str(address))
    expect(plain.locator(".job__state")).to_contain_text("Klar")
