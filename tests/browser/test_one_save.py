"""Who presses the button while the first draft saves itself makes one thing, not two."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.desk import Desk
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
ADD = "/admin/snippets/quizzes/quiz/add/"
TITLE = "Ett prov, en gång"


def test_published_while_it_saves_itself_it_is_made_once(
    new_visitor: Callable[..., Visitor],
) -> None:
    visitor = new_visitor()
    visitor.log_in("utbildare")
    page, desk, on_its_way = visitor.page, Desk(visitor.page), list[Route]()

    def hold(route: Route) -> None:
        """What saves itself asks for JSON; the first of it takes its time."""
        if "json" in route.request.headers["accept"] and not on_its_way:
            on_its_way.append(route)
        else:
            route.continue_()

    desk.open(ADD)
    page.route(f"**{ADD}", hold)
    desk.fill(**{"key": "en-gang", "parts-0-tags": "freda", "parts-0-draw": "2"})
    with page.expect_request(lambda asked: "json" in asked.headers["accept"]):
        # Key by key, as one types: what is filled in at once is taken for how the form began.
        page.locator("[name=title]").press_sequentially(TITLE, delay=200)
    foot = page.locator("footer")
    foot.get_by_role("button", name="Fler åtgärder").click()
    foot.get_by_role("button", name="Publicera").click(no_wait_after=True)
    on_its_way[0].continue_()
    expect(desk.said()).to_contain_text(TITLE)
    page.goto("/admin/snippets/quizzes/quiz/")
    expect(page.get_by_role("link", name=TITLE, exact=True)).to_have_count(1)
    assert visitor.troubles == []
