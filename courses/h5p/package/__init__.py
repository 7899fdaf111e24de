"""Packages of H5P content (.h5p files): read and validate, split, find dependencies, pack.

Knows nothing of Django, and uses the standard library only: what a package may be is decided
here, what the platform does with it elsewhere.

    with read("film.h5p") as package:
        for file in package.content_files:
            with package.open(file) as stream: ...
"""

from .dependencies import Closure, closure, named_in
from .json_text import parse
from .limits import Limits
from .naming import LibraryName, Version
from .packing import Opener, pack
from .reading import Package, PackedFile, PackedLibrary, read, refusals_of, tree_hash
from .refusal import CODES, Refused, shown
from .shapes import (
    CORE_API,
    Description,
    LibraryDescription,
    describe,
    describe_library,
    listed_files,
)

__all__ = [
    "CODES",
    "CORE_API",
    "Closure",
    "Description",
    "LibraryDescription",
    "LibraryName",
    "Limits",
    "Opener",
    "Package",
    "PackedFile",
    "PackedLibrary",
    "Refused",
    "Version",
    "closure",
    "describe",
    "describe_library",
    "listed_files",
    "named_in",
    "pack",
    "parse",
    "read",
    "refusals_of",
    "shown",
    "tree_hash",
]
