"""Drawings in the platform's style: SVG that a page may draw itself, in its own colours.

Only elements, attributes and classes that are named here get into a page, and each value is
matched before it is written anew; whatever else a file holds makes it an ordinary image.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.files.storage import default_storage
from django.utils.safestring import SafeString, mark_safe

logger = logging.getLogger(__name__)

NAMESPACE = "{http://www.w3.org/2000/svg}"
LARGEST = 100_000  # bytes
MOST_ELEMENTS = 500
DEEPEST = 8
WIDEST = 420  # units: a wider drawing has text that nobody reads on a phone
CLASSES = {"ink", "accent", "fill", "strong", "left", "right"}

_number = r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE]-?\d{1,2})?"
NUMBER = re.compile(_number)
NUMBERS = re.compile(rf"\s*{_number}(?:[\s,]+{_number})*\s*")
PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE.,\s+-]*")
TRANSFORM = re.compile(
    rf"(?:\s*(?:translate|rotate|scale)\(\s*{_number}(?:[\s,]+{_number})*\s*\))+"
)

_PLACED = {"transform": TRANSFORM, "stroke-dasharray": NUMBERS}
_BOX = dict.fromkeys(("x", "y", "width", "height", "rx", "ry"), NUMBER)
_ROUND = dict.fromkeys(("cx", "cy", "r", "rx", "ry"), NUMBER)
_TEXT = dict.fromkeys(("x", "y", "dx", "dy"), NUMBERS)
# Elements with their attributes, besides `class`.
SHAPES: dict[str, dict[str, re.Pattern[str]]] = {
    "g": _PLACED,
    "path": {"d": PATH} | _PLACED,
    "rect": _BOX | _PLACED,
    "circle": _ROUND | _PLACED,
    "ellipse": _ROUND | _PLACED,
    "line": dict.fromkeys(("x1", "y1", "x2", "y2"), NUMBER) | _PLACED,
    "polyline": {"points": NUMBERS} | _PLACED,
    "polygon": {"points": NUMBERS} | _PLACED,
    "text": _TEXT | {"transform": TRANSFORM},
    "tspan": _TEXT,
}
HOLDS_SHAPES = {"svg", "g"}
HOLDS_TEXT = {"text", "tspan"}
ROOT = {"viewBox", "width", "height", "role", "aria-label", "class"}


class _NotOurs(Exception):
    """The file has something that a page does not draw."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as HTML with its words taken out: between two parts stands a label.

    The first label is the drawing's name, the others are its texts in the order of the file.
    """

    view_box: str
    labels: tuple[str, ...]
    parts: tuple[str, ...]

    def html(self, labels: Sequence[str], description: str, name: str) -> SafeString:
        """The drawing with these labels; `name` tells its parts from others on the page.

        Its own labels stand in where there are not as many.
        """
        if len(labels) != len(self.labels):
            labels = self.labels
        title, *texts = (escape(label) for label in labels)
        shapes = self.parts[0] + "".join(
            text + part for text, part in zip(texts, self.parts[1:], strict=True)
        )
        name = escape(name)
        # Everything below is written by this module; what came from the file was matched.
        return mark_safe(  # nosec B308 B703
            f'<svg class="drawing" viewBox="{self.view_box}" role="img"'
            f' aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
            f'<title id="{name}-title">{title}</title>'
            f'<desc id="{name}-desc">{escape(description)}</desc>{shapes}</svg>'
        )


def read_drawing(content: bytes) -> Drawing | None:
    """The drawing of an SVG file; None for what is not in our style, or is no SVG at all."""
    if len(content) > LARGEST:
        return None
    try:
        root = fromstring(content, forbid_dtd=True)
        return _drawing(root)
    except (DefusedXmlException, ParseError, _NotOurs, ValueError, LookupError, RecursionError):
        return None


# By name and fingerprint: a file that is replaced has others.
_read: dict[tuple[str, str], Drawing | None] = {}
MOST_KEPT = 500


def drawing_of(name: str, fingerprint: str) -> Drawing | None:
    """The drawing in a file of the media storage, read once a process."""
    key = (name, fingerprint)
    if key not in _read:
        while len(_read) >= MOST_KEPT:
            _read.pop(next(iter(_read)), None)
        try:
            with default_storage.open(name) as file:
                _read[key] = read_drawing(file.read(LARGEST + 1))
        except Exception:
            # Whatever a disk or a bucket raises: the page is shown without, and asks again the
            # next time.
            logger.warning("The drawing %s can't be read.", name, exc_info=True)
            return None
    return _read[key]


def _drawing(root: Element) -> Drawing:
    if root.tag != f"{NAMESPACE}svg" or root.attrib.keys() - ROOT:
        raise _NotOurs
    view_box = root.get("viewBox", "")
    if not NUMBERS.fullmatch(view_box):
        raise _NotOurs
    _low_x, _low_y, width, height = (float(one) for one in view_box.replace(",", " ").split())
    if not 0 < width <= WIDEST or height <= 0:
        raise _NotOurs
    if sum(1 for _one in root.iter()) > MOST_ELEMENTS:
        raise _NotOurs
    titles = [one for one in root if one.tag == f"{NAMESPACE}title"]
    said = [*("".join(one.itertext()) for one in titles), root.get("aria-label", "")]
    name = next((" ".join(one.split()) for one in said if one.strip()), "")
    if not name:
        raise _NotOurs
    labels, parts = [name], [""]
    for piece, is_label in _pieces(root, 0):
        if is_label:
            labels.append(piece)
            parts.append("")
        else:
            parts[-1] += piece
    return Drawing(" ".join(view_box.split()), tuple(labels), tuple(parts))


def _pieces(element: Element, depth: int) -> Iterator[tuple[str, bool]]:
    """What stands in an element, as HTML or as a label."""
    if depth > DEEPEST:
        raise _NotOurs
    tag = element.tag.removeprefix(NAMESPACE)
    yield from _text(element.text, tag)
    for child in element:
        kind = child.tag.removeprefix(NAMESPACE) if isinstance(child.tag, str) else ""
        if kind == "title" and tag == "svg":
            pass  # it is the first label
        elif kind in SHAPES and child.tag != kind and _fits(kind, tag):
            yield f"<{kind}{_attributes(child, kind)}>", False
            yield from _pieces(child, depth + 1)
            yield f"</{kind}>", False
        else:
            raise _NotOurs
        yield from _text(child.tail, tag)


def _fits(kind: str, within: str) -> bool:
    return within in HOLDS_TEXT if kind == "tspan" else within in HOLDS_SHAPES


def _text(text: str | None, within: str) -> Iterator[tuple[str, bool]]:
    said = " ".join((text or "").split())
    if said and within not in HOLDS_TEXT:
        raise _NotOurs
    if said:
        yield said, True


def _attributes(element: Element, kind: str) -> str:
    written = []
    for name, value in element.attrib.items():
        if name == "class":
            fits = set(value.split()) <= CLASSES
        else:
            fits = bool(SHAPES[kind][name].fullmatch(value))
        if not fits:
            raise _NotOurs
        written.append(f' {name}="{escape(value)}"')
    return "".join(written)
