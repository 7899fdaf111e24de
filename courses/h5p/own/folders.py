"""A content as a folder: h5p.json and content/, as a package has them, without libraries.

Unpack a .h5p file, take its libraries away, and this is what is left. The same folder gives the
same package, to the byte.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from courses.h5p.own.judging import flaws_of_content
from courses.h5p.own.shelf import FOLDER, files_of, needed_by, openers
from courses.h5p.package import (
    Closure,
    Description,
    Limits,
    Opener,
    Refused,
    describe,
    pack,
    parse,
    refusals_of,
)
from foundation.problems import FilesRefused, Problem

HEAD = "h5p.json"
CONTENT = "content"
BODY = "content.json"
# What h5p.json says first; the rest follows in the order of its names.
FIRST = ("title", "language", "mainLibrary", "preloadedDependencies", "embedTypes", "license")


@dataclass(frozen=True, slots=True)
class ContentFolder:
    """A content whose folder has been read and judged."""

    folder: Path
    description: Description
    content: Any

    def files(self) -> dict[str, Opener]:
        """Its files by their path inside content/."""
        return openers(self.folder / CONTENT)

    def needs(self) -> Closure:
        """The libraries of ours it plays with; it is packed without those that are `missing`."""
        return needed_by(self.description, self.content)

    def pack(self, out: BinaryIO, limits: Limits | None = None) -> None:
        """Write it as a package that is let in with these limits, with its libraries of ours."""
        libraries = {name: files_of(name) for name in self.needs().ordered}
        pack(out, self.description, self.files(), libraries, limits)


def example_folders() -> list[Path]:
    """A content of each of our types to begin with."""
    return sorted(path.parent for path in (FOLDER.parent / "own" / "examples").glob(f"*/{HEAD}"))


def read_folder(folder: Path, *, name: str) -> ContentFolder:
    """A content that can be packed. Raises FilesRefused with everything that is wrong with it.

    `name`: the folder as problems are to name it.
    """
    problems: list[Problem] = []
    head = _json(folder / HEAD, f"{name}/{HEAD}", problems, description=True)
    content = _json(folder / CONTENT / BODY, f"{name}/{CONTENT}/{BODY}", problems)
    description = None
    if not problems:
        try:
            description = describe(head)
        except Refused as refused:
            place, _colon, expected = refused.expected.rpartition(": ")
            problems.append(Problem(f"{name}/{HEAD}", place, refused.found, expected))
        else:
            body = f"{name}/{CONTENT}/{BODY}"
            flaws = flaws_of_content(description.main_library, content)
            problems += [Problem(body, at, found, wanted) for at, found, wanted in flaws]
    problems += _misnamed(folder, name)
    if description is None or problems:
        raise FilesRefused(problems)
    return ContentFolder(folder, description, content)


def head_text(metadata: Mapping[str, Any]) -> str:
    """h5p.json as a folder has it: the same for the same, whatever order it came in."""
    names = [*(name for name in FIRST if name in metadata), *sorted(metadata.keys() - set(FIRST))]
    said = {name: metadata[name] for name in names}
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _misnamed(folder: Path, name: str) -> Iterator[Problem]:
    """The files that no package takes, whatever is in them."""
    for refused in refusals_of(f"{CONTENT}/{path}" for path in openers(folder / CONTENT)):
        written = refused.entry.rpartition("/")[2]
        yield Problem(f"{name}/{refused.entry}", "", written, _name_wanted(refused))


def _name_wanted(refused: Refused) -> str:
    match refused.code:
        case "file-type":
            return _("pictures (but for SVG), sound, film, text or office documents")
        case "case-only" | "duplicate-name":
            return _("a name that differs from others by more than case or how accents are written")
        case _:
            return _("a short name without back-slashes and signs that can't be seen")


def _json(path: Path, file: str, problems: list[Problem], *, description: bool = False) -> Any:
    try:
        with path.open("rb") as stream:
            return parse(stream, file, Limits(), description=description)
    except FileNotFoundError:
        problems.append(Problem(file, "", None, _("a file of this name")))
    except Refused as refused:
        problems.append(Problem(file, "", refused.found, _("valid JSON")))
    return None
