"""Blocks that keep much in order: parts to open when needed, a table to look things up in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from courses.pages.blocks.text import CITE_HELP, INNER_FEATURES

PARTS = (2, 6)
COLUMNS = (2, 4)
ROWS = (1, 15)
LONGEST_CAPTION = 200
LONGEST_COLUMN = 60


class AccordionItemBlock(blocks.StructBlock):
    """Something to open."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=INNER_FEATURES, label=_("Text"), help_text=CITE_HELP)

    class Meta:
        icon = "arrow-down-big"
        label = _("Part")


class AccordionBlock(blocks.StructBlock):
    """Parts that are opened one by one."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    items = blocks.ListBlock(
        AccordionItemBlock(), min_num=PARTS[0], max_num=PARTS[1], label=_("Parts")
    )

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        description = _("To open when it is needed. Never what everybody must read.")
        template = "courses/blocks/accordion.html"
        preview_value = {
            "title": "Vanliga invändningar",
            "items": [
                {"title": "Vi hinner inte", "text": "<p>En fråga tar en minut.</p>"},
                {"title": "Det är inte vårt bord", "text": "<p>Det är allas bord.</p>"},
            ],
        }


class TableBlock(TypedTableBlock):
    """A table of short texts, the first cell of a row its heading."""

    text = blocks.TextBlock(rows=2, required=False, label=_("Text"))

    def clean(self, table: TypedTable) -> TypedTable:
        """Refuse a table that nobody could read aloud."""
        problems = list(table_problems(table))
        if problems:
            raise TypedTableBlockValidationError(
                non_block_errors=[ValidationError(problem) for problem in problems]
            )
        return super().clean(table)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("To look things up in: two to four columns, the first one its headings.")
        template = "courses/blocks/table.html"
        preview_value = {
            "caption": "Vem hjälper vem?",
            "columns": [
                {"type": "text", "heading": "Situation"},
                {"type": "text", "heading": "Vänd dig till"},
            ],
            "rows": [
                {"values": ["Någon är i fara nu", "112"]},
                {"values": ["Du är osäker på nästa steg", "Relationsvåldsteamet"]},
            ],
        }


def table_problems(table: TypedTable) -> list[str]:
    """What keeps a table from being read, in words."""
    headings = [column["heading"] for column in table.columns]
    first = [row["values"][0] for row in table.row_data if row["values"]]
    numbers: dict[str, Any] = {"low": COLUMNS[0], "high": COLUMNS[1], "rows": ROWS[1]}
    judged = [
        (bool(table.caption), gettext("Write what the table shows, as its caption.")),
        (
            COLUMNS[0] <= len(headings) <= COLUMNS[1],
            gettext("From %(low)d to %(high)d columns.") % numbers,
        ),
        (all(headings), gettext("Every column needs a heading.")),
        (ROWS[0] <= len(first) <= ROWS[1], gettext("From 1 to %(rows)d rows.") % numbers),
        (all(first), gettext("The first cell of a row is its heading and can't be empty.")),
    ]
    return [said for fine, said in judged if not fine]
