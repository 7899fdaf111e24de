"""What packages in use look like, as other tools wrote them: let in, or refused for what it is."""

from pathlib import Path

import pytest

from courses.h5p.package import LibraryName, Refused, closure, listed_files, read
from tests.courses.h5p.packages import description, library, make_package

THING = LibraryName("Test.Thing", 1, 0)


@pytest.mark.parametrize("said", ["div", {"div": 1}, ["div", "window"], None, 1])
def test_embed_types_are_a_list_of_the_two_that_there_are(tmp_path: Path, said: object) -> None:
    with pytest.raises(Refused) as refused:
        read(make_package(tmp_path, {"h5p.json": {**description(), "embedTypes": said}}))
    assert (refused.value.code, refused.value.entry) == ("shape", "h5p.json")
    assert "embedTypes" in str(refused.value)


def test_a_folder_that_holds_no_library_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(make_package(tmp_path, {"notes/readme.txt": "hej"}))
    assert (refused.value.code, refused.value.entry) == ("missing", "notes/library.json")


def test_a_package_of_libraries_alone_lacks_its_h5p_json(tmp_path: Path) -> None:
    alone = {"h5p.json": None, "content/content.json": None}
    with pytest.raises(Refused) as refused:
        read(make_package(tmp_path, alone))
    assert (refused.value.code, refused.value.entry) == ("missing", "h5p.json")


def test_a_package_inside_a_folder_lacks_its_h5p_json(tmp_path: Path) -> None:
    inside = {"h5p.json": None, "content/content.json": None, "film/h5p.json": description()}
    with pytest.raises(Refused) as refused:
        read(make_package(tmp_path, inside, libraries=[]))
    assert (refused.value.code, refused.value.entry) == ("missing", "h5p.json")


def test_listed_files_are_the_paths_they_were_found_at(tmp_path: Path) -> None:
    made = library(
        preloadedJs=[{"path": ".\\js\\a.js"}],
        preloadedCss={"path": "/a.css"},
        files={"js/a.js": "1", "a.css": ""},
    )
    told = read(make_package(tmp_path, libraries=[made])).libraries[THING].description
    assert told.preloaded_js == listed_files(told.metadata, "preloadedJs") == ("js/a.js",)
    assert told.preloaded_css == listed_files(told.metadata, "preloadedCss") == ("a.css",)


def test_a_drop_zone_s_name_for_the_editor_s_clipboard_is_no_library_that_is_missing(
    tmp_path: Path,
) -> None:
    zones = [{"x": 1, "type": {"library": "H5P.DragQuestionDropzone 0.1"}}]
    content = {"zones": zones, "part": {"library": "Test.Absent 1.0"}}
    with read(make_package(tmp_path, content=content)) as package:
        held = {name: one.description for name, one in package.libraries.items()}
        found = closure(package.description, package.content, held.get)
    assert found.ordered == [THING]
    assert found.missing == [LibraryName("Test.Absent", 1, 0)]
