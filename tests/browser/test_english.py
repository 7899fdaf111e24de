"""In English: the pages people meet most, with no Swedish but what says of itself that it is."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.contracts.messages import ROOT
from tests.program import Program

pytestmark = pytest.mark.browser
PAGES = {
    "medarbetare": (
        "/min-utbildning/",
        "/kurser/freda/",
        "/kurser/freda/varfor-fraga/3/",
        "/jobb/",
    ),
    "enhetschef": ("/medarbetare/",),
    "samordnare": ("/uppfoljning/",),
}
# Text a reader meets, by eye or by ear, with the language that the nearest element around it says.
SAID = """() => {
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const add = (text, element) => {
    const words = text.replace(/\\s+/g, " ").trim();
    if (words && element.closest("[lang]").lang !== "sv") said.push(words);
  };
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    if (!["SCRIPT", "STYLE"].includes(around.tagName)) add(walker.currentNode.data, around);
  }
  for (const element of document.body.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^(aria-label|title|alt|placeholder|data-words.*)$/.test(name)) add(value, element);
    }
  }
  return said;
}"""
# What facts call units, people and work is Swedish wherever it stands.
FACTS = (
    "SELECT name FROM tracking_unit UNION SELECT provider FROM tracking_course "
    "UNION SELECT first_name || ' ' || last_name FROM tracking_person "
    "UNION SELECT position FROM tracking_employment "
    "UNION SELECT business_area FROM tracking_employment"
)


def _swedish_texts() -> set[str]:
    """What the Swedish catalogue says in other words than the English page does."""
    entries = polib.pofile(str(ROOT / "site/locale/sv/LC_MESSAGES/django.po"))
    texts = {(e.msgid, text) for e in entries for text in (e.msgstr, *e.msgstr_plural.values())}
    english = {e.msgid for e in entries}
    return {text.strip() for msgid, text in texts if text != msgid} - english - {""}


def _facts(data: Path) -> set[str]:
    with sqlite3.connect(data / "kompetens.sqlite3") as database:
        return {text for (text,) in database.execute(FACTS)}


def test_pages_in_english_say_what_is_swedish(
    new_visitor: Callable[..., Visitor], program: Program
) -> None:
    facts = _facts(program.data)
    swedish = _swedish_texts() - facts
    named = {word for text in facts for word in re.findall(r"\w+", text)}
    found = []
    for role, pages in PAGES.items():
        visitor = new_visitor()
        visitor.log_in(role)
        visitor.page.get_by_role("button", name="English").click()
        expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
        for page in pages:
            visitor.go(page)
            for text in visitor.page.evaluate(SAID):
                foreign = set(re.findall(r"\w*[åäöÅÄÖ]\w*", text)) - named
                if text in swedish or foreign:
                    found.append((page, text))
    assert found == []
