"""The editor's rich text as the Markdown of module files: there is one way to write a thing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from markdown_it.token import Token
from mdformat.renderer import MDRenderer

from courses.modules.markdown import PARSER
from courses.sources.marks import LINK_TYPE, TYPED, Mark, as_markdown, mark_of_text

LISTS = {"ul": "bullet_list", "ol": "ordered_list"}
# Outermost first.
EMPHASIS = {"strong": "**", "em": "*"}
NAMES = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
# 1. 2. 3. rather than 1. 1. 1.
# A citation is written as it is: what stands in it is no Markdown.
_CITATIONS = SimpleNamespace(
    RENDERERS={"citation": lambda node, _context: node.content}, POSTPROCESSORS={}
)
OPTIONS: Mapping[str, Any] = {"mdformat": {"number": True}, "parser_extension": [_CITATIONS]}
# 01. is said 1.
_PADDED = re.compile(r"^( *)0+(?=\d+\. )", re.MULTILINE)
# Blanks that Markdown reads as one; a blank that keeps words together is a letter.
BLANKS = " \t\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike: emphasised so, linked there; citations; a line's end (None)."""

    words: str | None
    emphasis: frozenset[str] = frozenset()
    href: str = ""
    is_citation: bool = False


def markdown_of(html: str) -> str:
    """Markdown that reads as this rich text, every paragraph on a line of its own; "" for none.

    Emphasis that Markdown has no way to write where it stands (inside a word, beside a sign) is
    left out of its paragraph; the words never are.
    """
    soup = BeautifulSoup(html, "html.parser")
    _tidy_lists(soup)
    return _written(_blocks(soup.children))


def _written(tokens: Iterable[Token]) -> str:
    written = MDRenderer().render(list(tokens), OPTIONS, {}).strip("\n")
    return _PADDED.sub(r"\1", written)


def _tidy_lists(soup: BeautifulSoup) -> None:
    """Lists that meet are one, as in the editor; points and paragraphs without words are none."""
    for item in soup.find_all(["p", "h3", "blockquote", "li"]):
        if not item.get_text(strip=True) and not item.find("a", linktype=LINK_TYPE):
            item.decompose()
    for one in soup.find_all(list(LISTS)):
        before = one.find_previous_sibling()
        meets = before is not None and before.name == one.name
        if before is not None and meets:
            before.extend(list(one.children))
        if meets or not one.find("li"):
            one.decompose()


def _blocks(nodes: Any) -> Iterator[Token]:
    """The tokens of elements that stand below each other."""
    for node in nodes:
        if not isinstance(node, Tag):
            continue
        if node.name in LISTS:
            yield from _list(node)
        elif node.name == "blockquote":
            yield Token("blockquote_open", "blockquote", 1, markup=">", block=True)
            yield from _paragraph("paragraph", "p", "", list(node.children))
            yield Token("blockquote_close", "blockquote", -1, markup=">", block=True)
        elif node.name == "h3":
            yield from _paragraph("heading", "h3", "###", list(node.children))
        else:
            yield from _paragraph("paragraph", "p", "", list(node.children))


def _list(node: Tag) -> Iterator[Token]:
    kind = LISTS[node.name]
    markup = "-" if kind == "bullet_list" else "."
    yield Token(f"{kind}_open", node.name, 1, markup=markup, block=True)
    for item in node.find_all("li", recursive=False):
        inner = [part for part in item.children if getattr(part, "name", None) in LISTS]
        yield Token("list_item_open", "li", 1, markup=markup, block=True)
        said = [part for part in item.children if part not in inner]
        # A list is tight when its paragraphs are hidden.
        for token in _paragraph("paragraph", "p", "", said):
            token.hidden = token.type != "inline"
            yield token
        yield from _blocks(inner)
        yield Token("list_item_close", "li", -1, markup=markup, block=True)
    yield Token(f"{kind}_close", node.name, -1, markup=markup, block=True)


def _paragraph(kind: str, tag: str, markup: str, nodes: list[PageElement]) -> Iterator[Token]:
    yield Token(f"{kind}_open", tag, 1, markup=markup, block=True)
    yield Token("inline", "", 0, children=_line(_tidied(_runs(nodes))), content="", block=True)
    yield Token(f"{kind}_close", tag, -1, markup=markup, block=True)


def _line(runs: list[Run]) -> list[Token]:
    """The tokens of a paragraph, without emphasis where it would be read otherwise."""
    if any(run.emphasis for run in runs):
        inline = Token("inline", "", 0, children=_tokens(runs), content="", block=True)
        html = PARSER.render(_written([inline]))
        if _letters(_tidied(_runs([BeautifulSoup(html, "html.parser")]))) != _letters(runs):
            runs = _tidied(replace(run, emphasis=frozenset()) for run in runs)
    return _tokens(runs)


def _letters(runs: list[Run]) -> list[tuple[str, frozenset[str]]]:
    return [(letter, run.emphasis) for run in runs for letter in (run.words or "").strip(BLANKS)]


def _runs(
    nodes: Iterable[PageElement], emphasis: frozenset[str] = frozenset(), href: str = ""
) -> Iterator[Run]:
    for node in nodes:
        if isinstance(node, NavigableString):
            yield from _typed(re.sub(f"[{BLANKS}]+", " ", node), emphasis, href)
        elif not isinstance(node, Tag):
            continue
        elif node.name == "br":
            yield Run(None)
        elif node.get("linktype") == LINK_TYPE:
            mark = Mark(str(node.get("key", "")), str(node.get("place", "")))
            yield Run(as_markdown(mark), is_citation=True)
        elif node.name in NAMES:
            yield from _runs(node.children, emphasis | {NAMES[node.name]}, href)
        else:
            yield from _runs(node.children, emphasis, str(node.get("href") or href))


def _typed(text: str, emphasis: frozenset[str], href: str) -> Iterator[Run]:
    """Words, and the citations somebody typed among them: such a one is no part of a link."""
    at = 0
    for found in TYPED.finditer(text):
        yield Run(text[at : found.start()], emphasis, href)
        yield Run(as_markdown(mark_of_text(found)), is_citation=True)
        at = found.end()
    yield Run(text[at:], emphasis, href)


def _tidied(runs: Iterable[Run]) -> list[Run]:
    """Runs that meet as one; blanks at the edge of emphasis and links stand outside."""
    apart: list[Run] = []
    for run in runs:
        words = run.words
        if words is None or not (run.emphasis or run.href):
            apart.append(run)
            continue
        inner = words.strip(BLANKS)
        start = words.find(inner) if inner else len(words)
        apart += [
            Run(words[:start]),
            replace(run, words=inner),
            Run(words[start + len(inner) :]),
        ]
    merged = [
        replace(first, words=None if first.words is None else "".join(r.words or "" for r in same))
        for same in (
            list(group)
            for _look, group in groupby(
                (run for run in apart if run.words != ""),
                key=lambda run: (run.words is None, run.emphasis, run.href, run.is_citation),
            )
        )
        for first in same[:1]
    ]
    lines = [
        replace(run, words=_trimmed(run.words, at, merged)) if run.words is not None else run
        for at, run in enumerate(merged)
    ]
    lines = [run for run in lines if run.words != ""]
    while lines and lines[0].words is None:
        lines.pop(0)
    while lines and lines[-1].words is None:
        lines.pop()
    return lines


def _trimmed(words: str, at: int, runs: list[Run]) -> str:
    """Without blanks in a row, and without any where a line begins or ends."""
    said = re.sub(" +", " ", words)
    if at == 0 or runs[at - 1].words is None:
        said = said.lstrip()
    if at + 1 == len(runs) or runs[at + 1].words is None:
        said = said.rstrip()
    return said


def _tokens(runs: list[Run], marks: tuple[str, ...] = tuple(EMPHASIS)) -> list[Token]:
    """Emphasis around links around words."""
    if not marks:
        return [token for run in runs for token in _linked(run)]
    mark, *inner = marks
    tokens: list[Token] = []
    for marked, group in groupby(runs, key=lambda run: mark in run.emphasis):
        within = _tokens(list(group), tuple(inner))
        if marked:
            within.insert(0, Token(f"{mark}_open", mark, 1, markup=EMPHASIS[mark]))
            within.append(Token(f"{mark}_close", mark, -1, markup=EMPHASIS[mark]))
        tokens += within
    return tokens


def _linked(run: Run) -> Iterator[Token]:
    if run.words is None:
        yield Token("hardbreak", "br", 0)
        return
    if run.is_citation:
        yield Token("citation", "", 0, content=run.words)
        return
    if run.href:
        yield Token("link_open", "a", 1, attrs={"href": run.href})
    yield Token("text", "", 0, content=run.words)
    if run.href:
        yield Token("link_close", "a", -1)
