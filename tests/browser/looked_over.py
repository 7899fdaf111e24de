"""What axe objects to on a page; of what stands there many times over it judges each kind once."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What the things on a page are, and whether two pages are one: `window.kinds`.
KINDS = (Path(__file__).parent / "kinds.js").read_text("utf-8")
OBJECTIONS = """options => axe.run({ exclude: kinds.alike() }, options).then(found =>
  found.violations.map(one => ({
    id: one.id,
    help: one.help,
    places: one.nodes.slice(0, 3).map(node => node.target.flat().join(" ")).join(", "),
  })))"""
AXE: str = Axe().axe_script


def objections(page: Page, options: dict[str, object]) -> list[dict[str, str]]:
    """Each rule of axe that is broken: its id, what would help, and the first places."""
    _give_kinds(page)
    # Once, however often the page is looked over.
    if not page.evaluate("Boolean(window.axe?.run)"):
        page.evaluate(AXE)
    found: list[dict[str, str]] = page.evaluate(OBJECTIONS, options)
    return found


def kinds(page: Page) -> set[str]:
    """Of what kinds the things on the page are."""
    _give_kinds(page)
    return set(page.evaluate("kinds.all()"))


def sameness(page: Page) -> int | None:
    """A number that two pages share when axe would say the same of them; None: that is not known.

    In it: everything that stands there, with its state, in the same window and theme.
    """
    _give_kinds(page)
    said: str = page.evaluate("kinds.same()")
    return hash(said) if said else None


def _give_kinds(page: Page) -> None:
    if not page.evaluate("Boolean(window.kinds)"):
        page.evaluate(KINDS)
