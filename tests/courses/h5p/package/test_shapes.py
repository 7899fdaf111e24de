"""JSON that is none, or not of H5P's shape, is refused: the file, the key, and what is there."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from courses.h5p.package import read
from tests.courses.h5p.package.broken import LIBRARY_JSON, refusal
from tests.courses.h5p.packages import Part, description, library, make_package, parts, write

NOT_JSON = [
    (b"", "line 1, column 1: Expecting value"),
    (b"{", "line 1, column 2: Expecting property name enclosed in double quotes"),
    (b"{'a': 1}", "line 1, column 2: Expecting property name enclosed in double quotes"),
    (b"{} {}", "line 1, column 4: Extra data"),
    (b'{"a": NaN}', "NaN and Infinity are not numbers"),
    (b'{"a": -Infinity}', "NaN and Infinity are not numbers"),
    (b'{"a": 1e999}', "a number is too large"),
    (b'{"a": ' + b"1" * 5000 + b"}", "a number is too long"),
    (b'{"a": 1.' + b"1" * 5000 + b"}", "a number is too long"),
    (b'{"a": "\xe5"}', "it is not UTF-8"),
    ('{"a": 1}'.encode("utf-16"), "it is not UTF-8"),
    (b'{"a": "\\ud800"}', "a character that cannot be written"),
    (b'{"\\udfff": 1}', "a character that cannot be written"),
    (b'{"a": "\n"}', "line 1, column 8: Invalid control character at"),
    (b'{"a": ' * 100_000, "it is nested too deep"),
    (b"[" * 257 + b"]" * 257, "it is nested too deep"),
]


@pytest.mark.parametrize(("data", "why"), NOT_JSON)
@pytest.mark.parametrize(
    "entry",
    [
        "h5p.json", "content/content.json", LIBRARY_JSON,
        "Test.Thing-1.0/semantics.json", "Test.Thing-1.0/language/sv.json",
    ],
)  # fmt: skip
def test_what_is_not_json_is_refused(tmp_path: Path, entry: str, data: bytes, why: str) -> None:
    part = Part(entry, data, method=zipfile.ZIP_STORED)
    kept = [one for one in parts() if one.name != entry]
    told = refusal(write(tmp_path / "a.h5p", [*kept, part]))
    assert (told.code, str(told)) == ("not-json", f"“{entry}” is not JSON: {why}.")


@pytest.mark.parametrize("entry", ["h5p.json", LIBRARY_JSON])
def test_a_description_holds_no_nul_for_a_database_takes_none(tmp_path: Path, entry: str) -> None:
    assert refusal(make_package(tmp_path, {entry: b'{"note": "\\u0000"}'})).code == "not-json"


def test_a_nul_in_the_content_s_text_is_the_author_s(tmp_path: Path) -> None:
    path = make_package(tmp_path, {"content/content.json": b'{"note": "\\u0000"}'})
    assert read(path).content == {"note": "\0"}


THING = {"machineName": "Test.Thing", "majorVersion": 1, "minorVersion": 0}
WRONG_SHAPES: list[tuple[dict[str, Any], str]] = [
    ({"title": None}, "title: 1-255 characters expected, nothing found"),
    ({"title": ""}, "title: 1-255 characters expected, “” found"),
    ({"title": ["a"]}, "title: 1-255 characters expected, a list found"),
    ({"title": True}, "title: 1-255 characters expected, True found"),
    ({"title": "a\nb"}, "title: 1-255 characters expected, “a\ufffdb” found"),
    ({"language": None}, "language: a language code, such as sv expected, nothing found"),
    ({"language": "sv_SE"}, "language: a language code, such as sv expected, “sv_SE” found"),
    ({"language": "svenskaspråk"},
     "language: a language code, such as sv expected, “svenskaspråk” found"),
    ({"mainLibrary": None},
     "mainLibrary: the machine name of a library expected, nothing found"),
    ({"mainLibrary": "Test Thing"},
     "mainLibrary: the machine name of a library expected, “Test Thing” found"),
    ({"mainLibrary": "T" * 241},
     "mainLibrary: the machine name of a library expected, “" + "T" * 198 + "… found"),
    ({"mainLibrary": "Test.Other"},
     "preloadedDependencies: the main library, with its version expected, “Test.Thing 1.0” found"),
    ({"preloadedDependencies": None},
     "preloadedDependencies: the main library, with its version expected, nothing found"),
    ({"preloadedDependencies": []},
     "preloadedDependencies: the main library, with its version expected, nothing found"),
    ({"preloadedDependencies": "Test.Thing 1.0"},
     "preloadedDependencies: a list of objects expected, “Test.Thing 1.0” found"),
    ({"preloadedDependencies": [THING, "Test.Thing 1.0"]},
     "preloadedDependencies[1]: an object expected, “Test.Thing 1.0” found"),
    ({"preloadedDependencies": [{"machineName": "Test.Thing", "majorVersion": 1}]},
     "preloadedDependencies[0].minorVersion: a number of 1-5 digits expected, nothing found"),
    ({"preloadedDependencies": {"majorVersion": 1, "minorVersion": 0}},
     "preloadedDependencies.machineName: the machine name of a library expected, nothing found"),
    ({"dynamicDependencies": [THING, THING, THING, THING, {**THING, "minorVersion": "x"}]},
     "dynamicDependencies[4].minorVersion: a number of 1-5 digits expected, “x” found"),
    ({"dynamicDependencies": [{"machineName": "../a", "majorVersion": 1, "minorVersion": 0}]},
     "dynamicDependencies[0].machineName: the machine name of a library expected, “../a” found"),
    ({"embedTypes": None}, "embedTypes: a list of “div” and “iframe” expected, nothing found"),
    ({"embedTypes": ""}, "embedTypes: a list of “div” and “iframe” expected, “” found"),
    ({"embedTypes": ["div", "popup", "object"]},
     "embedTypes[1]: “div” or “iframe” expected, “popup” found"),
    ({"embedTypes": {"a": "div"}},
     "embedTypes: a list of “div” and “iframe” expected, an object found"),
    ({"embedTypes": [["div"]]}, "embedTypes[0]: “div” or “iframe” expected, a list found"),
    ({"source": "javascript:alert(1)"},
     "source: a web address expected, “javascript:alert(1)” found"),
    ({"coreApi": "1.1"}, "coreApi: an object expected, “1.1” found"),
    ({"coreApi": {"majorVersion": 1}},
     "coreApi.minorVersion: a number of 1-5 digits expected, nothing found"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "why"), WRONG_SHAPES)
def test_an_h5p_json_of_another_shape_is_refused(
    tmp_path: Path, said: dict[str, Any], why: str
) -> None:
    whole = {key: value for key, value in {**description(), **said}.items() if value is not None}
    told = refusal(make_package(tmp_path, {"h5p.json": whole}))
    assert (told.code, told.entry) == ("shape", "h5p.json")
    assert str(told) == f"“h5p.json” is not as H5P describes it: {why}."


WRONG_LIBRARIES: list[tuple[dict[str, Any], str]] = [
    ({"title": None}, "title: 1-255 characters expected, nothing found"),
    ({"machineName": None}, "machineName: the machine name of a library expected, nothing found"),
    ({"machineName": "../../a"},
     "machineName: the machine name of a library expected, “../../a” found"),
    ({"majorVersion": None}, "majorVersion: a number of 1-5 digits expected, nothing found"),
    ({"minorVersion": "x"}, "minorVersion: a number of 1-5 digits expected, “x” found"),
    ({"patchVersion": -1}, "patchVersion: a number of 1-5 digits expected, “-1” found"),
    ({"patchVersion": 100_000}, "patchVersion: a number of 1-5 digits expected, “100000” found"),
    ({"patchVersion": 1.5}, "patchVersion: a number of 1-5 digits expected, 1.5 found"),
    ({"patchVersion": "٣"}, "patchVersion: a number of 1-5 digits expected, “٣” found"),
    ({"runnable": None}, "runnable: 0 or 1 expected, nothing found"),
    ({"runnable": 2}, "runnable: 0 or 1 expected, “2” found"),
    ({"preloadedJs": "thing.js"},
     "preloadedJs: a list of objects expected, “thing.js” found"),
    ({"preloadedJs": [{"src": "thing.js"}]},
     "preloadedJs[0].path: a path in the library that ends with .js expected, nothing found"),
    ({"preloadedJs": [{"path": "thing.js"}, {"path": "thing.css"}]},
     "preloadedJs[1].path: a path in the library that ends with .js expected, “thing.css” found"),
    ({"preloadedJs": [{"path": "../Test.Other-1.0/thing.js"}]},
     "preloadedJs[0].path: a path in the library that ends with .js expected,"
     " “../Test.Other-1.0/thing.js” found"),
    ({"preloadedCss": [{"path": "https://example.org/a.css?"}]},
     "preloadedCss[0].path: a path in the library that ends with .css expected,"
     " “https://example.org/a.css?” found"),
    ({"editorDependencies": 7}, "editorDependencies: a list of objects expected, 7 found"),
    ({"embedTypes": ["popup"]}, "embedTypes[0]: “div” or “iframe” expected, “popup” found"),
    ({"fullscreen": "yes"}, "fullscreen: 0 or 1 expected, “yes” found"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "why"), WRONG_LIBRARIES)
def test_a_library_json_of_another_shape_is_refused(
    tmp_path: Path, said: dict[str, Any], why: str
) -> None:
    good = json.loads(library().files["library.json"])
    whole = {key: value for key, value in {**good, **said}.items() if value is not None}
    told = refusal(make_package(tmp_path, {LIBRARY_JSON: whole}))
    assert (told.code, told.entry) == ("shape", LIBRARY_JSON)
    assert str(told) == f"“{LIBRARY_JSON}” is not as H5P describes it: {why}."


@pytest.mark.parametrize("value", ["1", '"text"', "null", "true"])
@pytest.mark.parametrize("entry", ["h5p.json", "content/content.json", LIBRARY_JSON])
def test_a_json_file_that_holds_a_value_only_is_refused(
    tmp_path: Path, entry: str, value: str
) -> None:
    told = refusal(make_package(tmp_path, {entry: value}))
    assert (told.code, told.entry, told.expected) == ("shape", entry, "an object")
