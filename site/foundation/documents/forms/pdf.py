"""PDF by Typst: tagged, PDF/UA-1 and PDF/A-2a, the texts given as data so that none is markup."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import typst
from django.utils.translation import get_language, gettext

from foundation.documents.forms.base import Form
from foundation.documents.parts import Document, Figure, Heading, Paragraph, Part, Table
from foundation.documents.typeset import FONTS, drawable
from foundation.documents.wide import on_paper
from foundation.documents.words import about_lines, shown

TEMPLATE = Path(__file__).with_name("pdf.typ")
# A table of more columns than this is read on a lying page; one of figures counts half.
WIDE = 6
# Letters after which a longer cell gets no more room.
WIDEST = 36
# A heading of so few letters needs no break.
SHORT = 12
REGIONS = {"en": "GB", "fi": "FI"}
RIGHT = ("number", "share")
WHOLE = ("code", "date", "moment")  # never broken


def _write(document: Document, file: IO[bytes]) -> None:
    made_at = document.about.made_at or datetime.now(UTC)
    file.write(
        typst.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps(as_data(document))},
            pdf_standards=["a-2a", "ua-1"],
            font_paths=FONTS,
            timestamp=int(made_at.timestamp()),
        )
    )


def as_data(document: Document) -> dict[str, Any]:
    """What the template sets, all of it text."""
    about = document.about
    language = (get_language() or "sv")[:2]
    return {
        "language": language,
        "region": REGIONS.get(language, "SE"),
        "platform": "Kompetens mot våld",
        "title": drawable(about.title),
        "subtitle": drawable(about.subtitle),
        "lines": _pairs(about_lines(about)),
        "definitions": _pairs(about.definitions),
        "notes": [drawable(one) for one in about.notes],
        "words": {
            "definitions": gettext("How it is counted"),
            "notes": gettext("To know"),
            "page": gettext("Page"),
            "of": gettext("of"),
            "nothing": gettext("No rows."),
        },
        "parts": _joined(one for part in document.parts for one in _part(part, document.parts)),
    }


def _joined(parts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts, with a heading before a lying page on that page."""
    found: list[dict[str, Any]] = []
    for one in parts:
        if one.get("wide") and found and found[-1]["is"] == "heading":
            one["above"] = found.pop()
        found.append(one)
    return found


def _part(part: Part, beside: Any) -> list[dict[str, Any]]:
    match part:
        case Heading():
            return [{"is": "heading", "text": drawable(part.text), "level": part.level}]
        case Paragraph():
            lines = [drawable(line) for line in part.text.splitlines()]
            return [{"is": "paragraph", "lines": lines}]
        case Figure():
            chart = part.chart
            figure = {
                "is": "figure",
                "title": drawable(chart.title),
                "alt": drawable(chart.described or chart.title),
                "svg": chart.standalone(),
            }
            own = not any(chart.table is one for one in beside)
            return [figure, *(map(_table, on_paper(chart.table)) if own else [])]
        case Table():
            return list(map(_table, on_paper(part)))


def _table(table: Table) -> dict[str, Any]:
    kinds = [column.kind for column in table.columns]
    rows = [
        [drawable(shown(cell, kind)) for cell, kind in zip(row, kinds, strict=False)]
        + [""] * (len(kinds) - len(row))
        for row in table.rows
    ]
    columns = [drawable(column.name) for column in table.columns]
    return {
        "is": "table",
        "title": drawable(table.title),
        "note": drawable(table.note),
        "wide": sum(0.5 if kind in RIGHT else 1 for kind in kinds) > WIDE,
        "head": columns,
        "right": [kind in RIGHT for kind in kinds],
        "code": [kind in WHOLE for kind in kinds],
        "widths": [
            0
            if kind in WHOLE
            else _number_width(columns[at])
            if kind in RIGHT
            else _width([*columns[at].split(), *(row[at] for row in rows)])
            for at, kind in enumerate(kinds)
        ],
        "rows": rows,
    }


def _number_width(head: str) -> int:
    """As little as numbers need, where the heading is short; else its longest word."""
    longest = max(map(len, head.split()), default=0)
    return 0 if len(head) <= SHORT else min(longest, SHORT) + 1


def _width(texts: list[str]) -> int:
    """How much of the room a column of words gets beside the others, by its longest ones; no word
    of its heading is cut."""
    return min(max((len(text) for text in texts), default=1), WIDEST) + 4


def _pairs(rows: list[tuple[str, str]]) -> list[list[str]]:
    return [[drawable(one), drawable(other)] for one, other in rows]


FORM = Form("pdf", "application/pdf", _write)
