"""A good package is read whole: what it says, its files with their hashes, its libraries."""

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from courses.h5p.package import LibraryName, Package, PackedFile, Version, read, tree_hash
from tests.courses.h5p.package.broken import LIBRARY_JSON
from tests.courses.h5p.packages import Part, description, library, make_package

THING = LibraryName("Test.Thing", 1, 0)


def bytes_of(package: Package, file: PackedFile) -> bytes:
    with package.open(file) as stream:
        return stream.read()


def test_the_core_knows_nothing_of_django() -> None:
    asked = "import sys, courses.h5p.package; print('django' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        check=True,
        text=True,
        cwd=Path(__file__).parents[4],
        env={},
    )
    assert told.stdout == "False\n"


def test_a_package_says_what_it_is(tmp_path: Path) -> None:
    with read(make_package(tmp_path, title="Fråga om våld", license="CC BY")) as package:
        assert package.description.title == "Fråga om våld"
        assert package.description.language == "sv"
        assert package.description.main_library == THING
        assert package.description.license == "CC BY"
        assert package.description.embed_types == ("div",)
        assert package.description.metadata["title"] == "Fråga om våld"
        assert package.content == {"question": "<p>Vad säger du?</p>"}


def test_files_of_the_content_are_told_with_size_and_hash_and_can_be_opened(tmp_path: Path) -> None:
    picture = bytes(range(256)) * 1000
    with read(make_package(tmp_path, {"content/images/a.png": picture})) as package:
        image = next(file for file in package.content_files if file.path == "images/a.png")
        assert image.size == 256_000
        assert image.sha256 == hashlib.sha256(picture).hexdigest()
        assert bytes_of(package, image) == picture
        assert [file.path for file in package.content_files] == ["content.json", "images/a.png"]


def test_several_files_can_be_open_at_once(tmp_path: Path) -> None:
    files = {f"content/{name}.mp4": name * 200_000 for name in "ab"}
    with read(make_package(tmp_path, files)) as package:
        first, second = (package.content_files[at] for at in (0, 1))
        with package.open(first) as one, package.open(second) as other:
            turns = [one.read(70_000) + other.read(70_000) for _turn in range(2)]
    assert turns == [b"a" * 70_000 + b"b" * 70_000] * 2


def test_a_library_says_what_it_is_and_what_it_needs(tmp_path: Path) -> None:
    made = library(
        "Test.Thing",
        (1, 0, 7),
        needs=["Test.Other 2.3"],
        editor=["Test.Editor 1.0"],
        coreApi={"majorVersion": 1, "minorVersion": 28},
        embedTypes=["iframe"],
        fullscreen=1,
    )
    with read(make_package(tmp_path, libraries=[made])) as package:
        told = package.libraries[THING]
        assert told.description.name == THING
        assert told.description.version == Version(1, 0, 7)
        assert told.description.preloaded == (LibraryName("Test.Other", 2, 3),)
        assert told.description.editor == (LibraryName("Test.Editor", 1, 0),)
        assert told.description.preloaded_js == ("thing.js",)
        assert told.description.preloaded_css == ("thing.css",)
        assert told.description.runnable
        assert told.description.fullscreen
        assert told.description.core_api == (1, 28)
        assert told.description.license == "MIT"
        assert [file.path for file in told.files] == [
            "language/sv.json",
            "library.json",
            "semantics.json",
            "thing.css",
            "thing.js",
        ]


def test_a_library_s_hash_is_that_of_its_tree(tmp_path: Path) -> None:
    one = read(make_package(tmp_path, name="1.h5p")).libraries[THING]
    same = read(make_package(tmp_path, name="2.h5p", title="Another")).libraries[THING]
    other = read(make_package(tmp_path, name="3.h5p", libraries=[library(js="1")])).libraries[THING]
    assert one.sha256 == same.sha256 == tree_hash(reversed(one.files))
    assert one.sha256 != other.sha256


def test_a_path_and_its_bytes_are_told_apart_in_the_hash() -> None:
    empty = hashlib.sha256(b"").hexdigest()
    files = [PackedFile("a", 0, empty, "a"), PackedFile("b", 0, empty, "b")]
    assert tree_hash(files) != tree_hash(files[:1])
    assert tree_hash(files[:1]) != tree_hash(files[1:])


def test_a_content_s_hash_knows_what_h5p_json_says(tmp_path: Path) -> None:
    made = [
        make_package(tmp_path, name=f"{number}.h5p", **given)
        for number, given in enumerate([{}, {}, {"title": "Another"}, {"content": {"a": 1}}])
    ]
    first, again, titled, filled = [read(path).content_sha256 for path in made]
    assert first == again
    assert len({first, titled, filled}) == 3


def test_a_package_is_read_from_an_open_file_too_which_stays_open(tmp_path: Path) -> None:
    file = io.BytesIO(make_package(tmp_path).read_bytes())
    with read(file) as package:
        assert package.description.title == "Ett möte"
    assert not file.closed


def test_what_systems_leave_behind_is_left_out(tmp_path: Path) -> None:
    left = {".DS_Store": b"x", "__MACOSX/._h5p.json": b"x", "content/.hidden.exe": b"x"}
    left |= {"Test.Thing-1.0/_source/a.coffee": b"x", "_unused/library.json": b"x"}
    left |= {"content/images/_thumb.exe": b"MZ", "Test.Thing-1.0/.git/config": b"[core]"}
    left |= {"Test.Thing-1.0/language/.json": b"not json"}
    with read(make_package(tmp_path, left)) as package:
        assert [file.path for file in package.content_files] == ["content.json"]
        assert len(package.libraries[THING].files) == 5
        assert list(package.libraries) == [THING]


def test_folders_may_be_entries_of_their_own(tmp_path: Path) -> None:
    folders = [Part(name) for name in ("content/", "content/images/", "Test.Thing-1.0/", "empty/")]
    with read(make_package(tmp_path, folders)) as package:
        assert [file.path for file in package.content_files] == ["content.json"]


def test_what_lies_beside_h5p_json_is_not_used(tmp_path: Path) -> None:
    beside = {"README": "x", "install.exe": "x", "imsmanifest.xml": "<x/>"}
    with read(make_package(tmp_path, beside)) as package:
        assert [file.path for file in package.content_files] == ["content.json"]


@pytest.mark.parametrize("folder", ["Test.Thing", "Test.Thing-1.0", "Test.Thing-1.0.4"])
def test_a_library_s_folder_may_leave_out_the_version_or_say_all_of_it(
    tmp_path: Path, folder: str
) -> None:
    made = library("Test.Thing", (1, 0, 4), folder=folder)
    assert list(read(make_package(tmp_path, libraries=[made])).libraries) == [THING]


@pytest.mark.parametrize(
    "said",
    [
        {"license": None},
        {"embedTypes": None},
        {"preloadedDependencies": None, "preloadedCss": None},
        {"runnable": "1", "majorVersion": "1", "fullscreen": ""},
        {"coreApi": {"majorVersion": 1, "minorVersion": 5}, "unheardOf": {"a": 1}},
        {"coreApi": [], "author": "", "contentType": None},
        {"preloadedJs": [{"path": "./thing.js"}], "preloadedCss": [{"path": "/thing.css"}]},
        {"preloadedJs": []},
    ],
)
def test_a_library_json_may_be_written_as_h5p_lets_it(
    tmp_path: Path, said: dict[str, object]
) -> None:
    made = library("Test.Thing", (1, 0, 0), **said)
    assert list(read(make_package(tmp_path, libraries=[made])).libraries) == [THING]


@pytest.mark.parametrize("empty", [None, "", [], {}])
def test_an_empty_value_in_a_description_is_as_nothing(tmp_path: Path, empty: object) -> None:
    optional = ["license", "source", "coreApi", "dynamicDependencies"]
    head = {**description(), **dict.fromkeys(optional, empty)}
    optional += ["editorDependencies", "preloadedDependencies", "preloadedJs", "preloadedCss"]
    good = json.loads(library().files["library.json"])
    said = {**good, **dict.fromkeys([*optional, "embedTypes", "fullscreen"], empty)}
    with read(make_package(tmp_path, {"h5p.json": head, LIBRARY_JSON: said})) as package:
        assert (package.description.license, package.description.dynamic) == ("", ())
        told = package.libraries[THING].description
    assert (told.license, told.core_api, told.embed_types, told.fullscreen) == ("", None, (), False)
    assert not any((told.preloaded_js, told.preloaded_css, told.preloaded, told.dynamic))


def test_back_slashes_in_listed_files_are_read_as_windows_wrote_them(tmp_path: Path) -> None:
    made = library(preloadedJs=[{"path": "js\\a b.js"}], files={"js/a b.js": "1"})
    told = read(make_package(tmp_path, libraries=[made])).libraries[THING]
    assert told.description.preloaded_js == ("js/a b.js",)


def test_a_byte_order_mark_is_let_in(tmp_path: Path) -> None:
    marked = {"content/content.json": b'\xef\xbb\xbf{"a": 1}'}
    assert read(make_package(tmp_path, marked)).content == {"a": 1}


def test_content_may_be_the_empty_list_that_php_writes(tmp_path: Path) -> None:
    assert read(make_package(tmp_path, {"content/content.json": "[]"})).content == []


def test_a_package_may_leave_its_libraries_out(tmp_path: Path) -> None:
    assert read(make_package(tmp_path, libraries=[])).libraries == {}
