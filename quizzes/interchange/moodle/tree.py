"""Reads XML from strangers into a tree that knows its lines: no entities, no network, no depth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from quizzes.interchange.source import FileRefused

MAX_DEPTH = 30
# No text may hold them, and here they mark gaps.
_reserved = re.compile("[\ufdd0-\ufdef]")
MAX_NODES = 1_000_000
CHUNK = 64 * 1024


@dataclass(slots=True)
class Node:
    """An element. `text` is what stands directly in it; of a file, only how long it is."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Node"]:
        """The children with this name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> "Node | None":
        """The first child with this name."""
        return next(self.all(name), None)

    def says(self, *names: str, default: str = "") -> str:
        """What stands at the end of a path of names, without spaces around."""
        node: Node | None = self
        for name in names:
            node = node.first(name) if node else None
        return node.text.strip() if node else default


class _Builder:
    """What the parser tells; it is asked for the line, and refuses what goes too deep."""

    def __init__(self, skipped: int) -> None:
        self._skipped = skipped  # lines before those that the parser is given
        self.parser: DefusedXMLParser | None = None
        self.root: Node | None = None
        self._open: list[Node] = []
        self._texts: list[list[str]] = []
        self._count = 0

    def line(self) -> int:
        return self._skipped + (int(self.parser.parser.CurrentLineNumber) if self.parser else 1)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= MAX_DEPTH:
            raise FileRefused(_("the elements stand too deep inside each other"), self.line())
        if self._count > MAX_NODES:
            raise FileRefused(_("the file has too many elements"), self.line())
        node = Node(name, attributes, self.line())
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        self._texts.append([])

    def data(self, text: str) -> None:
        # Pictures are long and are left out: there is no need to hold them.
        if self._open and self._open[-1].name not in ("file", "image_base64"):
            self._texts[-1].append(_reserved.sub("", text))

    def end(self, _name: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())

    def close(self) -> None:
        """Nothing is left to do."""


def parsed(data: bytes) -> Node:
    """The root of a file; raises FileRefused for what is broken, and for what is hostile."""
    # Programs leave empty lines before the declaration, which XML has no room for.
    begun = data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    skipped = data[: len(data) - len(begun)].count(b"\n")
    builder = _Builder(skipped)
    builder.parser = parser = DefusedXMLParser(
        target=builder, forbid_dtd=False, forbid_entities=True, forbid_external=True
    )
    try:
        for at in range(0, len(begun), CHUNK):
            parser.feed(begun[at : at + CHUNK])
        parser.close()
    except EntitiesForbidden as error:
        reason = _("the file defines an entity, which could hide a great deal")
        raise FileRefused(reason, builder.line()) from error
    except DefusedXmlException as error:
        reason = _("the file asks for something from outside itself")
        raise FileRefused(reason, builder.line()) from error
    except ParseError as error:
        line = error.position[0] + skipped
        reason = _("this is no XML: %(error)s") % {"error": str(error).partition(":")[0]}
        raise FileRefused(reason, line) from error
    except (ValueError, LookupError) as error:
        raise FileRefused(_("The file is in an encoding that can't be read.")) from error
    if builder.root is None:
        raise FileRefused(_("The file is empty."))
    return builder.root
