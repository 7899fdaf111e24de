"""Accordions and tables."""

from typing import Any

from django.utils.translation import gettext as _

from courses.modules.blocks.source import BlockSource, judge_number
from courses.pages.blocks import order
from foundation.problems import Fields


def accordion(source: BlockSource) -> dict[str, Any]:
    """Parts to open."""
    fields = source.fields
    items = []
    for one in fields.mappings("items"):
        items.append({"title": one.text("title", longest=120), "text": source.html(one, "text")})
        one.done()
    judge_number(fields, "items", items, order.PARTS)
    return {"title": fields.text("title", longest=120), "items": items}


def table(source: BlockSource) -> dict[str, Any]:
    """Rows as long as there are columns; the first cell of each is its heading."""
    fields = source.fields
    columns = fields.texts("columns", longest=order.LONGEST_COLUMN)
    judge_number(fields, "columns", columns, order.COLUMNS)
    rows = fields.entries("rows")
    judge_number(fields, "rows", rows, order.ROWS)
    return {
        "columns": [{"type": "text", "heading": heading} for heading in columns],
        "rows": [
            {"values": _cells(fields, number, row, len(columns))}
            for number, row in enumerate(rows, start=1)
        ],
        "caption": fields.text("caption", longest=order.LONGEST_CAPTION),
    }


def _cells(fields: Fields, number: int, row: object, columns: int) -> list[str]:
    place = f"rows {number}"
    one = Fields({place: row}, fields.file, fields.place, fields.problems)
    cells = one.entries(place)
    if cells and len(cells) != columns:
        one.refuse(place, _("%(number)d cells, one for each column") % {"number": columns})
    data = dict(enumerate(cells, start=1))
    read = Fields(data, fields.file, fields.at(place), fields.problems)
    return [read.text(at, needed=at == 1) for at in data]
