"""Tools to print."""

from typing import Any

from django.utils.translation import gettext as _

from courses.modules.blocks.source import BlockSource, judge_number, key_of
from courses.pages.blocks import tools


def tool(source: BlockSource) -> dict[str, Any]:
    """A checklist or conversation guide that fits on one page."""
    fields = source.fields
    sections = []
    for one in fields.mappings("sections"):
        heading = one.text("heading", longest=tools.LONGEST_HEADING)
        sections.append(
            {"heading": heading, "items": one.texts("items", longest=tools.LONGEST_ITEM)}
        )
        one.done()
    judge_number(fields, "sections", sections, tools.SECTIONS)
    if sum(len(section["items"]) for section in sections) > tools.ITEMS:
        fields.refuse("sections", _("at most %(number)d items in all") % {"number": tools.ITEMS})
    return {
        "key": key_of(fields),
        "kind": fields.choice("kind", [kind for kind, _label in tools.KINDS]),
        "title": fields.text("title", longest=tools.LONGEST_TITLE),
        "when": fields.text("when", longest=tools.LONGEST_WHEN),
        "sections": sections,
    }
