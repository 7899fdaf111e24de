"""What every page is made of, by keyboard, without scripts, and under a reader's own settings."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.learner import Learner
from tests.browser.visitor import SIDEWAYS, Visitor

pytestmark = pytest.mark.browser

STATEMENT = re.compile("/tillganglighet/$")
REPORT = "/tillganglighet/brist/"
# WCAG 1.4.12: nothing may be lost when a reader sets this.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# Controls smaller than 24 by 24 px that are not links in running text (WCAG 2.5.8).
SMALL = """() => [...document.querySelectorAll("a, button, summary, input, select, textarea")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("p, li, td, th, dd, .prose, .visually-hidden, .skip-link"))
  .filter((one) => !one.classList.contains("skip-link"))
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([html, box]) => `${html} ${Math.round(box.width)}×${Math.round(box.height)}`)"""  # noqa: E501
CLIPPED = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((one) => one.checkVisibility() && one.children.length === 0 && one.textContent.trim())
  .filter((one) => !one.closest(".visually-hidden, .skip-link, .table-region, textarea, pre, svg"))
  .filter((one) => getComputedStyle(one).overflow === "hidden" && one.scrollHeight > one.clientHeight + 1)
  .map((one) => one.outerHTML.slice(0, 80))"""  # noqa: E501

FRAMES = {
    "medarbetare": ("/min-utbildning/", "/kurser/freda/varfor-fraga/"),
    "enhetschef": ("/medarbetare/",),
    "samordnare": ("/uppfoljning/",),
}
QUICK = """() => Math.max(...[...document.querySelectorAll(".button")]
  .map((one) => parseFloat(getComputedStyle(one).transitionDuration)))"""
FILL = "getComputedStyle(document.querySelector('{}')).fill"


def _focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.innerText.trim()")
    return text


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if _focused(page).endswith(wanted):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"Tab never came to {wanted}")


def test_the_person_s_menu_by_keyboard_alone(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor()
    visitor.log_in("medarbetare")
    page = visitor.page
    menu = page.locator(".person-menu__sheet")
    _tab_to(page, "Samira Nyström")
    expect(menu).to_be_hidden()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    visitor.look()
    page.keyboard.press("Tab")
    assert _focused(page) == "Mitt konto"
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert _focused(page).endswith("Samira Nyström")
    page.keyboard.press("Space")
    expect(menu).to_be_visible()
    _tab_to(page, "Min utbildning")  # the focus has moved on: the menu is in nobody's way
    expect(menu).to_be_hidden()
    page.locator(".person-menu summary").click()
    page.mouse.click(400, 600)
    expect(menu).to_be_hidden()
    page.locator(".person-menu summary").click()
    page.get_by_role("button", name="Logga ut", exact=True).click()
    page.wait_for_url("**/logga-in/**")


def test_without_scripts_the_menu_opens_and_a_report_is_sent(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor(java_script_enabled=False)
    page = visitor.page
    page.goto("/tillganglighet/")
    page.get_by_role("link", name="Rapportera det som inte fungerar").click()
    with visitor.expecting_failures():
        page.get_by_role("button", name="Skicka rapporten").click()
        expect(page.get_by_role("alert")).to_contain_text("Vad fungerar inte?")
    expect(page.get_by_label("Vilken sida")).to_have_value(STATEMENT)
    page.get_by_label("Vad fungerar inte?").fill("Knappen syns inte.")
    page.get_by_role("button", name="Skicka rapporten").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack")


def test_a_report_by_keyboard_alone_and_sent_once(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor((320, 640), color_scheme="dark")
    page = visitor.page
    visitor.go("/tillganglighet/")
    visitor.go(REPORT)
    _tab_to(page, "Skicka rapporten")
    with visitor.expecting_failures():
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_focused()
    visitor.look()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Vad fungerar inte?")).to_be_focused()
    page.keyboard.type("Texten går inte att förstora.")
    _tab_to(page, "Skicka rapporten")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack")
    visitor.look()
    # With scripts a second press does nothing.
    visitor = new_visitor()
    page = visitor.page
    page.goto(REPORT)
    page.get_by_label("Vad fungerar inte?").fill("Två gånger.")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.get_by_role("button", name="Skicka rapporten").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack")
    assert len(sent) == 1


def test_a_reader_s_own_settings_lose_nothing(new_visitor: Callable[..., Visitor]) -> None:
    # 320 px wide is 1280 at four times the size (1.4.10).
    for role, paths in FRAMES.items():
        visitor = new_visitor((320, 640), forced_colors="active", reduced_motion="reduce")
        page = visitor.page
        Learner(visitor).log_in_plainly(role)
        page.wait_for_url(lambda address: "/logga-in/" not in address)
        for path in paths:
            page.goto(path)
            assert page.evaluate(SMALL) == []
            page.evaluate(SPACED)
            assert page.evaluate(SIDEWAYS) <= 0, path
            assert page.evaluate(CLIPPED) == []
            assert page.evaluate(QUICK) < 0.001
    # In the reader's own colours a bar is still told from its ground: the coordinator's has none.
    visitor = new_visitor(forced_colors="active")
    Learner(visitor).log_in_plainly("enhetschef")
    visitor.page.locator(".bar__ground").first.wait_for(state="attached")
    assert visitor.page.evaluate(FILL.format(".bar__late, .bar__done")) != visitor.page.evaluate(
        FILL.format(".bar__ground")
    )


def test_every_component_of_the_catalogue_is_sound(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor((768, 1024), color_scheme="dark")
    visitor.log_in("samordnare")
    # The same part stands several times on a page, and one of its examples holds the whole header.
    visitor.left_out = ("landmark-unique",)
    visitor.go("/komponenter/")
    of_all = "all => all.map((a) => a.getAttribute('href'))"
    links = visitor.page.locator("main h2 a").evaluate_all(of_all)
    assert len(links) == 8
    for link in links:
        visitor.go(link)
