"""What a coordinator asks, answered from their start page in three clicks."""

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from foundation.components.dates import swedish_date
from tests.browser.visitor import Visitor
from tests.program import Program, manage

pytestmark = pytest.mark.browser

AREA = "ekonomiskt bistånd"
# The plain reading of the rule, one person at a time; nothing of what the page reads.
COUNT = """
import json
from collections import defaultdict
from datetime import date
from foundation.arguments import a_moment_or_day
from tracking.status.queries import status_table
from tracking.status.rules import Status
day, known, area, unit_codes = {given!r}
table = status_table(
    as_of=date.fromisoformat(day), known_at=a_moment_or_day(known) if known else None
)
counted = defaultdict(lambda: [0, 0])
for one in table.results:
    there = {{p.unit for p in one.places if p.area == area}}
    for code in {{code for unit in there for code in table.units.path(unit)}} & set(unit_codes):
        cell = counted[f"{{table.units.units[code].name}}/{{table.targets[one.target].name}}"]
        cell[0] += one.status is Status.DONE
        cell[1] += one.status is not Status.EXEMPT
print(json.dumps({{key: f"{{done}} av {{base}}" for key, (done, base) in counted.items()}}))
"""


class Clicks:
    """Clicks, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def on(self, link: Locator) -> None:
        self.count += 1
        with self.page.expect_navigation():
            link.click()


def test_economic_assistance_in_the_districts_today_and_on_30_april_as_it_was_known_then(
    new_visitor: Callable[..., Visitor], program: Program
) -> None:
    coordinator = new_visitor()
    coordinator.log_in("samordnare")
    page, clicks = coordinator.page, Clicks(coordinator.page)
    expect(page).to_have_url(re.compile("/uppfoljning/$"))
    today = timezone.now().astimezone(ZoneInfo("Europe/Stockholm")).date()
    april = date(today.year - (today <= date(today.year, 4, 30)), 4, 30)
    districts = _districts_on(program, today)

    clicks.on(_choice(page, "Verksamhetsområde", AREA))
    now = _shown(page)
    coordinator.look()
    clicks.on(_choice(page, "Dag", swedish_date(april)))
    expect(page.get_by_text("så som det var känt då")).to_be_visible()
    then = _shown(page)
    coordinator.look()
    assert clicks.count <= 3

    assert now == _counted(program, today.isoformat(), "", districts)
    assert then == _counted(program, april.isoformat(), april.isoformat(), districts)
    assert now != then
    assert {key.partition("/")[0] for key in now} == set(districts.values())


def _choice(page: Page, row: str, label: str) -> Locator:
    """A link of a row of choices."""
    return page.get_by_role("navigation", name=row).get_by_role("link", name=label, exact=True)


def _shown(page: Page) -> dict[str, str]:
    """ "34 av 52" by district and target, as it stands in the table, without the whole city."""
    cells = page.locator("table.overview").evaluate(
        """table => {
            const words = cell => cell.innerText.split("\\n").map(line => line.trim());
            const units = [...table.tHead.rows[0].cells].map(cell => words(cell).join(" "));
            return [...table.tBodies[0].rows]
                .filter(row => !row.matches(".overview__tally, .overview__group"))
                .flatMap(row => [...row.cells].slice(2).map((cell, at) => [
                    `${units[at + 2]}/${words(row.cells[0])[0]}`, words(cell)[1],
                ]))
                .filter(([_, count]) => count);
        }"""
    )
    return {key: " ".join(count.split()) for key, count in cells}


def _districts_on(program: Program, day: date) -> dict[str, str]:
    """Codes and names of the districts in force, as the file says that the city was laid from."""
    with (program.data / "demo" / "organisation.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {
        row["kod"]: row["namn"]
        for row in rows
        if row["typ"] == "stadsdelsnamnd"
        and row["fran"] <= day.isoformat()
        and (not row["till"] or row["till"] >= day.isoformat())
    }


def _counted(program: Program, day: str, known: str, districts: dict[str, str]) -> dict[str, str]:
    given = (day, known, AREA, list(districts))
    said = manage(program.data, "shell", "-v", "0", "-c", COUNT.format(given=given))
    found: dict[str, str] = json.loads(said.splitlines()[-1])
    return found
