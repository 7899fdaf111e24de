"""Which libraries a content needs to play: the closure of what it names and what those name."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from .naming import LibraryName
from .refusal import Refused
from .shapes import Description, LibraryDescription

# Named in what H5P's own editor writes (each drop zone of a DragQuestion), and never made: it tells
# the editor's clipboard what was copied.
ONLY_NAMES: Final = frozenset({"H5P.DragQuestionDropzone"})


@dataclass(frozen=True)
class Closure:
    """`ordered`: each library after those that it needs; `missing`: those nobody has."""

    ordered: list[LibraryName]
    missing: list[LibraryName]


def closure(
    description: Description,
    content: Any,
    find: Callable[[LibraryName], LibraryDescription | None],
) -> Closure:
    """Find all that the content plays with, in the order in which it is to be loaded.

    Asked for are h5p.json's preloaded libraries and every `"library": "Name x.y"` in the content
    (dynamic dependencies are those that a content may name), and what those libraries preload.
    Libraries that need each other in a circle are loaded as they come. What is missing stands in
    the order in which it was asked for.
    """
    ordered: list[LibraryName] = []
    missing: dict[LibraryName, None] = {}
    seen: set[LibraryName] = set()
    for root in (*description.preloaded, *named_in(content)):
        if root in seen:
            continue
        seen.add(root)
        open_now = [(root, iter(_needs(root, find, missing)))]
        while open_now:
            name, needs = open_now[-1]
            for need in needs:
                if need not in seen:
                    seen.add(need)
                    open_now.append((need, iter(_needs(need, find, missing))))
                    break
            else:
                open_now.pop()
                if name not in missing:
                    ordered.append(name)
    return Closure(ordered, list(missing))


def _needs(
    name: LibraryName,
    find: Callable[[LibraryName], LibraryDescription | None],
    missing: dict[LibraryName, None],
) -> Iterable[LibraryName]:
    found = find(name)
    if found is None:
        missing[name] = None
        return ()
    return found.preloaded


def named_in(content: Any) -> Iterator[LibraryName]:
    """Give every `"library": "Name x.y"` in the content, each as often as it stands.

    Left out are names that stand in nearly every content of a type and no library has.
    """
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            library = value.get("library")
            if isinstance(library, str):
                # Else a text that an author wrote in a field that has this name.
                with suppress(ValueError):
                    name = LibraryName.parse(library)
                    if name.machine_name not in ONLY_NAMES:
                        yield name
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


class Named:
    """The libraries that a package names, counted file by file: each is looked for, and listed."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.names: set[LibraryName] = set()

    def add(self, entry: str, names: Iterable[LibraryName]) -> None:
        """Count those that a file names; Refused, at that file, when they are too many in all."""
        self.names.update(names)
        if len(self.names) > self.most:
            raise Refused("too-many-libraries", entry, found=len(self.names), expected=self.most)
