"""How a text cites: `[@key, "place"]` in files and plain text, a link of its own kind in rich text.

    Markdown    En källa [@riktlinjer-2023, "Bemötande"].
    rich text   En källa <a linktype="citation" key="riktlinjer-2023" place="Bemötande"></a>.

The two say the same, and each is made of the other without loss: a place is one line without
quotation marks `"` and brackets, so that it can stand between them.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import NamedTuple

LINK_TYPE = "citation"
KEY = r"[a-z0-9-]+"
LONGEST_PLACE = 300
_QUOTE = r"(?:\"|&quot;|&\#34;|&\#x27;|')"
TEXT_FORM = rf"\[@(?P<key>{KEY})(?:,\s*{_QUOTE}(?P<place>[^\]]*?){_QUOTE})?\s*\]"
LINK_FORM = rf'<a\b(?=[^>]*\slinktype="{LINK_TYPE}")(?P<attributes>[^>]*)>[^<]*</a>'
# The space before it is its own: the number stands close to the word.
CITATION = re.compile(rf"(?P<space>\s*)(?:{TEXT_FORM}|{LINK_FORM})")
TYPED = re.compile(TEXT_FORM)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
# As a file may write it: the place on one line or on two.
MARKDOWN = re.compile(rf"\[@({KEY})(?:,\s*(?:\"([^\"\]]*)\"|'([^'\]\"]*)'))?\s*\]")


class Mark(NamedTuple):
    """A citation: of what, and where in it ("" for none)."""

    key: str
    place: str = ""


def is_place(text: str) -> bool:
    """Whether a place can be written in a file as it is."""
    plain = not any(sign in text for sign in '"[]') and text.isprintable()
    return plain and text == " ".join(text.split()) and len(text) <= LONGEST_PLACE


def mark_of(match: re.Match[str]) -> Mark:
    """What a match of CITATION cites."""
    if match["key"] is not None:
        return mark_of_text(match)
    return mark_of_attributes(dict(ATTRIBUTE.findall(match["attributes"])))


def mark_of_text(match: re.Match[str]) -> Mark:
    """What a match of TYPED cites."""
    return Mark(match["key"], unescape(match["place"] or "").strip())


def mark_of_attributes(attributes: Mapping[str, str]) -> Mark:
    """What a link cites, by its attributes as they stand in the HTML."""
    return Mark(unescape(attributes.get("key", "")), unescape(attributes.get("place", "")))


def marks(text: str) -> Iterator[Mark]:
    """Everything a text cites, in order."""
    return (mark_of(match) for match in CITATION.finditer(text))


def as_markdown(mark: Mark) -> str:
    """As files write it; a place that no file can say in the nearest words that one can."""
    place = mark.place if is_place(mark.place) else _sayable(mark.place)
    return f'[@{mark.key}, "{place}"]' if place else f"[@{mark.key}]"


def _sayable(place: str) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in place)
    said = printable.translate(str.maketrans('"[]', "”()"))
    return " ".join(said.split())[:LONGEST_PLACE].strip()


def as_link(mark: Mark) -> str:
    """As rich text keeps it."""
    place = f' place="{escape(mark.place)}"' if mark.place else ""
    return f'<a linktype="{LINK_TYPE}" key="{escape(mark.key)}"{place}></a>'


def links_as_markdown(html: str) -> str:
    """HTML with its citations as files write them, for who makes Markdown of it."""

    def written(match: re.Match[str]) -> str:
        return f"{match['space']}{escape(as_markdown(mark_of(match)), quote=False)}"

    return CITATION.sub(written, html)
