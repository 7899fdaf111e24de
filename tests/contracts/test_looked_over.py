"""Every page that somebody can open is looked over in a browser, on phone, tablet and desk."""

from tests.browser.test_every_page import PAGES
from tests.contracts.test_permission_matrix import OWN, TABLE

# Looked over elsewhere, or no page.
ELSEWHERE = {
    "login": "tests/browser/test_every_page.py, before logging in",
    "quick_exit": "tests/browser/test_every_page.py, before logging in",
    "accessibility:report": "tests/browser/test_page_frame.py",
    "components:catalogue": "tests/browser/test_page_frame.py",
    "jobs:mine": "tests/browser/test_jobs.py",
    "api_pages:document": "no page: a description for programs",
}


def test_a_new_page_is_looked_over() -> None:
    """Pages of a thing are walked by journeys; a page without one stands in PAGES."""
    looked_over = {page.partition("?")[0] for pages in PAGES.values() for page in pages}
    opened = {
        address.name
        for address in OWN
        if "<" not in address.route and "(" not in address.route
        if TABLE[address.name].method == "get"
        if 200 in TABLE[address.name].expected().values()
        if address.path not in looked_over
    }
    assert opened == set(ELSEWHERE)
