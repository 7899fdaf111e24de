"""What h5p.json and library.json must say, and the typed descriptions that come of them.

The shapes are those of H5P's specification
(https://h5p.org/documentation/developers/json-file-definitions) as its own validator reads them:
unknown keys pass, numbers may be written as text. What only describes (licence, authors, years)
is kept as it stands: it harms nobody, and packages from other tools spell it in their own ways.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from typing import Any, Final, Literal

from .naming import MACHINE_NAME, LibraryName, Version
from .refusal import Refused

CORE_API: Final = (1, 28)
"""The newest version of H5P's core that a package may ask for: that of the player."""

LANGUAGE: Final = re.compile(r"[A-Za-z\-]{1,10}")
MAIN_LIBRARY: Final = re.compile(r"[$A-Za-z_][0-9A-Za-z_.$]{1,239}")
"""H5P's own, but for the length: with its version it is to fit where names of 255 signs do."""

NUMBER: Final = re.compile(r"[0-9]{1,5}")
ADDRESS: Final = re.compile(r"https?://.+", re.DOTALL)
TITLE_LENGTH: Final = 255
EMBED_TYPES: Final = ("div", "iframe")
EMPTY: Final[tuple[object, ...]] = (None, "", [], {})
"""Values of a key that need not be there, and as good as is not."""


@dataclass(frozen=True)
class Description:
    """What h5p.json says of the content; `metadata` is all of it, as it stood."""

    title: str
    language: str
    main_library: LibraryName
    preloaded: tuple[LibraryName, ...]
    dynamic: tuple[LibraryName, ...]
    embed_types: tuple[str, ...]
    license: str
    metadata: Mapping[str, Any] = field(repr=False, hash=False)


@dataclass(frozen=True)
class LibraryDescription:
    """What library.json says; listed files are paths inside the library's folder."""

    name: LibraryName
    version: Version
    title: str
    runnable: bool
    license: str
    preloaded_js: tuple[str, ...]
    preloaded_css: tuple[str, ...]
    preloaded: tuple[LibraryName, ...]
    dynamic: tuple[LibraryName, ...]
    editor: tuple[LibraryName, ...]
    embed_types: tuple[str, ...]
    core_api: tuple[int, int] | None
    fullscreen: bool
    metadata: Mapping[str, Any] = field(repr=False, hash=False)


class _Reader:
    """Takes values out of one JSON file, and refuses those that are not what they should be.

    `place` is where in the file its values stand: empty, or such as `dynamicDependencies[4]`.
    """

    def __init__(self, values: object, entry: str, place: str = "") -> None:
        self.entry, self.place = entry, place
        if not isinstance(values, dict):
            raise self.wrong("an object", values)
        self.values = values

    def wrong(self, expected: str, found: object, key: str = "") -> Refused:
        """Make the refusal, which names the place of the key and shows what stands there."""
        place = self.at(key) if key else self.place
        expected = f"{place}: {expected}" if place else expected
        return Refused("shape", self.entry, expected=expected, found=_kind(found))

    def at(self, key: str) -> str:
        """Give the place of a key in the file."""
        return f"{self.place}.{key}" if self.place else key

    def text(self, key: str, expected: str, pattern: re.Pattern[str] | None = None) -> str:
        """Give a text that must be there; a whole number stands for its digits."""
        value = self.values.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or (pattern and not pattern.fullmatch(value)):
            raise self.wrong(expected, value, key)
        return value

    def title(self) -> str:
        """Give the title: one line, which is not empty."""
        value = self.text("title", f"1-{TITLE_LENGTH} characters")
        if not 0 < len(value) <= TITLE_LENGTH or "\n" in value or "\0" in value:
            raise self.wrong(f"1-{TITLE_LENGTH} characters", value, "title")
        return value

    def number(self, key: str) -> int:
        """Give a version's number, at most five digits."""
        return int(self.text(key, "a number of 1-5 digits", NUMBER))

    def flag(self, key: str, *, required: bool = False) -> bool:
        """Give a 0 or 1 as no or yes; one that need not be there is no."""
        value = self.values.get(key)
        if not required and (value in EMPTY or value is False):
            return False
        return self.text(key, "0 or 1", re.compile("[01]")) == "1"

    def described(self, key: str) -> str:
        """Give a text that only describes, empty where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def listed(self, key: str) -> list["_Reader"]:
        """Give the objects of a list that need not be there; one alone may stand without it."""
        value = self.values.get(key)
        if value in EMPTY:
            return []
        if isinstance(value, dict):
            return [_Reader(value, self.entry, self.at(key))]
        if not isinstance(value, list):
            raise self.wrong("a list of objects", value, key)
        return [
            _Reader(row, self.entry, self.at(f"{key}[{number}]"))
            for number, row in enumerate(value)
        ]

    def libraries(self, key: str) -> tuple[LibraryName, ...]:
        """Give the libraries that a list of dependencies names, each once."""
        names = [
            LibraryName(
                row.text("machineName", "the machine name of a library", MACHINE_NAME),
                row.number("majorVersion"),
                row.number("minorVersion"),
            )
            for row in self.listed(key)
        ]
        return tuple(dict.fromkeys(names))

    def embed_types(self, *, required: bool) -> tuple[str, ...]:
        """Give how the content may be embedded."""
        value = self.values.get("embedTypes")
        if value in EMPTY and not required:
            return ()
        if not isinstance(value, list):
            raise self.wrong("a list of “div” and “iframe”", value, "embedTypes")
        for number, one in enumerate(value):
            if one not in EMBED_TYPES:
                raise self.wrong("“div” or “iframe”", one, f"embedTypes[{number}]")
        return tuple(value)

    def files(self, key: str, end: str) -> tuple[str, ...]:
        """Give the paths of listed files; they stay inside the library's folder."""
        paths = []
        for row in self.listed(key):
            value = row.text("path", f"a path in the library that ends with {end}")
            path = normpath(value.replace("\\", "/").lstrip("/") or ".")
            if not path.lower().endswith(end) or path.startswith("../") or "\0" in path:
                raise row.wrong(f"a path in the library that ends with {end}", value, "path")
            paths.append(path)
        return tuple(dict.fromkeys(paths))

    def core_api(self) -> tuple[int, int] | None:
        """Give the version of H5P's core that is needed, which must be one that the player has."""
        value = self.values.get("coreApi")
        if not value:
            return None
        row = _Reader(value, self.entry, "coreApi")
        needed = row.number("majorVersion"), row.number("minorVersion")
        if needed > CORE_API:
            raise Refused(
                "core-api",
                self.entry,
                found="{}.{}".format(*needed),
                expected="{}.{}".format(*CORE_API),
            )
        return needed


def listed_files(
    metadata: object, key: Literal["preloadedJs", "preloadedCss"], entry: str = "library.json"
) -> tuple[str, ...]:
    """Give the paths of a library's listed files, however its maker wrote them."""
    return _Reader(metadata, entry).files(key, ".js" if key == "preloadedJs" else ".css")


def _kind(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool() | int() | float():
            return str(value)
        case str():
            return f"“{value}”"
        case list():
            return "a list"
        case _:
            return "an object"


def describe(metadata: object, entry: str = "h5p.json") -> Description:
    """Read what h5p.json says; Refused if it is not of H5P's shape."""
    read = _Reader(metadata, entry)
    title = read.title()
    language = read.text("language", "a language code, such as sv", LANGUAGE)
    main = read.text("mainLibrary", "the machine name of a library", MAIN_LIBRARY)
    embed_types = read.embed_types(required=True)
    preloaded = read.libraries("preloadedDependencies")
    versions = [name for name in preloaded if name.machine_name == main]
    if not versions:
        found = ", ".join(str(name) for name in preloaded)
        raise read.wrong(
            "the main library, with its version", found or None, "preloadedDependencies"
        )
    source = read.values.get("source")
    if source and not (isinstance(source, str) and ADDRESS.fullmatch(source)):
        raise read.wrong("a web address", source, "source")
    read.core_api()
    return Description(
        title=title,
        language=language,
        main_library=versions[0],
        preloaded=preloaded,
        dynamic=read.libraries("dynamicDependencies"),
        embed_types=embed_types,
        license=read.described("license"),
        metadata=read.values,
    )


def describe_library(metadata: object, entry: str = "library.json") -> LibraryDescription:
    """Read what library.json says; Refused if it is not of H5P's shape."""
    read = _Reader(metadata, entry)
    title = read.title()
    name = read.text("machineName", "the machine name of a library", MACHINE_NAME)
    major, minor = read.number("majorVersion"), read.number("minorVersion")
    return LibraryDescription(
        name=LibraryName(name, major, minor),
        version=Version(major, minor, read.number("patchVersion")),
        title=title,
        runnable=read.flag("runnable", required=True),
        license=read.described("license"),
        preloaded_js=read.files("preloadedJs", ".js"),
        preloaded_css=read.files("preloadedCss", ".css"),
        preloaded=read.libraries("preloadedDependencies"),
        dynamic=read.libraries("dynamicDependencies"),
        editor=read.libraries("editorDependencies"),
        embed_types=read.embed_types(required=False),
        core_api=read.core_api(),
        fullscreen=read.flag("fullscreen"),
        metadata=read.values,
    )
