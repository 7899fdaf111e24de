"""What axe objects to on a page; of what stands there many times over it judges each kind once."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# All that axe judges a thing by, but for its words: what it is, how it is styled, what it says of
# itself, whether it says anything, what it refers to, and whether it has to be scrolled. Every
# other row of a table may be of another colour.
KINDS = """
window.kinds = (() => {
  const REFERRING = ["aria-controls", "aria-describedby", "aria-labelledby", "for", "headers"];
  const ROWS = "tbody > tr, li";
  const there = () => {
    const count = new Map();
    for (const { id } of document.querySelectorAll("[id]")) count.set(id, count.get(id) + 1 || 1);
    return count;
  };
  const attribute = ({ name, value }, ids) => {
    if (name === "role" || name === "type") return `${name}=${value}`;
    const lost = REFERRING.includes(name) && value.split(/\\s+/).some((id) => id && !ids.has(id));
    return lost ? `${name} to nothing` : name;
  };
  const kind = (one, ids) => [
    one.localName,
    ...[...one.classList].sort(),
    ...[...one.attributes].map((each) => attribute(each, ids)),
    ids.get(one.id) > 1 ? `two of ${one.id}` : "",
    one.textContent.trim() ? "says" : "",
    one.scrollWidth > one.clientWidth ? "scrolls" : "",
  ].join(" ");
  const within = (root, ids) => [root, ...root.querySelectorAll("*")].map((one) => kind(one, ids));
  return {
    all: () => [...new Set(within(document.body, there()))],
    alike: () => {
      const ids = there(), met = new Set(), found = [];
      for (const row of document.querySelectorAll(ROWS)) {
        if (row.parentElement.closest(ROWS)) continue;
        const even = [...row.parentElement.children].indexOf(row) % 2;
        const kinds = within(row, ids).map((one) => `${even} ${one}`);
        if (kinds.every((one) => met.has(one))) found.push(row);
        kinds.forEach((one) => met.add(one));
      }
      return found;
    },
  };
})();
"""
OBJECTIONS = """options => axe.run({ exclude: kinds.alike() }, options).then(found =>
  found.violations.map(one => ({
    id: one.id,
    help: one.help,
    places: one.nodes.slice(0, 3).map(node => node.target.flat().join(" ")).join(", "),
  })))"""
SCRIPTS = f"{Axe().axe_script}\n;{KINDS}"


def objections(page: Page, options: dict[str, object]) -> list[dict[str, str]]:
    """Each rule of axe that is broken: its id, what would help, and the first places."""
    _give_scripts(page)
    found: list[dict[str, str]] = page.evaluate(OBJECTIONS, options)
    return found


def kinds(page: Page) -> set[str]:
    """Of what kinds the things on the page are."""
    _give_scripts(page)
    return set(page.evaluate("kinds.all()"))


def _give_scripts(page: Page) -> None:
    """Once, however often the page is looked over."""
    if not page.evaluate("Boolean(window.axe?.run && window.kinds)"):
        page.evaluate(SCRIPTS)
