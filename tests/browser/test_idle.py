"""Who has been away is asked before being signed out, and one key is enough to stay."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.learner import Learner
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
ASKED = "Är du kvar?"


@pytest.fixture
def page(new_visitor: Callable[..., Visitor]) -> Page:
    """Min utbildning, by a clock that the test winds on."""
    visitor = new_visitor(color_scheme="dark")
    visitor.page.clock.install()
    Learner(visitor).log_in_plainly("medarbetare")
    expect(visitor.page.locator("dialog[data-state=here]")).to_be_attached()
    return visitor.page


def _stay_with(page: Page, key: str) -> None:
    page.clock.fast_forward("57:30")
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.clock.fast_forward("00:45")
    dialog = page.get_by_role("alertdialog", name=ASKED)
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Fortsätt vara inloggad")).to_be_focused()
    with page.expect_response("**/konto/kvar/") as answer:
        page.keyboard.press(key)
    assert answer.value.status == 200
    expect(dialog).to_be_hidden()
    # The page has read the answer: from then on it counts.
    expect(page.locator("dialog[data-state=here]")).to_be_attached()


def test_one_key_is_enough_to_stay_and_another_tab_counts(page: Page) -> None:
    for key in ("Enter", "Space", "Escape"):
        _stay_with(page, key)
    page.clock.fast_forward("59:00")
    dialog = page.get_by_role("alertdialog", name=ASKED)
    expect(dialog).to_be_visible()
    page.context.new_page().goto(page.url)
    page.clock.run_for(20_000)
    expect(dialog).to_be_hidden()


def test_the_end_is_told_and_who_logs_in_again_comes_back(page: Page) -> None:
    # How long it holds is what the server says: here not as long as one may be away.
    page.route("**/konto/kvar/", lambda route: route.fulfill(json={"idle": 3600, "longest": 3000}))
    _stay_with(page, "Enter")
    page.unroute("**/konto/kvar/")
    page.clock.fast_forward("49:00")
    day = page.get_by_role("alertdialog", name="Snart behöver du logga in igen")
    expect(day).to_be_visible()
    page.route("**/konto/kvar/", lambda route: route.fulfill(json={"idle": 3600, "longest": 60}))
    day.get_by_role("button", name="Jag förstår").click()
    page.clock.run_for(20_000)
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.unroute("**/konto/kvar/")
    page.context.clear_cookies(name="sessionid")
    page.clock.fast_forward("01:00")
    over = page.get_by_role("alertdialog", name="Du har loggats ut")
    expect(over).to_be_visible()
    over.get_by_role("button", name="Logga in igen").click()
    page.wait_for_url("**/logga-in/?next=/min-utbildning/")
