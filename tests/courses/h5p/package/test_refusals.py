"""What is refused, each with its reason and the entry it is about."""

import pickle
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from courses.h5p.package import CODES, Refused, read
from tests.courses.h5p.package.broken import (
    LIBRARY_JSON,
    Make,
    another_name_inside,
    cannot_be_unpacked,
    changed,
    cut,
    damaged,
    damaged_json,
    flagged,
    flagged_locally,
    given,
    lying_size,
    named,
    of_library,
    of_method,
    out_of_place,
    overlapping,
    promised,
    raw,
    refusal,
    renamed,
    says_of_itself,
    stored_lie,
)
from tests.courses.h5p.packages import Part, description, library, make_package, parts, write

LINK = {"create_system": 3, "external_attr": 0o120777 << 16}
PIPE = {"create_system": 3, "external_attr": 0o010644 << 16}
BLANK = b" " * 1_000_000
PACKING = zlib.compressobj(-1, zlib.DEFLATED, -15)
BLANK_TIMES = len(BLANK) // len(PACKING.compress(BLANK) + PACKING.flush())
NOT_A_ZIP = "The file is not a zip archive: "

REFUSED: list[tuple[str, str, str, Make]] = [
    # The archive
    ("not-a-zip", "", NOT_A_ZIP + "it has no directory.", raw(b"")),
    ("not-a-zip", "", NOT_A_ZIP + "it has no directory.", raw(b"<html></html>" * 9)),
    ("not-a-zip", "", NOT_A_ZIP + "it has no directory.", cut),
    ("not-a-zip", "", NOT_A_ZIP + "6 entries are promised, 7 found.", promised(6)),
    ("not-a-zip", "", NOT_A_ZIP + "8 entries are promised, 7 found.", promised(8)),
    ("too-many-entries", "", "The package holds 5001 entries; at most 5000 are let in.",
     given({f"content/{at}.txt": "" for at in range(4994)})),
    ("too-many-entries", "", "The package holds 60000 entries; at most 5000 are let in.",
     promised(60_000)),
    ("ratio", "content/a.txt",
     f"“content/a.txt” grows {BLANK_TIMES} times when unpacked; at most 100 times is let in.",
     given({"content/a.txt": BLANK})),
    ("ratio", "__MACOSX/a",
     f"“__MACOSX/a” grows {BLANK_TIMES} times when unpacked; at most 100 times is let in.",
     given({"__MACOSX/a": BLANK})),
    ("encrypted", "h5p.json", "“h5p.json” is encrypted.", flagged),
    ("encrypted", "h5p.json", "“h5p.json” is encrypted.", flagged_locally),
    ("compression", "content/a.txt",
     "“content/a.txt” is packed with method 12; only “stored” and “deflated” are let in.",
     of_method),
    ("bad-crc", "content/a.png", "“content/a.png” is damaged: its checksum is wrong.", damaged),
    ("bad-crc", "h5p.json", "“h5p.json” is damaged: its checksum is wrong.", damaged_json),
    ("bad-crc", "content/a.txt", "“content/a.txt” is damaged: it cannot be unpacked.",
     cannot_be_unpacked),
    ("bad-crc", "content/a.txt",
     "“content/a.txt” is damaged: its header and the directory disagree.", another_name_inside),
    *(
        ("bad-crc", "h5p.json", "“h5p.json” is damaged: its header and the directory disagree.",
         says_of_itself(field))
        for field in (slice(14, 18), slice(18, 22), slice(22, 26))
    ),
    ("false-size", "content/a.txt",
     "“content/a.txt” does not unpack to the 4999 bytes that it declares.", lying_size(4_999)),
    ("false-size", "content/a.txt",
     "“content/a.txt” does not unpack to the 5001 bytes that it declares.", lying_size(5_001)),
    ("false-size", "content/a.png",
     "“content/a.png” does not unpack to the 4000 bytes that it declares.", stored_lie),
    ("bad-crc", "content/a.txt",
     "“content/a.txt” is damaged: its header is not where the directory says.", out_of_place),
    ("overlap", "content/b.txt", "“content/b.txt” lies over another entry of the archive.",
     overlapping),
    # Names
    *(
        ("unsafe-name", shown, f"“{shown}” is not a safe name: {why}.", make)
        for shown, why, make in [
            ("/etc/passwd", "it is an absolute path", named("/etc/passwd")),
            ("C:/a.txt", "it is an absolute path", named("C:/a.txt")),
            ("c:a.txt", "it is an absolute path", named("c:a.txt")),
            ("//server/a.txt", "it is an absolute path", named("//server/a.txt")),
            ("../a.txt", "it holds “..”", named("../a.txt")),
            ("content/../../a.txt", "it holds “..”", named("content/../../a.txt")),
            ("content/..", "it holds “..”", named("content/..")),
            ("content/../", "it holds “..”", named("content/../")),
            ("content\\a.txt", "it holds a back-slash", named("content\\a.txt")),
            ("..\\a.txt", "it holds a back-slash", named("..\\a.txt")),
            ("content//a.txt", "a part of it is empty", named("content//a.txt")),
            ("content/a\ufffdb.txt", "it holds a control character", named("content/a\nb.txt")),
            ("content/x\ufffdxx.txt", "it holds a control character",
             renamed(b"content/xxxx.txt", b"content/x\0xx.txt")),
            ("content/a\ufffdgnp.txt", "it holds a sign that turns the writing",
             named("content/a\u202egnp.txt")),
            ("", "it is empty", named("")),
        ]
    ),
    ("symlink", "content/a.txt",
     "“content/a.txt” is a link or a special file, not a file or a folder.",
     named("content/a.txt", **LINK)),
    ("symlink", "__MACOSX/a", "“__MACOSX/a” is a link or a special file, not a file or a folder.",
     named("__MACOSX/a", **LINK)),
    ("symlink", "content/a.txt",
     "“content/a.txt” is a link or a special file, not a file or a folder.",
     named("content/a.txt", **PIPE)),
    ("duplicate-name", "h5p.json", "“h5p.json” is there more than once.", named("h5p.json")),
    ("duplicate-name", "content/a.txt", "“content/a.txt” is there more than once.",
     named("content/a.txt", "content/a.txt")),
    ("duplicate-name", "content/a.txt", "“content/a.txt” is there more than once.",
     named("content/a.txt", "content/a.txt/b.txt")),
    ("duplicate-name", "content/a.txt", "“content/a.txt” is there more than once.",
     named("content/a.txt", "content/a.txt/")),
    ("case-only", "content/Bild.png",
     "“content/Bild.png” and “content/bild.png” differ by case or accents' form only.",
     named("content/bild.png", "content/Bild.png")),
    ("case-only", "content/images/b.png",
     "“content/images/b.png” and “content/Images/a.png” differ by case or accents' form only.",
     named("content/Images/a.png", "content/images/b.png")),
    ("case-only", "H5P.JSON", "“H5P.JSON” and “h5p.json” differ by case or accents' form only.",
     named("H5P.JSON")),
    ("case-only", "content/STRASSE.txt",
     "“content/STRASSE.txt” and “content/straße.txt” differ by case or accents' form only.",
     named("content/straße.txt", "content/STRASSE.txt")),
    ("case-only", "content/a\u030a.txt",
     "“content/a\u030a.txt” and “content/\u00e5.txt” differ by case or accents' form only.",
     named("content/\u00e5.txt", "content/a\u030a.txt")),
    *(
        ("file-type", name, f"“{name}” is of a type that is not let in {where}.", named(name))
        for name, where in [
            ("content/a.svg", "content"),
            ("content/images/a.SVG", "content"),
            ("content/a.html", "content"),
            ("content/a.js", "content"),
            ("content/a.xml", "content"),
            ("content/a", "content"),
            ("content/a.png/json", "content"),
            ("content/a.png.exe", "content"),
            ("content/a.json ", "content"),
            ("Test.Thing-1.0/a.php", "libraries"),
            ("Test.Thing-1.0/a.html", "libraries"),
            ("Test.Thing-1.0/a.js.map", "libraries"),
            ("Test.Thing-1.0/LICENSE", "libraries"),
            ("Test.Thing-1.0/a.wasm", "libraries"),
        ]
    ),
    # What must be there, and how
    ("missing", "h5p.json", "“h5p.json” is missing.", given({"h5p.json": None})),
    ("missing", "content/content.json", "“content/content.json” is missing.",
     given({"content/content.json": None})),
    ("missing", "h5p.json", "“h5p.json” is missing.",
     given({"h5p.json": None, "H5P.json": description()})),
    ("missing", LIBRARY_JSON, f"“{LIBRARY_JSON}” is missing.", given({LIBRARY_JSON: None})),
    ("missing", "images/library.json", "“images/library.json” is missing.",
     named("images/a.png")),
    ("listed-file-missing", LIBRARY_JSON, f"“{LIBRARY_JSON}” lists thing.js, which is missing.",
     of_library(files={"thing.js": None})),
    ("listed-file-missing", LIBRARY_JSON, f"“{LIBRARY_JSON}” lists thing.css, which is missing.",
     of_library(files={"thing.css": None})),
    ("listed-file-missing", LIBRARY_JSON, f"“{LIBRARY_JSON}” lists Thing.js, which is missing.",
     of_library(preloadedJs=[{"path": "Thing.js"}])),
    ("listed-file-missing", LIBRARY_JSON, f"“{LIBRARY_JSON}” lists _a/a.js, which is missing.",
     of_library(preloadedJs=[{"path": "_a/a.js"}], files={"_a/a.js": "1"})),
    ("library-folder", "Test.Thing-1.1/library.json",
     "“Test.Thing-1.1/library.json” says that it is Test.Thing-1.0;"
     " its folder must have that name.",
     of_library(folder="Test.Thing-1.1")),
    ("library-folder", "test.thing-1.0/library.json",
     "“test.thing-1.0/library.json” says that it is Test.Thing-1.0;"
     " its folder must have that name.",
     of_library(folder="test.thing-1.0")),
    ("library-twice", LIBRARY_JSON,
     f"“{LIBRARY_JSON}” is Test.Thing 1.0, which another folder of the package is too.",
     given(libraries=[library(), library(folder="Test.Thing")])),
    *(
        ("language-name", f"Test.Thing-1.0/language/{name}",
         f"“Test.Thing-1.0/language/{name}” is not the name of a language file, such as sv.json.",
         of_library(files={f"language/{name}": {}}))
        for name in ["sv_SE.json", "sv.js", "sv1.json", "sv--fi.json", "sv-.json", "sv.json.json",
                     "a/sv.json", "a-b-c-d-e-f-g-h.json", "å.json"]
    ),
    ("core-api", LIBRARY_JSON,
     f"“{LIBRARY_JSON}” needs version 1.29 of H5P's core; the player has 1.28.",
     of_library(coreApi={"majorVersion": 1, "minorVersion": 29})),
    ("core-api", LIBRARY_JSON,
     f"“{LIBRARY_JSON}” needs version 2.0 of H5P's core; the player has 1.28.",
     of_library(coreApi={"majorVersion": "2", "minorVersion": "0"})),
    ("core-api", "h5p.json", "“h5p.json” needs version 1.30 of H5P's core; the player has 1.28.",
     given(coreApi={"majorVersion": 1, "minorVersion": 30})),
    ("too-many-libraries", "content/content.json",
     "With “content/content.json” the package names 501 libraries; at most 500 are let in.",
     given(content=[{"library": f"Test.More{at} 1.0"} for at in range(500)])),
    ("too-many-libraries", LIBRARY_JSON,
     f"With “{LIBRARY_JSON}” the package names 501 libraries; at most 500 are let in.",
     of_library(editor=[f"Test.More{at} 1.0" for at in range(500)])),
]  # fmt: skip


@pytest.mark.parametrize(("code", "entry", "sentence", "make"), REFUSED)
def test_is_refused(tmp_path: Path, code: str, entry: str, sentence: str, make: Make) -> None:
    told = refusal(make(tmp_path))
    assert (told.code, told.entry, str(told)) == (code, entry, sentence)


def test_a_language_file_s_name_is_judged_at_once_however_long(tmp_path: Path) -> None:
    made = library(files={"language/" + "a" * 240 + "!.json": {}})
    assert refusal(make_package(tmp_path, libraries=[made])).code == "language-name"


@pytest.mark.parametrize(
    "name", ["content/" + "a" * 252 + ".txt", "content/" + "a/" * 500 + "a.txt"]
)
def test_a_name_that_no_file_system_takes_is_refused(tmp_path: Path, name: str) -> None:
    told = refusal(make_package(tmp_path, [Part(name)]))
    assert (told.code, told.found) == ("unsafe-name", "it is too long")


def test_a_name_leaves_room_for_where_it_is_stored(tmp_path: Path) -> None:
    """Object stores take keys of 1,024 bytes; see where a tree's files lie."""
    longest = "content/" + "å/" * 295 + "bbb.mp4"
    key = f"location/h5p/libraries/{'0' * 64}/{longest}"
    assert (len(longest.encode()), len(key.encode()) <= 1_024) == (900, True)
    read(make_package(tmp_path, [Part(longest)])).close()
    told = refusal(make_package(tmp_path, [Part(longest.replace("bbb", "bbbb"))]))
    assert (told.code, told.found) == ("unsafe-name", "it is too long")


def test_a_name_that_says_it_is_utf_8_and_is_not_is_refused(tmp_path: Path) -> None:
    path = make_package(tmp_path, [Part("content/åå.txt")])
    told = refusal(changed(path, "åå".encode(), "å".encode() + b"\xff\xff"))
    assert (told.code, told.entry, told.found) == (
        "unsafe-name", "content/├Ñ\u00a0\u00a0.txt".replace("\u00a0", "\ufffd"), "it is not UTF-8",
    )  # fmt: skip


def test_a_package_that_was_packed_with_its_folder_is_told_where_its_parts_lie(
    tmp_path: Path,
) -> None:
    inside = [replace(part, name=f"Mitt paket/{part.name}") for part in parts()]
    told = refusal(write(tmp_path / "a.h5p", inside))
    assert (told.code, told.entry, told.found) == ("missing", "h5p.json", "Mitt paket/h5p.json")


def test_every_code_is_tried_here() -> None:
    elsewhere = {"not-json", "shape", "file-too-large", "package-too-large", "json-too-large"}
    assert {code for code, *_rest in REFUSED} | elsewhere == CODES


def test_a_refusal_harms_no_terminal(tmp_path: Path) -> None:
    told = refusal(make_package(tmp_path, [Part("content/\x1b[2Ja\u202e" + "b" * 500 + ".txt")]))
    assert told.entry == "content/\ufffd[2Ja\ufffd" + "b" * 185 + "…"


def test_a_refusal_passes_between_processes() -> None:
    before = Refused("core-api", "a", found="1.29", expected="1.28")
    after = pickle.loads(pickle.dumps(before))
    assert (after.code, after.entry, after.found, after.expected, str(after)) == (
        before.code, before.entry, before.found, before.expected, str(before),
    )  # fmt: skip


def test_every_code_is_explained_in_the_documentation() -> None:
    page = (Path(__file__).parents[4] / "docs" / "h5p.md").read_text()
    table = page.partition("| code | refused is |")[2].partition("\n\n")[0]
    assert {word for row in table.splitlines() for word in codes_of(row)} == CODES


def codes_of(row: str) -> list[str]:
    """Give what the first cell of a table's row has in code."""
    return row.split("|")[1].split("`")[1::2] if row.count("|") > 2 else []
