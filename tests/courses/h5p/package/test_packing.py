"""A package that is packed again is whole, the same to the byte, and let in again."""

import io
import json
from functools import partial
from pathlib import Path

import pytest

from courses.h5p.package import Limits, Package, Refused, pack, read
from tests.courses.h5p.packages import Line, Part, description, library, make_package, parts, write


def packed(package: Package, limits: Limits | None = None) -> bytes:
    out = io.BytesIO()
    content = {file.path: partial(package.open, file) for file in package.content_files}
    libraries = {
        name: {file.path: partial(package.open, file) for file in one.files}
        for name, one in package.libraries.items()
    }
    pack(out, package.description, content, libraries, limits)
    return out.getvalue()


def test_what_is_packed_again_is_the_same_package(tmp_path: Path) -> None:
    pictures = {"content/images/å.png": bytes(range(256)) * 999, "content/a.txt": "b" * 9000}
    made = [library(), library("Test.Other", (2, 3, 4), css="a{}")]
    with read(make_package(tmp_path, pictures, libraries=made)) as package:
        first = packed(package)
        with read(io.BytesIO(first)) as again:
            assert again.description == package.description
            assert again.content == package.content
            assert again.content_sha256 == package.content_sha256
            assert again.content_files == package.content_files
            assert {name: one.sha256 for name, one in again.libraries.items()} == {
                name: one.sha256 for name, one in package.libraries.items()
            }
            assert packed(again) == first


def test_the_order_of_the_entries_does_not_show(tmp_path: Path) -> None:
    made = [library(), library("Test.Other", (2, 3, 4))]
    one = read(make_package(tmp_path, name="1.h5p", libraries=made))
    other = read(make_package(tmp_path, name="2.h5p", libraries=reversed(made)))
    assert packed(one) == packed(other)


def test_what_packs_suspiciously_well_is_stored_so_that_it_is_let_in_again(tmp_path: Path) -> None:
    blank = [Part("content/blank.txt", b" " * 1_000_000, method=0)]
    again = io.BytesIO(packed(read(make_package(tmp_path, blank))))
    assert read(again).content_files[0].size == 1_000_000


def test_what_limits_of_ones_own_refuse_is_stored_too(tmp_path: Path) -> None:
    strict = Limits(ratio=20)
    text = " ".join(str(number) * 20 for number in range(3_000))
    path = make_package(tmp_path, [Part("content/text.txt", text.encode(), method=0)])
    with read(path, strict) as package:
        again = io.BytesIO(packed(package, strict))
        assert read(again, strict).content_sha256 == package.content_sha256
        with pytest.raises(Refused, match="grows"):
            read(io.BytesIO(packed(package)), strict)


def test_an_h5p_json_that_packs_suspiciously_well_is_stored_too(tmp_path: Path) -> None:
    said = json.dumps(description(note="a" * 100_000)).encode()
    kept = [part for part in parts() if part.name != "h5p.json"]
    path = write(tmp_path / "a.h5p", [*kept, Part("h5p.json", said, method=0)])
    with read(path) as package:
        again = read(io.BytesIO(packed(package)))
    assert again.description == package.description


def test_long_texts_are_packed_and_whole(tmp_path: Path) -> None:
    long = " ".join(str(number * 7919) for number in range(90_000)).encode()
    package = read(make_package(tmp_path, [Part("content/long.txt", long)]))
    again = packed(package)
    assert len(again) < len(long) * 0.6
    assert read(io.BytesIO(again)).content_files == package.content_files


def test_a_package_can_be_written_where_there_is_no_going_back(tmp_path: Path) -> None:
    line = Line()
    package = read(make_package(tmp_path))
    pack(line, package.description, {}, {})  # type: ignore[arg-type]
    assert line.sent.startswith(b"PK\x03\x04")
    assert line.sent[-22:-18] == b"PK\x05\x06"
