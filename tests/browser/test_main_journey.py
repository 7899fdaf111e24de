"""A caseworker takes the FREDA module in a browser, and her manager's report shows it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.learner import COURSE, Learner
from tests.browser.quiz_page import rightly
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

LESSONS = sorted(Path("courses/modules/freda").glob("[0-9]*.md"))
NAME = "Samira Nyström"
TARGET = "Fråga om våld och veta vad man gör med svaret"


def _screens() -> int:
    return sum(len(re.findall(r"^## ", path.read_text("utf-8"), re.M)) for path in LESSONS)


def _directives(kind: str) -> int:
    return sum(path.read_text("utf-8").count(f"\n::: {kind}\n") for path in LESSONS)


def test_a_caseworker_takes_freda_and_her_manager_sees_it(
    new_visitor: Callable[..., Visitor],
) -> None:
    """At a desk; on a phone and by keyboard each module is taken in test_every_module."""
    manager = new_visitor()
    manager.log_in("enhetschef")
    expect(manager.page).to_have_url(re.compile("/medarbetare/$"))
    before, done_before = _of_caseworker(manager), _done(manager)

    caseworker = new_visitor()
    learner, page = Learner(caseworker), caseworker.page
    caseworker.log_in("medarbetare")
    expect(page).to_have_url(re.compile("/min-utbildning/$"))
    learner.open_course()
    caseworker.look()
    page.get_by_role("button", name="Börja").click()
    read = learner.read_lessons()
    assert len(read.titles) == len(LESSONS)
    assert (read.screens, read.checks, read.cases) == (
        _screens(),
        _directives("check"),
        _directives("case"),
    )

    caseworker.look()
    page.get_by_role("button", name="Börja provet").click()
    page.wait_for_url("**/prov/**")
    caseworker.look()
    quiz = learner.quiz()
    assert quiz.count == 15
    quiz.answer_all(rightly)
    quiz.wait_until("saved")
    caseworker.look()
    quiz.hand_in()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är godkänd")
    expect(page.locator(".result__score")).to_have_text("15 av 15")
    caseworker.look()

    page.get_by_role("link", name="Till ditt intyg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(COURSE)
    expect(page.locator(".certificate")).to_contain_text(NAME)
    caseworker.look()
    page.get_by_role("link", name="Till Min utbildning").click()
    caseworker.look()
    expect(page.get_by_role("link", name=re.compile(f"^Intyg ?: {COURSE}$"))).to_have_count(1)

    manager.page.reload()
    manager.look()
    after = _of_caseworker(manager)
    changed = {target for target in before if before[target] != after[target]}
    assert changed == {TARGET}
    assert (before[TARGET], after[TARGET]) == ("Ej påbörjad", "Klar")
    assert _done(manager) == done_before + 1

    manager.page.get_by_role("link", name=NAME).click()
    expect(manager.page.get_by_role("heading", level=1)).to_have_text(NAME)
    target = manager.page.locator(".person-targets li", has_text=TARGET)
    expect(target.locator(".status")).to_have_text("Klar")
    manager.look()


def _of_caseworker(manager: Visitor) -> dict[str, str]:
    """What the manager's list says of the caseworker, target by target."""
    table = manager.page.locator("table.staff")
    targets = [head.inner_text().strip() for head in table.locator("thead th").all()[1:]]
    row = table.locator("tbody tr", has=manager.page.get_by_role("link", name=NAME))
    cells = row.locator("td").all()
    assert len(cells) == len(targets)
    return {
        target: " ".join(cell.locator(".status").all_inner_texts()).strip()
        for target, cell in zip(targets, cells, strict=True)
    }


def _done(manager: Visitor) -> int:
    """How many of the unit the report counts as done with the target."""
    meter = manager.page.locator(".meter", has_text=TARGET).inner_text()
    found = re.search(r"(\d+) av \d+", meter)
    assert found, meter
    return int(found[1])
