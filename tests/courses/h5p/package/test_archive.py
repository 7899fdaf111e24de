"""Zips as people's tools write them are read, and the limits hold to the byte."""

import io
import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from courses.h5p.package import Limits, Package, Refused, read
from tests.courses.h5p.packages import (
    Line,
    Part,
    dependencies,
    description,
    library,
    make_package,
    parts,
    write,
)


def paths(package: Package) -> list[str]:
    return [file.path for file in package.content_files]


def code(path: Path, limits: Limits) -> str:
    """Say why a package is refused within these limits; empty if it is let in."""
    try:
        read(path, limits).close()
    except Refused as refused:
        return refused.code
    return ""


# As tools write them


def test_entries_may_be_stored(tmp_path: Path) -> None:
    stored = [Part(part.name, part.data, method=zipfile.ZIP_STORED) for part in parts()]
    assert paths(read(write(tmp_path / "a.h5p", stored))) == ["content.json"]


def test_sizes_may_follow_the_data(tmp_path: Path) -> None:
    """A tool that writes to a line, where it cannot go back, says sizes after each entry."""

    line = Line()
    with zipfile.ZipFile(line, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts():
            archive.writestr(part.name, part.data)
    assert line.sent[6] & 8
    assert paths(read(io.BytesIO(line.sent))) == ["content.json"]


def test_a_comment_or_something_before_the_archive_does_no_harm(tmp_path: Path) -> None:
    path = make_package(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"PK\x05\x06 made with a tool " * 99
    path.write_bytes(b"#!/bin/sh\n" + path.read_bytes())
    assert paths(read(path)) == ["content.json"]


def test_a_comment_may_look_like_the_end_of_an_archive(tmp_path: Path) -> None:
    path = make_package(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"PK\x05\x06" + bytes(99)
    assert paths(read(path)) == ["content.json"]


def test_something_after_the_archive_does_no_harm(tmp_path: Path) -> None:
    path = make_package(tmp_path)
    path.write_bytes(path.read_bytes() + b"\r\n--boundary--")
    assert paths(read(path)) == ["content.json"]


def test_a_name_in_the_old_code_page_is_read_as_such(tmp_path: Path) -> None:
    path = make_package(tmp_path, [Part("content/bild-xx.txt", b"a")])
    path.write_bytes(path.read_bytes().replace(b"bild-xx", b"bild-\x86\x84"))
    assert paths(read(path)) == ["bild-åä.txt", "content.json"]


def test_a_name_in_utf_8_need_not_say_so(tmp_path: Path) -> None:
    path = make_package(tmp_path, [Part("content/bild-xxxx.txt", b"a")])
    path.write_bytes(path.read_bytes().replace(b"bild-xxxx", "bild-åä".encode()))
    assert paths(read(path)) == ["bild-åä.txt", "content.json"]


def test_a_zip64_archive_is_read(tmp_path: Path) -> None:
    """Numbers that say "look in the wide field", for an entry and for the directory itself."""
    path = make_package(tmp_path, [Part("content/a.png", b"abc", method=zipfile.ZIP_STORED)])
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("content/a.png")
        count, start = len(archive.infolist()), archive.start_dir
    directory = raw[start : raw.rindex(b"PK\x05\x06")]
    at = directory.index(b"content/a.png") - 46
    head = bytearray(directory[at : at + 46])
    head[20:28] = b"\xff" * 8
    head[42:46] = b"\xff" * 4
    wide = struct.pack("<HH3Q", 1, 24, 3, 3, info.header_offset)
    head[30:32] = struct.pack("<H", 4 + len(wide))
    other = struct.pack("<HH", 0x7777, 0)  # a field of somebody else's comes first
    directory = directory[:at] + bytes(head) + b"content/a.png" + other + wide
    end64 = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), start
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, start + len(directory), 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(raw[:start] + directory + end64 + locator + end)
    assert paths(read(path)) == ["a.png", "content.json"]


NARROW = "<4s4H2LH"


def with_wide_end(path: Path, narrow: dict[int, int] | None = None, aside: int = 0) -> Path:
    """Put the wide record of the end before the narrow one, which keeps its true numbers.

    `narrow`: other numbers there, by their place; `aside`: how far off its place the record is
    said to be.
    """
    raw = path.read_bytes()
    end_at = raw.rindex(b"PK\x05\x06")
    end = list(struct.unpack(NARROW, raw[end_at:]))
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, *end[1:7])
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end_at + aside, 1)
    for place, number in (narrow or {}).items():
        end[place] = number
    path.write_bytes(raw[:end_at] + wide + locator + struct.pack(NARROW, *end))
    return path


def test_a_zip64_archive_may_keep_its_numbers_in_the_narrow_record_too(tmp_path: Path) -> None:
    """Some writers do, for readers that know no other."""
    path = with_wide_end(make_package(tmp_path))
    assert paths(read(path)) == ["content.json"]
    path.write_bytes(b"#!/bin/sh\n" + path.read_bytes())
    assert paths(read(path)) == ["content.json"]


@pytest.mark.parametrize("place", range(1, 7))
def test_a_narrow_record_that_has_other_numbers_is_refused(tmp_path: Path, place: int) -> None:
    """Another number of a disk, of entries, of bytes, or another place of the directory."""
    path = with_wide_end(make_package(tmp_path), {place: 5})
    assert code(path, Limits()) == "not-a-zip"
    most = 0xFFFF if place < 5 else 0xFFFFFFFF
    (tmp_path / "more").mkdir()
    path = with_wide_end(make_package(tmp_path / "more"), {place: most})
    assert paths(read(path)) == ["content.json"]


@pytest.mark.parametrize("aside", [-1, 1])
def test_a_wide_record_that_is_said_to_be_elsewhere_is_refused(tmp_path: Path, aside: int) -> None:
    assert code(with_wide_end(make_package(tmp_path), aside=aside), Limits()) == "not-a-zip"


def test_an_empty_file_may_be_deflated_to_nothing(tmp_path: Path) -> None:
    path = make_package(tmp_path, [Part("content/a.txt", b"", method=zipfile.ZIP_STORED)])
    raw = bytearray(path.read_bytes())
    local, central = raw.index(b"content/a.txt") - 30, raw.rindex(b"content/a.txt") - 46
    raw[local + 8] = raw[central + 10] = zipfile.ZIP_DEFLATED
    path.write_bytes(raw)
    assert paths(read(path)) == ["a.txt", "content.json"]


def test_a_dos_tool_s_leftover_bits_are_no_special_file(tmp_path: Path) -> None:
    about = {"create_system": 0, "external_attr": 0o010000 << 16}
    assert paths(read(make_package(tmp_path, [Part("content/a.txt", b"a", about)])))


# Limits, to the byte


def sized(folder: Path, *sizes: int) -> Path:
    """A package with files of noise, of these sizes."""
    noise = random.Random(8)
    made = [
        Part(f"content/{at}.mp4", noise.randbytes(size), method=zipfile.ZIP_STORED)
        for at, size in enumerate(sizes)
    ]
    return make_package(folder, made)


def test_as_many_entries_as_the_limit_are_let_in_and_no_more(tmp_path: Path) -> None:
    path = sized(tmp_path, 1, 1, 1)  # with the seven of a package
    assert code(path, Limits(entries=10)) == ""
    assert code(path, Limits(entries=9)) == "too-many-entries"


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(tmp_path: Path) -> None:
    path = sized(tmp_path, 70_000)
    assert code(path, Limits(file_bytes=70_000)) == ""
    assert code(path, Limits(file_bytes=69_999)) == "file-too-large"


def test_a_package_may_be_as_large_as_the_limit_and_no_larger(tmp_path: Path) -> None:
    path = sized(tmp_path, 30_000, 30_000)
    with zipfile.ZipFile(path) as archive:
        size = sum(info.file_size for info in archive.infolist())
    assert code(path, Limits(package_bytes=size)) == ""
    assert code(path, Limits(package_bytes=size - 1)) == "package-too-large"


def test_what_is_left_out_counts_too(tmp_path: Path) -> None:
    left = [Part("__MACOSX/a", b"x" * 9_000, method=zipfile.ZIP_STORED)]
    path = make_package(tmp_path, left)
    assert code(path, Limits(package_bytes=9_000)) == "package-too-large"
    assert code(path, Limits(file_bytes=8_999)) == "file-too-large"


def test_a_file_may_pack_as_well_as_the_limit_and_no_better(tmp_path: Path) -> None:
    path = make_package(tmp_path, {"content/a.txt": b"ab" * 10_000})
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("content/a.txt")
    ratio = -(-info.file_size // info.compress_size)
    assert code(path, Limits(ratio=ratio)) == ""
    assert code(path, Limits(ratio=ratio - 1)) == "ratio"


def test_a_small_file_may_pack_well_by_chance(tmp_path: Path) -> None:
    path = make_package(tmp_path, {"content/a.txt": b" " * 9_999, "content/b.txt": b"" * 9_999})
    assert code(path, Limits(ratio=9)) == ""
    assert code(path, Limits(ratio=9, ratio_from=9_999)) == "ratio"


@pytest.mark.parametrize("name", ["h5p.json", "Test.Thing-1.0/library.json"])
def test_descriptions_may_be_as_long_together_as_the_limit_and_no_longer(
    tmp_path: Path, name: str
) -> None:
    """All of them are kept: hundreds of libraries, each with a long one, would fill the memory."""
    data = {part.name: part.data for part in parts()}
    together = len(data["h5p.json"]) + len(data["Test.Thing-1.0/library.json"]) + 9
    padded = make_package(tmp_path, {name: data[name] + b" " * 9})
    assert code(padded, Limits(description_bytes=together)) == ""
    assert code(padded, Limits(description_bytes=together - 1)) == "json-too-large"


def test_as_many_libraries_as_the_limit_may_be_named_and_no_more(tmp_path: Path) -> None:
    """One that plays, six that are named; names that stand twice count once."""
    made = library(
        needs=["Test.A 1.0"], dynamic=["Test.B 1.0"], editor=["Test.C 1.0", "Test.Thing 1.0"]
    )
    content = [{"library": "Test.D 1.0"}, {"library": "Test.D 1.0"}, {"library": "Test.D 1.1"}]
    head = description(dynamicDependencies=dependencies(["Test.E 1.0", "Test.A 1.0"]))
    path = make_package(tmp_path, {"h5p.json": head}, content=content, libraries=[made])
    assert code(path, Limits(libraries=7)) == ""
    assert code(path, Limits(libraries=6)) == "too-many-libraries"


def test_the_content_s_json_has_limits_of_its_own(tmp_path: Path) -> None:
    """A hundred lists in a list, one with a list of two: 102 brackets, 100 commas."""
    content = b"[" + b"[]," * 99 + b"[[0, 1]]]"
    path = make_package(tmp_path, {"content/content.json": content + b" " * 999})
    assert code(path, Limits(json_bytes=len(content) + 999)) == ""
    assert code(path, Limits(json_bytes=len(content) + 998)) == "json-too-large"
    assert code(path, Limits(json_marks=202)) == ""
    assert code(path, Limits(json_marks=201)) == "json-too-large"
    deep = make_package(tmp_path, {"content/content.json": "[" * 9 + "0" + "]" * 9})
    assert code(deep, Limits(json_depth=9)) == ""
    assert code(deep, Limits(json_depth=8)) == "not-json"


def test_the_limits_are_those_that_were_promised() -> None:
    limits = Limits()
    promised = (5_000, 100 * 1024 * 1024, 500 * 1024 * 1024, 100)
    assert (limits.entries, limits.file_bytes, limits.package_bytes, limits.ratio) == promised


# Memory

KEYS = 199_000
MEASURED = """
import sys
from pathlib import Path
from courses.h5p.package import read
with read(sys.argv[1]) as package:
    for file in package.content_files:
        with package.open(file) as stream:
            while stream.read(65536):
                pass
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


def test_reading_takes_little_memory_whatever_the_package_is_made_of(tmp_path: Path) -> None:
    """A film, and what takes the most memory of all content.json that is let in."""
    worst = ",".join(f'"{at}😀aaaaaaaaaaaaaaaaa":"😀{at}"' for at in range(KEYS))
    film = bytes(30 * 1024 * 1024)
    made = [
        Part("content/film.mp4", film, method=zipfile.ZIP_STORED),
        Part("content/content.json", f"[{{{worst}}}]".encode()),
    ]
    kept = [part for part in parts() if part.name != "content/content.json"]
    path = write(tmp_path / "a.h5p", [*kept, *made])
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, path],
        capture_output=True,
        check=True,
        text=True,
        cwd=Path(__file__).parents[4],
    )
    assert int(told.stdout) < 150 * 1024
