"""Packages of H5P content, made from parts in the test; each part may be replaced or broken.

make_package(tmp_path)                                        a good one, of one library
make_package(tmp_path, libraries=[])                          without its library
make_package(tmp_path, main="Test.Thing 1.0", libraries=[library("Test.Thing", (1, 0, 3))])
make_package(tmp_path, {"h5p.json": None})                    an entry left out
make_package(tmp_path, {"content/images/a.svg": b"<svg/>"})   an entry more, or another one
make_package(tmp_path, [Part("../a.js", b"")])                entries as they never should be
"""

import io
import json
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from courses.h5p.package import LibraryName

MAIN = "Test.Thing 1.0"
CONTENT: dict[str, Any] = {"question": "<p>Vad säger du?</p>"}
Entries = Mapping[str, bytes | str | dict[str, Any] | list[Any] | None]


class Line(io.RawIOBase):
    """Where a tool writes that cannot go back."""

    sent = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.sent += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


@dataclass(frozen=True)
class Part:
    """One entry of the zip, just as it is to be; `about` sets fields of its ZipInfo."""

    name: str
    data: bytes = b""
    about: Mapping[str, Any] = field(default_factory=dict)
    method: int = zipfile.ZIP_DEFLATED

    def info(self) -> zipfile.ZipInfo:
        """Give what the zip is to say of it."""
        info = zipfile.ZipInfo("x", (2026, 1, 1, 0, 0, 0))
        info.filename = info.orig_filename = self.name
        info.compress_type = self.method
        for key, value in self.about.items():
            setattr(info, key, value)
        return info


@dataclass(frozen=True)
class Library:
    """A library's files, by their paths inside its folder."""

    folder: str
    files: Mapping[str, bytes]


def library(
    machine_name: str = "Test.Thing",
    version: tuple[int, int, int] = (1, 0, 0),
    *,
    js: str | None = None,
    css: str = "",
    needs: Iterable[str] = (),
    dynamic: Iterable[str] = (),
    editor: Iterable[str] = (),
    folder: str | None = None,
    files: Entries | None = None,
    **metadata: Any,
) -> Library:
    """Make a library; `needs` are names such as "Test.Other 1.0", `metadata` goes to library.json.

    A key given as None is left out of library.json; so is a file given as None.
    """
    major, minor, patch = version
    said: dict[str, Any] = {
        "title": machine_name.rpartition(".")[2],
        "machineName": machine_name,
        "majorVersion": major,
        "minorVersion": minor,
        "patchVersion": patch,
        "runnable": 1,
        "license": "MIT",
        "preloadedJs": [{"path": "thing.js"}],
        "preloadedCss": [{"path": "thing.css"}],
        "preloadedDependencies": dependencies(needs),
        "dynamicDependencies": dependencies(dynamic),
        "editorDependencies": dependencies(editor),
        **metadata,
    }
    said = {key: value for key, value in said.items() if value is not None}
    every: Entries = {
        "library.json": said,
        "thing.js": script(machine_name) if js is None else js,
        "thing.css": css,
        "semantics.json": [],
        "language/sv.json": {"semantics": []},
        **(files or {}),
    }
    kept = {path: as_bytes(data) for path, data in every.items() if data is not None}
    return Library(folder or f"{machine_name}-{major}.{minor}", kept)


def script(machine_name: str) -> str:
    """Give the JavaScript of a content type that shows its question."""
    name = machine_name.rpartition(".")[2]
    return (
        "H5P = H5P || {};\n"
        f"{machine_name.partition('.')[0]} = window.{machine_name.partition('.')[0]} || {{}};\n"
        f"{machine_name} = class {name} extends H5P.EventDispatcher {{\n"
        "  constructor(params, id) { super(); this.params = params; this.contentId = id; }\n"
        "  attach(container) { container.html(this.params.question); }\n"
        "};\n"
    )


def dependencies(names: Iterable[str]) -> list[dict[str, Any]]:
    """Give a list of dependencies as h5p.json and library.json have it."""
    parsed = [LibraryName.parse(name) for name in names]
    return [
        {"machineName": one.machine_name, "majorVersion": one.major, "minorVersion": one.minor}
        for one in parsed
    ]


def description(main: str = MAIN, needs: Iterable[str] = (), **metadata: Any) -> dict[str, Any]:
    """Give what h5p.json says; a key given as None is left out."""
    said = {
        "title": "Ett möte",
        "language": "sv",
        "mainLibrary": LibraryName.parse(main).machine_name,
        "embedTypes": ["div"],
        "license": "U",
        "preloadedDependencies": dependencies([main, *needs]),
        **metadata,
    }
    return {key: value for key, value in said.items() if value is not None}


def as_bytes(data: bytes | str | dict[str, Any] | list[Any]) -> bytes:
    """Give a file's bytes: objects and lists as JSON."""
    if isinstance(data, bytes):
        return data
    return (data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)).encode()


def parts(
    entries: Entries | None = None,
    *,
    main: str = MAIN,
    needs: Iterable[str] = (),
    content: Any = None,
    libraries: Iterable[Library] | None = None,
    **metadata: Any,
) -> list[Part]:
    """Give the entries of a package, in an order that can be relied upon."""
    if libraries is None:
        named = LibraryName.parse(main)
        libraries = [library(named.machine_name, (named.major, named.minor, 0))]
    every: dict[str, Any] = {
        "h5p.json": description(main, needs, **metadata),
        "content/content.json": CONTENT if content is None else content,
    }
    for one in libraries:
        every |= {f"{one.folder}/{path}": data for path, data in one.files.items()}
    every |= entries or {}
    return [
        Part(name, as_bytes(data), method=_method(name))
        for name, data in every.items()
        if data is not None
    ]


def _method(name: str) -> int:
    """Say how a file is packed: pictures and films as they are, which they are already."""
    return zipfile.ZIP_STORED if name.endswith((".png", ".jpg", ".mp4")) else zipfile.ZIP_DEFLATED


def write(path: Path, entries: Iterable[Part]) -> Path:
    """Write the entries as a zip, just as they are, also those that no zip should hold."""
    with zipfile.ZipFile(path, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it warns of a name that is there already
        for part in entries:
            archive.writestr(part.info(), part.data)
    return path


def make_package(
    folder: Path,
    entries: Entries | Iterable[Part] | None = None,
    *,
    name: str = "paket.h5p",
    **given: Any,
) -> Path:
    """Write a package into the folder and give its path; see `parts` for what may be given.

    `entries` are files to add or replace by name (None leaves one out), or Parts to add as
    they are.
    """
    if entries is None or isinstance(entries, Mapping):
        return write(folder / name, parts(entries, **given))
    return write(folder / name, [*parts(**given), *entries])
