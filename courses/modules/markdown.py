"""Markdown of module files to the rich text that the editor keeps: no more than both can say."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from courses.sources.marks import MARKDOWN, Mark, as_link
from foundation.problems import Problem

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def _citation(state: StateInline, silent: bool) -> bool:
    """`[@key, "place"]` as one token: what stands in the place is no Markdown."""
    match = MARKDOWN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match[0]
        place = " ".join((match[2] or match[3] or "").split())
        token.meta = {"mark": Mark(match[1], place)}
    state.pos = match.end()
    return True


def _cited(_renderer: RendererHTML, tokens: Sequence[Token], at: int, *_more: Any) -> str:
    return as_link(tokens[at].meta["mark"])


# A line that begins with a citation and a colon is no definition of a link.
PARSER = MarkdownIt("commonmark", {"html": False}).disable("reference")
PARSER.inline.ruler.before("link", "citation", _citation)
PARSER.add_render_rule("citation", _cited)
# What a token needs of the editor's features; anything else can't be kept.
FEATURE_OF = {
    "paragraph": None,
    "inline": None,
    "text": None,
    "text_special": None,
    "softbreak": None,
    "hardbreak": None,
    "list_item": None,
    "bullet_list": "ul",
    "ordered_list": "ol",
    "strong": "bold",
    "em": "italic",
    "link": "link",
    "citation": "citation",
    "heading": "h3",
    "blockquote": "blockquote",
}

PARAGRAPHS_MEET = ["paragraph_close", "paragraph_open"]


def rich_text(
    markdown: str, features: list[str], *, file: str, line: int, problems: list[Problem]
) -> str:
    """HTML as the editor would save it. `line` is where the text begins in its file, from 1.

    What the editor can't keep (other headings, images, tables, HTML) becomes a problem.
    """
    tokens = PARSER.parse(markdown)
    for token, at in _with_lines(tokens):
        name = re.sub(r"_(open|close)$", "", token.type)
        feature = FEATURE_OF.get(name, "")
        fits = feature is None or feature in features
        if name == "heading" and token.tag != "h3":
            fits = False
        if not fits and not token.type.endswith("_close"):
            problems.append(
                Problem(
                    file,
                    _("line %(number)d") % {"number": line + at},
                    token.content or token.markup or token.type,
                    _("only paragraphs, %(features)s") % {"features": _in_words(features)},
                )
            )
    _tighten(tokens)
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    return _as_saved(html, tuple(features))


def _with_lines(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Every token with its line, from 0; the parts of a line have the line of their block."""
    at = 0
    for token in tokens:
        at = token.map[0] if token.map else at
        yield token, at
        for child in token.children or []:
            yield child, at


def _tighten(tokens: list[Token]) -> None:
    """The editor has no paragraphs inside list items, and every paragraph of a quote is a quote."""
    holders: list[str] = []
    for at, token in enumerate(tokens):
        if token.type in ("list_item_open", "blockquote_open"):
            holders.append(token.type)
        elif token.type in ("list_item_close", "blockquote_close"):
            holders.pop()
        elif holders and token.type.startswith("paragraph"):
            token.hidden = True
            quoted = holders[-1] == "blockquote_open"
            if quoted and [one.type for one in tokens[at : at + 2]] == PARAGRAPHS_MEET:
                token.type, token.tag, token.hidden = "blockquote_close", "blockquote", False
                tokens[at + 1].type, tokens[at + 1].tag = "blockquote_open", "blockquote"
                holders.pop()


@cache
def _converter(features: tuple[str, ...]) -> ContentstateConverter:
    return ContentstateConverter(features=list(features))


def _as_saved(html: str, features: tuple[str, ...]) -> str:
    """What opening the text in the editor and saving it gives, without its random block names."""
    converter = _converter(features)
    saved = converter.to_database_format(converter.from_database_format(html))
    return BLOCK_KEY.sub("", saved)


def _in_words(features: list[str]) -> str:
    names = {
        "h3": _("### headings"),
        "bold": _("bold"),
        "italic": _("italics"),
        "ul": _("lists"),
        "ol": _("numbered lists"),
        "link": _("links"),
        "citation": _("citations"),
        "blockquote": _("quotes"),
    }
    return ", ".join(names[feature] for feature in features)
