"""A stranger's package on its way to being tried: uploaded over a slow network, let in, played."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Request, Route, expect

from tests.browser.desk import Desk
from tests.browser.visitor import Visitor
from tests.courses.h5p.packages import library, make_package
from tests.program import Program, manage

pytestmark = pytest.mark.browser
HOSTILE = "<script>window.hit = 1</script> Samtalet"
SCRIPT = """
var Test = Test || {};
Test.Thing = class Thing extends H5P.EventDispatcher {
  attach($container) {
    const button = document.createElement("button");
    button.textContent = "Svara";
    button.addEventListener("click", () => {
      const event = this.createXAPIEventTemplate("answered");
      event.setScoredResult(1, 1, this, true, true);
      this.trigger(event);
    });
    $container[0].append(button);
  }
};
H5P.Thing = Test.Thing;
"""
# That the page has said so on its way, however soon it says something else.
LISTEN = """() => {
  const listen = () => {
    if (/Skickar: [1-9]0 procent/.test(document.body.innerText)) {
      document.documentElement.dataset.said = "procent";
    }
  };
  new MutationObserver(listen)
    .observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
# What is said where it is read aloud: words that change in a place that stands in the page.
HEAR = """() => {
  window.heard = [];
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (!target.matches("[role=status]")) continue;
      for (const words of addedNodes) window.heard.push(words.data);
    }
  }).observe(document.body, { subtree: true, childList: true });
}"""
LIVE = ":is([aria-live], [role=status], [role=alert])"
SIGNED_OUT = "Du är inte längre inloggad"
LESSON = """
from courses.pages.models import LessonPage
print(LessonPage.objects.get(title="Varför vi frågar överallt").pk)
"""


def answering(status: int) -> Callable[[Route], None]:
    """Whatever is asked."""
    return lambda route: route.fulfill(status=status)


def test_a_package_is_uploaded_let_in_and_tried(
    new_visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    good = make_package(
        tmp_path,
        {"content/bild.png": random.Random(8).randbytes(60_000)},
        title=HOSTILE,
        libraries=[library("Test.Thing", (1, 0, 0), js=SCRIPT)],
    )
    bad = tmp_path / "trasig.h5p"
    bad.write_bytes(b"ingen zip")
    trainer, administrator = new_visitor(), new_visitor()

    trainer.log_in("utbildare")
    page = trainer.page
    trainer.go("/admin/h5p/ladda-upp/")
    # So slow that what the page says meanwhile is seen.
    slow = {"offline": False, "latency": 200, "downloadThroughput": -1, "uploadThroughput": 20_000}
    network = page.context.new_cdp_session(page)
    network.send("Network.emulateNetworkConditions", slow)
    page.get_by_label("Paket").set_input_files([good, bad])
    page.evaluate(LISTEN)
    with trainer.expecting_failures():  # one of them is refused
        page.get_by_role("button", name="Ladda upp", exact=True).click()
        expect(page.get_by_role("progressbar", name=good.name)).to_be_visible()
        expect(page.locator("html")).to_have_attribute("data-said", "procent")
        expect(page.get_by_text("inte ett H5P-paket")).to_be_visible()
    expect(page.get_by_text("Det väntar på att administratören godkänner")).to_be_visible()
    network.send("Network.emulateNetworkConditions", slow | {"latency": 0, "uploadThroughput": -1})
    trainer.look()
    page.get_by_role("link", name="Till innehållet").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>window.hit")
    content = page.url

    administrator.log_in("administrator")
    desk = administrator.page
    administrator.go("/admin/h5p-bibliotek/")
    administrator.look()
    desk.get_by_role("region", name="Väntar på ditt beslut").get_by_role("link").first.click()
    administrator.look()
    desk.get_by_role("button", name="Godkänn").click()
    expect(desk.get_by_text("1 innehåll kan nu spelas")).to_be_visible()

    page.goto(content)
    trainer.look()
    page.get_by_role("link", name="Prova", exact=True).click()
    page.get_by_role("button", name="Öppna").click()
    page.frame_locator("[data-h5p-stage] iframe").get_by_role("button", name="Svara").click()
    expect(page.get_by_text("Räknas: innehållet är klart")).to_be_visible()
    trainer.look()
    assert page.evaluate("window.hit") is None


def test_a_file_stays_chosen_when_the_network_and_the_log_in_are_lost(
    new_visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    trainer = new_visitor()
    trainer.log_in("utbildare")
    page = trainer.page
    page.goto("/admin/h5p/ladda-upp/")
    page.evaluate(HEAR)
    row = page.locator("[data-h5p-row]:visible")
    again = row.get_by_role("button", name="Försök igen")
    with trainer.expecting_failures():
        page.route("**/ladda-upp/", lambda route: route.abort("internetdisconnected"))
        page.get_by_label("Paket").set_input_files(make_package(tmp_path))
        page.get_by_role("button", name="Ladda upp", exact=True).click()
        expect(row).to_contain_text("Anslutningen bröts")
        assert page.evaluate("window.heard")[0] == "Väntar på sin tur."
        expect(row.locator(f"{LIVE} {LIVE}, {LIVE}:has({LIVE})")).to_have_count(0)
        expect(page.locator(f"{LIVE} [data-h5p-says]")).to_have_count(0)
        trainer.look()
        page.unroute_all()
        # It ends with the day's work; the token of the forms is still there, or is gone too.
        for gone in ("sessionid", None):
            page.context.clear_cookies(name=gone)
            again.click()
            expect(row).to_contain_text(SIGNED_OUT)
    # In another tab, as the page says.
    other = Visitor(page.context.new_page(), trainer.program)
    other.log_in("utbildare")
    again.click()
    expect(row).to_contain_text("Uppladdat.")
    assert other.troubles == []


def test_the_window_where_content_is_chosen_says_what_became_of_a_file(
    program: Program, new_visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    number = manage(program.data, "shell", "-v", "0", "-c", LESSON).split()[-1]
    trainer = new_visitor((1280, 1200))
    trainer.log_in("utbildare")
    page, desk, sent = trainer.page, Desk(trainer.page), list[Request]()
    desk.open(f"/admin/pages/{number}/edit/")
    desk.add_block("Interaktivt innehåll")
    page.get_by_role("button", name="Välj H5P-innehåll").click()
    window = page.locator(".modal-content")
    window.get_by_role("tab", name="Ladda upp ett paket").click()
    form = window.locator("form[data-h5p-modal-upload]")
    file, says = form.locator("input[type=file]"), form.get_by_role("status")
    button = form.get_by_role("button", name="Ladda upp")
    create = "**/admin/h5p/valj/create/"
    page.on("request", lambda one: sent.append(one) if "/h5p/valj/create" in one.url else None)

    file.set_input_files(make_package(tmp_path, title="Ett möte i trappan"))
    most = form.evaluate("form => form.dataset.h5pMost")
    form.evaluate("form => { form.dataset.h5pMost = '10' }")
    button.click()
    expect(says).to_contain_text("Den skickades inte.")
    assert sent == []
    form.evaluate("(form, most) => { form.dataset.h5pMost = most }", most)

    with trainer.expecting_failures():
        for status, words in ((413, "större än servern tar emot"), (500, "Något gick fel här.")):
            page.route(create, answering(status))
            button.click()
            expect(says).to_contain_text(words)
            page.unroute(create)
        page.route(create, lambda route: route.abort("internetdisconnected"))
        button.press("Enter")
        expect(says).to_contain_text("Anslutningen bröts")
        page.unroute(create)
        for gone in ("sessionid", None):
            page.context.clear_cookies(name=gone)
            button.press("Enter")
            expect(says).to_contain_text(SIGNED_OUT)
        expect(button).to_be_focused()
        # Only what is said here: none of Wagtail's own "Server Error" beside it.
        expect(window.locator(".help-critical")).to_have_count(0)
        assert file.evaluate("file => file.files.length") == 1
        # In another tab, as the window says.
        other = Visitor(page.context.new_page(), trainer.program)
        other.log_in("utbildare")
    button.click()
    expect(window).to_have_count(0)
    expect(page.get_by_text("Ett möte i trappan")).to_be_visible()
    assert other.troubles == []
