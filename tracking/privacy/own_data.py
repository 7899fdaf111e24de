"""Everything kept about one person, as JSON and as PDF (docs/formats.md)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext

from foundation.components.dates import swedish_date
from foundation.documents.typeset import drawable
from foundation.intervals import STOCKHOLM
from tracking.privacy.sections import SECTIONS, Owner, Section, Value

FORMAT, VERSION = "kompetens-mina-uppgifter", 1
TEMPLATE = Path(__file__).with_name("own_data.typ")


@dataclass(frozen=True, slots=True)
class OwnData:
    """Every section with its rows, gathered once."""

    owner: Owner
    made_at: datetime
    sections: Sequence[tuple[Section, Sequence[Sequence[Value]]]]


def own_data(owner: Owner, *, now: datetime) -> OwnData:
    """Gather everything the platform keeps about the owner."""
    sections = [(one, [tuple(row) for row in one.rows(owner)]) for one in SECTIONS.values()]
    return OwnData(owner, now, sections)


def as_json(data: OwnData) -> bytes:
    """Sections by code, each a list of objects; dates and moments as ISO 8601."""
    whole: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "skapad": _plain(data.made_at),
    }
    for section, rows in data.sections:
        names = list(section.columns)
        whole[section.code] = [dict(zip(names, map(_plain, row), strict=True)) for row in rows]
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def as_pdf(data: OwnData) -> bytes:
    """PDF/A-2a and PDF/UA-1. The texts reach Typst as data, so nothing in them is markup."""
    document: dict[str, Any] = {
        "title": gettext("My data in Kompetens mot våld"),
        "lead": gettext("Everything the platform has kept about you, on %(day)s.")
        % {"day": swedish_date(data.made_at.astimezone(STOCKHOLM).date())},
        "nothing": gettext("Nothing is kept of this"),
        "empty": [str(section.title) for section, rows in data.sections if not rows],
        "one": [gettext("What is kept"), gettext("Value")],
        "sections": [
            {
                "title": str(section.title),
                "head": [str(label) for label in section.columns.values()],
                "rows": [
                    [drawable(_cut(_shown(value), section.longest_in_pdf)) for value in row]
                    for row in rows
                ],
            }
            for section, rows in data.sections
            if rows
        ],
    }
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(document)},
        pdf_standards=["a-2a", "ua-1"],
        ignore_system_fonts=True,
        timestamp=int(data.made_at.timestamp()),
    )
    return made


def _plain(value: Value) -> str | int | bool | None:
    match value:
        case datetime():
            return value.astimezone(STOCKHOLM).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case _:
            return value


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return gettext("%(begins)s … (all of it in the JSON)") % {"begins": text[:longest]}


def _shown(value: Value) -> str:
    match value:
        case None | "":
            return "–"
        case bool():
            return gettext("yes") if value else gettext("no")
        case datetime():
            return f"{value.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"
        case _:
            return str(_plain(value))
