"""Of what stands many times over each kind is judged once; the one that is wrong is found."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looked_over import kinds, objections, sameness
from tests.browser.visitor import RULES

pytestmark = pytest.mark.browser

ROW = "<tr><td>{}</td><td><button>Öppna</button></td></tr>"
PAGE = """<!doctype html><html lang="sv"><head><title>Rader</title>
<style>.faint {{ color: #ccc; background: #fff }}</style></head>
<body><main>{heading}<table><thead><tr><th>Vem</th><th>Vad</th></tr></thead>
<tbody>{rows}</tbody></table></main></body></html>"""
WRONG = {
    "button-name": '<tr><td>Alva</td><td><button style="padding: 20px"></button></td></tr>',
    "color-contrast": '<tr><td class="faint">Alva</td><td><button>Öppna</button></td></tr>',
    "label": '<tr><td>Alva</td><td><label for="borta">Namn</label><input></td></tr>',
    "image-alt": '<tr><td><img src="data:,"></td><td><button>Öppna</button></td></tr>',
}


def _found(browser: Browser, rows: list[str], heading: str = "<h1>Rader</h1>") -> set[str]:
    page = browser.new_page()
    page.set_content(PAGE.format(heading=heading, rows="".join(rows)))
    found = {one["id"] for one in objections(page, RULES)}
    page.close()
    return found


def test_many_good_rows_are_good(browser: Browser) -> None:
    assert _found(browser, [ROW.format(n) for n in range(40)]) == set()


@pytest.mark.parametrize("rule", WRONG)
@pytest.mark.parametrize("place", [20, 39])
def test_one_bad_row_among_many_is_found(browser: Browser, rule: str, place: int) -> None:
    rows = [ROW.format(n) for n in range(40)]
    rows[place] = WRONG[rule]
    assert _found(browser, rows) == {rule}


def test_what_is_wrong_with_the_page_itself_is_found(browser: Browser) -> None:
    rows = [ROW.format(n) for n in range(40)]
    assert _found(browser, rows, heading="") == {"page-has-heading-one"}


GOOD = """<!doctype html><html lang="sv"><head><title>Prov</title><style>
.note { color: #767676 } .dark { background: #bbb } .later { visibility: hidden }
</style></head><body><header><a href="#m">Hem</a></header><nav aria-label="Sidor"></nav>
<main id="m"><h1>Prov</h1><div class="box"><p class="note">Text</p></div><h2>Mer</h2>
<button style="padding: 20px">Öppna</button><p class="note later">Sen</p><input type="checkbox"
  aria-label="Ja" style="inline-size: 30px; block-size: 30px"></main></body></html>"""
# A page of the same making with one thing wrong: what stands there, what stands there instead.
ODD = {
    "document-title": ("<title>Prov</title>", ""),
    "html-has-lang": (' lang="sv"', ""),
    "heading-order": ("<h2>Mer</h2>", "<h3>Mer</h3>"),
    "page-has-heading-one": ("<h1>Prov</h1>", "<h2>Prov</h2>"),
    "region": ("</main>", "</main><p>Utanför</p>"),
    "landmark-no-duplicate-main": ("</main>", "</main><main><p>Till</p></main>"),
    "landmark-unique": ("</nav>", '</nav><nav aria-label="Sidor"></nav>'),
    "color-contrast": ('class="box"', 'class="box dark"'),
    "button-name": ("Öppna", ""),
    "label": ('aria-label="Ja"', 'aria-label=""'),
    "target-size": ("</main>", '<a href="#m" style="font-size: 9px">A</a>' * 2 + "</main>"),
    "tabindex": ("<button", '<button tabindex="3"'),
    "aria-hidden-focus": ("<button", '<button aria-hidden="true"'),
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("rule", ODD)
def test_what_axe_objects_to_is_of_a_new_kind(page: Page, rule: str) -> None:
    page.set_content(GOOD)
    assert objections(page, RULES) == []
    met = kinds(page)
    page.set_content(GOOD.replace(*ODD[rule]))
    assert rule in {one["id"] for one in objections(page, RULES)}
    assert kinds(page) - met


def test_other_words_are_of_no_new_kind_and_what_was_unseen_is(page: Page) -> None:
    page.set_content(GOOD)
    met = kinds(page)
    page.set_content(GOOD.replace("Text", "Andra ord"))
    assert kinds(page) <= met
    page.set_content(GOOD.replace(" later", ""))
    assert kinds(page) - met


def test_a_page_is_the_same_until_something_on_it_is_not(page: Page) -> None:
    page.set_content(GOOD)
    first = sameness(page)
    assert first is not None
    page.set_content(GOOD)
    assert sameness(page) == first
    page.get_by_label("Ja").check()
    ticked = sameness(page)
    page.get_by_label("Ja").uncheck()
    page.emulate_media(color_scheme="dark")
    dark = sameness(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 844})
    assert len({first, ticked, dark, sameness(page)}) == 4
    page.set_content(GOOD.replace("</main>", "<iframe title='Prov'></iframe></main>"))
    assert sameness(page) is None
