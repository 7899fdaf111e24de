"""Of what stands many times over each kind is judged once; the one that is wrong is found."""

import pytest
from playwright.sync_api import Browser

from tests.browser.looked_over import objections
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
