"""Tools for tomorrow's work: checklists and conversation guides that print on one page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.pages.blocks.keys import key_block

KINDS = [("checklist", _("Checklist")), ("guide", _("Conversation guide"))]
# What fits on one A4; tests/browser prints the largest.
SECTIONS = (2, 4)
ITEMS = 16
LONGEST_TITLE = 100
LONGEST_WHEN = 160
LONGEST_HEADING = 80
LONGEST_ITEM = 160


class ToolSectionBlock(blocks.StructBlock):
    """What belongs together in a tool."""

    heading = blocks.CharBlock(max_length=LONGEST_HEADING, label=_("Heading"))
    items = blocks.ListBlock(
        blocks.TextBlock(rows=1, max_length=LONGEST_ITEM), min_num=1, label=_("Items")
    )

    class Meta:
        icon = "list-ul"
        label = _("Part")


class ToolBlock(blocks.StructBlock):
    """A checklist or conversation guide; it has a page of its own to print."""

    key = key_block()
    kind = blocks.ChoiceBlock(choices=KINDS, default="checklist", label=_("Kind"))
    title = blocks.CharBlock(max_length=LONGEST_TITLE, label=_("Title"))
    when = blocks.CharBlock(
        max_length=LONGEST_WHEN, label=_("When"), help_text=_("When to take it out. One sentence.")
    )
    sections = blocks.ListBlock(
        ToolSectionBlock(), min_num=SECTIONS[0], max_num=SECTIONS[1], label=_("Parts")
    )

    def clean(self, value: Any) -> Any:
        """Refuse what does not fit on the page that is printed."""
        cleaned = super().clean(value)
        if sum(len(section["items"]) for section in cleaned["sections"]) > ITEMS:
            raise StructBlockValidationError(
                non_block_errors=[
                    ValidationError(
                        _("At most %(number)d items in all: it is printed on one page.")
                        % {"number": ITEMS}
                    )
                ]
            )
        return cleaned

    class Meta:
        icon = "clipboard-list"
        label = _("Tool to print")
        description = _("A checklist or conversation guide for tomorrow's work, on one page.")
        template = "courses/blocks/tool.html"
        preview_value = {
            "key": "exempel",
            "kind": "checklist",
            "title": "Fråga i enrum",
            "when": "Inför ett besök där du tänker fråga om våld.",
            "sections": [
                {
                    "heading": "Före mötet",
                    "items": ["Boka ett rum med dörr.", "Boka tolk själv, aldrig en anhörig."],
                },
                {
                    "heading": "När sällskapet är med",
                    "items": [
                        "Säg att alla besök börjar med en stund enskilt.",
                        "Vänta med frågan tills dörren är stängd.",
                    ],
                },
            ],
        }
