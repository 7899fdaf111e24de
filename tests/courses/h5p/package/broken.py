"""Packages as they should never be: broken archives, made byte by byte, and how each is refused."""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from courses.h5p.package import Limits, Refused, read
from tests.courses.h5p.packages import Part, library, make_package, parts, write

LIBRARY_JSON = "Test.Thing-1.0/library.json"
Make = Callable[[Path], Path]


def refusal(source: Path | io.BytesIO, limits: Limits | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        read(source, limits)
    return caught.value


def changed(path: Path, find: bytes, new: bytes, count: int = -1) -> Path:
    """Change bytes of the archive itself."""
    before = path.read_bytes()
    assert find in before
    path.write_bytes(before.replace(find, new, count))
    return path


def flagged(folder: Path) -> Path:
    """A package whose directory says that h5p.json is encrypted."""
    raw = bytearray(make_package(folder).read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    (folder / "flagged.h5p").write_bytes(raw)
    return folder / "flagged.h5p"


def flagged_locally(folder: Path) -> Path:
    """A package whose first entry says of itself, only, that it is encrypted."""
    raw = bytearray(make_package(folder).read_bytes())
    raw[6] |= 1
    (folder / "flagged.h5p").write_bytes(raw)
    return folder / "flagged.h5p"


def of_method(folder: Path) -> Path:
    return make_package(folder, [Part("content/a.txt", b"a" * 99, method=zipfile.ZIP_BZIP2)])


def damaged(folder: Path) -> Path:
    part = Part("content/a.png", b"some picture", method=zipfile.ZIP_STORED)
    return changed(make_package(folder, [part]), b"some picture", b"same picture")


def damaged_json(folder: Path) -> Path:
    made = [replace(part, method=zipfile.ZIP_STORED) for part in parts(title="Hello")]
    return changed(write(folder / "a.h5p", made), b"Hello", b"Hullo")


def cannot_be_unpacked(folder: Path) -> Path:
    part = Part("content/a.txt", b"abcdefgh" * 99)
    raw = bytearray(make_package(folder, [part]).read_bytes())
    at = raw.index(b"content/a.txt") + len(b"content/a.txt")
    raw[at] = 0xFF
    (folder / "a.h5p").write_bytes(raw)
    return folder / "a.h5p"


def lying_size(said: int) -> Make:
    """Make a package with an entry of 5,000 bytes that declares another size."""

    def make(folder: Path) -> Path:
        path = make_package(folder, [Part("content/a.txt", bytes(range(250)) * 20)])
        old = struct.pack("<L", 5_000)
        raw = path.read_bytes()
        at = raw.rindex(old)
        path.write_bytes(raw[:at] + struct.pack("<L", said) + raw[at + 4 :])
        return path

    return make


def stored_lie(folder: Path) -> Path:
    path = make_package(folder, [Part("content/a.png", b"x" * 5_000, method=zipfile.ZIP_STORED)])
    raw = path.read_bytes()
    at = raw.rindex(struct.pack("<L", 5_000))
    path.write_bytes(raw[:at] + struct.pack("<L", 4_000) + raw[at + 4 :])
    return path


def overlapping(folder: Path) -> Path:
    """A package where two entries of the directory share one local header."""
    made = [Part(f"content/{name}.txt", bytes(range(250)) * 20) for name in "ab"]
    path = make_package(folder, made)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        first = archive.getinfo("content/a.txt").header_offset
    at = raw.rindex(b"content/b.txt")
    raw[at - 4 : at] = struct.pack("<L", first)
    path.write_bytes(raw)
    return path


def out_of_place(folder: Path) -> Path:
    """A package whose directory says that an entry begins behind the directory itself."""
    raw = bytearray(make_package(folder, [Part("content/a.txt")]).read_bytes())
    at = raw.rindex(b"content/a.txt")
    raw[at - 4 : at] = struct.pack("<L", len(raw))
    (folder / "a.h5p").write_bytes(raw)
    return folder / "a.h5p"


def another_name_inside(folder: Path) -> Path:
    path = make_package(folder, [Part("content/a.txt", b"a")])
    return changed(path, b"content/a.txt", b"content/b.txt", 1)


def says_of_itself(field: slice) -> Make:
    """Make a package whose first entry has another checksum or size in its own header."""

    def make(folder: Path) -> Path:
        raw = bytearray(make_package(folder).read_bytes())
        raw[field] = b"\7\7\7\7"
        (folder / "a.h5p").write_bytes(raw)
        return folder / "a.h5p"

    return make


def renamed(find: bytes, new: bytes) -> Make:
    """Make a package whose entry content/xxxx.txt has another name, byte for byte."""

    def make(folder: Path) -> Path:
        return changed(make_package(folder, [Part("content/xxxx.txt", b"a")]), find, new)

    return make


def named(*names: str, **about: Any) -> Make:
    """Make a package with entries more, of these names."""
    return lambda folder: make_package(folder, [Part(name, b"a", about) for name in names])


def given(*entries: object, **said: Any) -> Make:
    """Make a package of these parts."""
    return lambda folder: make_package(folder, *entries, **said)  # type: ignore[arg-type]


def of_library(**said: Any) -> Make:
    """Make a package with this library."""
    return lambda folder: make_package(folder, libraries=[library(**said)])


def raw(data: bytes) -> Make:
    """Make a file of these bytes."""

    def make(folder: Path) -> Path:
        (folder / "a.h5p").write_bytes(data)
        return folder / "a.h5p"

    return make


def cut(folder: Path) -> Path:
    path = make_package(folder)
    path.write_bytes(path.read_bytes()[:-30])
    return path


def promised(entries: int) -> Make:
    """Make a package that promises another number of entries."""

    def make(folder: Path) -> Path:
        data = bytearray(make_package(folder).read_bytes())
        data[-14:-10] = struct.pack("<2H", entries, entries)
        return raw(bytes(data))(folder)

    return make
