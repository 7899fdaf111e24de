"""Our own libraries as they lie in courses/h5p/libraries, and what each needs beside it."""

import json
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, BinaryIO

from courses.h5p.package import (
    Closure,
    Description,
    LibraryDescription,
    LibraryName,
    Opener,
    closure,
    describe_library,
)

FOLDER = Path(__file__).parents[1] / "libraries"
PREFIX = "Kompetens."


@cache
def own_libraries() -> Mapping[LibraryName, LibraryDescription]:
    """Every library of ours."""
    found = (_described(path) for path in sorted(FOLDER.glob("*/library.json")))
    return {one.name: one for one in found}


def is_own(name: LibraryName) -> bool:
    """Whether it is one of ours, with its sources here."""
    return name in own_libraries()


def files_of(name: LibraryName) -> dict[str, Opener]:
    """A library's files by their path in its folder, as the package keeps them."""
    folder = FOLDER / name.folder
    return openers(folder)


def openers(folder: Path) -> dict[str, Opener]:
    """Every file below a folder, by its path there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): partial(_opened, path) for path in paths}


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def semantics_of(name: LibraryName) -> list[Mapping[str, Any]]:
    """What a content of this type consists of, as its semantics.json says it."""
    found: list[Mapping[str, Any]] = _json(FOLDER / name.folder / "semantics.json")
    return found


def needed_by(description: Description, content: Any) -> Closure:
    """The libraries of ours that a content plays with; `missing` are those that aren't ours."""
    return closure(description, content, own_libraries().get)


def _described(path: Path) -> LibraryDescription:
    return describe_library(_json(path), path.relative_to(FOLDER).as_posix())


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
