"""A file is dropped or chosen, tried, seen, mended, brought in and undone, by keyboard too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.by_keyboard import tab_to
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
SECONDS = 30_000
HEAD = "kod;namn;form;minuter\r\n"
BAD = HEAD + "INL-A;Första;extern_webb;30\r\nINL-B;Andra;film;20\r\nINL-C;Tredje;extern_webb;10\r\n"
GOOD = BAD.replace("film", "extern_webb")

DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/csv" }));
  const field = document.querySelector("input[type=file]").closest(".field");
  for (const kind of ["dragenter", "dragover", "drop"])
    field.dispatchEvent(
      new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def drop(page: Page, name: str, text: str) -> None:
    page.evaluate(DROP, [name, text])


def test_a_file_is_dropped_mended_brought_in_and_undone(visitor: Visitor) -> None:
    visitor.log_in("samordnare")
    visitor.go("/inlasning/")
    page = visitor.page
    drop(page, "bild.png", "x")
    expect(page.locator(".drop__said")).to_have_text("Det är ingen CSV- eller Excelfil.")
    page.get_by_label("Vad filen innehåller").select_option("courses")
    drop(page, "kurser.csv", BAD)
    expect(page.locator(".drop__said")).to_have_text("Vald: kurser.csv")
    visitor.look()
    page.get_by_role("button", name="Provläs filen").click()
    page.wait_for_url("**/jobb/**")
    # What is wrong stands in its place, between the rows around it.
    expect(page.locator(".import-place mark")).to_have_text("film", timeout=SECONDS)
    rows = page.locator(".import-place tbody tr")
    expect(rows).to_have_count(3)
    visitor.look()

    # The mended file, by keyboard alone.
    visitor.go("/inlasning/")
    page.locator("input[type=file]").set_input_files(
        {"name": "kurser.csv", "mimeType": "text/csv", "buffer": GOOD.encode()}
    )
    page.get_by_label("Vad filen innehåller").focus()
    page.keyboard.type("Kurser (")
    tab_to(page, lambda at: at["text"] == "Provläs filen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobb/**")
    expect(page.locator(".import-changes tbody tr")).to_have_count(3, timeout=SECONDS)
    visitor.look()
    tab_to(page, lambda at: at["text"] == "Läs in filen")
    page.keyboard.press("Enter")
    expect(page.locator(".job__outcome")).to_contain_text("3 nya, ", timeout=SECONDS)

    visitor.go("/inlasning/")
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.locator(".import-changes tbody tr")).to_have_count(3)
    visitor.look()
    page.get_by_role("button", name="Pröva att ångra").click()
    page.get_by_role("button", name="Ångra inläsningen").click(timeout=SECONDS)
    expect(page.locator(".job__outcome")).to_have_text("3 bort, 0 tillbaka.", timeout=SECONDS)
    visitor.go("/inlasning/")
    expect(page.get_by_role("table").get_by_text("(ångrad)").first).to_be_visible()


def test_without_a_script_a_file_is_chosen_as_anywhere(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor()
    visitor.log_in("samordnare")
    plain = new_visitor(
        java_script_enabled=False, storage_state=visitor.page.context.storage_state()
    ).page
    plain.goto("/inlasning/")
    plain.get_by_label("Vad filen innehåller").select_option("courses")
    plain.locator("input[type=file]").set_input_files(
        {"name": "kurser.csv", "mimeType": "text/csv", "buffer": BAD.encode()}
    )
    plain.get_by_role("button", name="Provläs filen").click()
    plain.wait_for_url("**/jobb/**")
    expect(plain.get_by_role("heading", level=1)).to_contain_text("kurser.csv")
