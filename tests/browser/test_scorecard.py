"""A key contact fills in and signs; the coordinator sees it, and closes the period."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def last_ended() -> str:
    """The period that the demo leaves to be signed: the last one that is over."""
    return ended()[-1]


def ended() -> list[str]:
    """The periods that are over; the last but one is closed in the demo."""
    on = datetime.now(ZoneInfo("Europe/Stockholm")).date()
    ends = (((4, 30), "T1"), ((8, 31), "T2"), ((12, 31), "VB"))
    return [
        f"{year}-{name}"
        for year in (on.year - 1, on.year)
        for (month, day), name in ends
        if date(year, month, day) < on
    ]


def test_from_the_first_line_to_the_city_s_closing(new_visitor: Callable[..., Visitor]) -> None:
    period = last_ended()
    visitor = new_visitor(PHONE)
    visitor.log_in("nyckelperson")
    expect(visitor.page.get_by_role("heading", name="Vårt styrkort")).to_be_visible()
    page = visitor.page
    visitor.go(f"/styrkort/SDN-JARVA/?period={period}")
    expect(page.get_by_text("2 saker saknas innan ni kan signera")).to_be_visible()
    for _left in range(2):
        page.get_by_role("link", name="Fyll i").first.click()
        visitor.look()
        page.get_by_label("Pågår").check()
        page.get_by_label("Kommentar för perioden").fill("Vi har kommit en bit.")
        page.get_by_role("button", name="Spara", exact=True).click()
        expect(page.get_by_text("Sparat:")).to_be_visible()
    page.get_by_role("link", name="Gå igenom och signera").click()
    visitor.look()
    page.get_by_role("button", name="Signera för nämnden").click()
    expect(page.get_by_text("Signerat. Siffrorna och texten är sparade")).to_be_visible()
    visitor.look()

    coordinator = new_visitor(DESK)
    coordinator.log_in("samordnare")
    coordinator.go(f"/styrkort/staden/?period={period}")
    city = coordinator.page
    row = city.get_by_role("row", name="Järva stadsdelsnämnd")
    expect(row.get_by_text("Signerat")).to_be_visible()
    city.get_by_role("link", name="Stäng perioden").click()
    coordinator.look()
    city.get_by_role("button", name="Stäng perioden").click()
    expect(city.get_by_text("Perioden är stängd.")).to_be_visible()
    expect(city.get_by_text("Ej rapporterat").first).to_be_visible()
    coordinator.look()
