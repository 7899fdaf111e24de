"""What stands on a screen as HTML; what follows from a block's text alone is made once a process.

A text, a note, a case say the same to everybody for as long as they are worded as they are: the
wording itself is the key, with the numbers of the sources it cites and the language. So an edit,
or a source's new number, is another key, and nothing has to be told of it. What asks the database
for anything (a question, an image, a link to a page) is made anew each time.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from django.db import connection
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from courses.pages.blocks.cases import CaseBlock
from courses.pages.blocks.local import LocalBlock
from courses.pages.blocks.tools import ToolBlock
from courses.pages.citations import Citations
from courses.pages.translated import SOURCE

# As many blocks a process; a large city's courses have about four thousand, of 2 KB.
MOST = 4000
# What holds its whole value in itself. A chooser holds the key of a row.
PLAIN = (
    blocks.BooleanBlock,
    blocks.CharBlock,
    blocks.ChoiceBlock,
    blocks.RegexBlock,
    blocks.RichTextBlock,
    blocks.StaticBlock,
    blocks.TextBlock,
)


class Wording(NamedTuple):
    """All that the look of a kept block may follow from."""

    block: str
    stored: str  # its value as it is stored, as JSON
    name: str  # the block's own id, which parts of it are called by
    citations: tuple[tuple[str, int], ...]
    language: str | None
    page_url: str  # of the lesson, where the block leads to pages below it


class Number(NamedTuple):
    """Of a source on a screen, all that a text says."""

    number: int


class _Asked(Exception):
    """What was to be kept asked the database."""


_kept: dict[Wording, SafeString | None] = {}


def content_html(content: StreamValue, page: Mapping[str, Any]) -> SafeString:
    """The blocks of a screen, on a page with this context."""
    in_source = page.get("in_source") or {}
    parts = []
    for place in range(len(content)):
        name = content.raw_data[place].get("id") if in_source and content.is_lazy else None
        if name in in_source:
            where, at = in_source[name] or (content, place)
            parts.append(_source_part(where, at, page))
        else:
            parts.append(_part(content, place, page))
    return mark_safe("".join(parts))  # nosec B308 B703 (each part is escaped)


def _source_part(content: StreamValue, place: int, page: Mapping[str, Any]) -> str:
    """A block that is in the language of the source, on a page in another; it says so."""
    with override(SOURCE):
        html = _part(content, place, page)
    shown = {"html": html, "language": SOURCE, "reads": get_language()}
    return render_to_string("courses/_in_source.html", shown)


def _part(content: StreamValue, place: int, page: Mapping[str, Any]) -> str:
    if content.is_lazy:
        stored = content.raw_data[place]
        block = content.stream_block.child_blocks[stored["type"]]
        if is_plain(block) and not (isinstance(block, CaseBlock) and _is_preview(page)):
            html = _kept_html(block, stored, page)
            if html is not None:
                return html
    child = content[place]
    context = {
        **page,
        "block_id": child.id,
        "page_url": _page_url(child.block, page),
        "for_author": _is_preview(page),
    }
    return conditional_escape(child.render_as_block(context))


def _page_url(block: blocks.Block, page: Mapping[str, Any]) -> str:
    """Empty for what leads nowhere, and in a preview: what is a draft has no pages below it."""
    if not isinstance(block, ToolBlock) or _is_preview(page):
        return ""
    return str(getattr(page.get("page"), "url", None) or "")


def _is_preview(page: Mapping[str, Any]) -> bool:
    return bool(getattr(page.get("request"), "is_preview", False))


def is_plain(block: blocks.Block) -> bool:
    """Whether its value is all in itself, with nothing to be fetched by a key."""
    if isinstance(block, LocalBlock):
        return False  # every reader meets what their own district has written
    if isinstance(block, blocks.StructBlock | TypedTableBlock):
        return all(map(is_plain, block.child_blocks.values()))
    if isinstance(block, blocks.ListBlock):
        return is_plain(block.child_block)
    return isinstance(block, PLAIN)


def _kept_html(
    block: blocks.Block, stored: Mapping[str, Any], page: Mapping[str, Any]
) -> SafeString | None:
    """None where it is not to be kept: it asked the database, as a link to a page does."""
    citations: Citations = page.get("citations") or {}
    wording = Wording(
        block.name,
        json.dumps(stored["value"]),
        stored.get("id") or "",
        tuple((key, citation.number) for key, citation in citations.items()),
        get_language(),
        _page_url(block, page),
    )
    if wording not in _kept:
        while len(_kept) >= MOST:
            _kept.pop(next(iter(_kept)), None)
        _kept[wording] = _made(block, wording)
    return _kept[wording]


def _made(block: blocks.Block, wording: Wording) -> SafeString | None:
    """From the wording and nothing else: no request, no reader, no row."""
    sources = {key: Number(number) for key, number in wording.citations}
    context = {"citations": sources, "block_id": wording.name, "page_url": wording.page_url}
    asked = []

    def refuse(*_query: object) -> None:
        asked.append(True)  # a template may swallow what is raised
        raise _Asked

    with connection.execute_wrapper(refuse), suppress(_Asked):
        value = block.to_python(json.loads(wording.stored))
        html: SafeString = conditional_escape(block.render(value, context))
    return None if asked else html
