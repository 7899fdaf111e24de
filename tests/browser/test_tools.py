"""A tool prints on exactly one A4, the largest that may be written too."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from courses.pages.blocks import tools
from courses.pages.printing import is_roomy
from tests.browser.visitor import Visitor
from tests.program import Program, manage

pytestmark = pytest.mark.browser

A4 = (595, 842)  # points
WORDS = "Socialsekreteraren stämmer av med relationsvåldsteamet innan nästa möte bokas. "
MAKE = """
import json
from courses.pages.models import CoursePage, LessonPage
course = CoursePage.objects.get(slug="freda")
content = [("tool", tool) for tool in json.loads({tools!r})]
course.add_child(instance=LessonPage(
    title="Lektionen med verktygen", slug="verktygen", objective="Du kan skriva ut.", minutes=5,
    body=[("screen", {{"heading": "Verktyg", "content": content}})],
))
"""


def filled(length: int) -> str:
    return (WORDS * 5)[:length].strip()


def tool(key: str, parts: int, items: int, letters: int) -> dict[str, Any]:
    return {
        "key": key,
        "kind": "guide",
        "title": filled(min(letters, tools.LONGEST_TITLE)),
        "when": filled(min(letters, tools.LONGEST_WHEN)),
        "sections": [
            {
                "heading": filled(min(letters, tools.LONGEST_HEADING)),
                "items": [filled(min(letters, tools.LONGEST_ITEM))] * (items // parts),
            }
        ]
        * parts,
    }


LARGEST = tool("storst", tools.SECTIONS[1], tools.ITEMS, 1000)
ROOMIEST = tool("rymligast", tools.SECTIONS[0], tools.ITEMS, 70)


def test_a_tool_is_one_sheet_of_paper(
    program: Program, new_visitor: Callable[..., Visitor]
) -> None:
    assert (is_roomy(LARGEST), is_roomy(ROOMIEST)) == (False, True)
    made = MAKE.format(tools=json.dumps([LARGEST, ROOMIEST]))
    manage(program.data, "shell", "-v", "0", "-c", made)
    visitor = new_visitor()
    visitor.log_in("medarbetare")
    visitor.go("/kurser/freda/verktygen/")
    for key in ("storst", "rymligast"):
        visitor.go("/kurser/freda/verktygen/")
        visitor.page.locator(f"#verktyg-{key}").get_by_role("link", name="Skriv ut").click()
        expect(visitor.page.get_by_role("button", name="Skriv ut")).to_be_visible()
        visitor.look()
        paper = PdfReader(io.BytesIO(visitor.page.pdf(format="A4", prefer_css_page_size=True)))
        assert [tuple(map(round, page.mediabox[2:])) for page in paper.pages] == [A4]
        said = paper.pages[0].extract_text()
        assert "Lektionen med verktygen" in said
        assert "Behöver du själv stöd" not in said
