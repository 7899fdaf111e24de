"""`manage.py h5p_build`: packages of our types and of the modules' contents, always the same."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from courses.h5p.own.folders import read_folder
from courses.h5p.package import LibraryName, read
from courses.h5p.store.models import H5PVersion, VersionState
from foundation.problems import FilesRefused
from tests.courses.h5p.own.contents import (
    CHOICE,
    CONVERSATION,
    TYPES,
    content_folder,
    example,
    write_json,
)

OTHER = LibraryName("H5P.Text", 1, 1)
MODULES = Path(__file__).parents[4] / "courses" / "modules"


def built(out: Path, modules: Path | None = None) -> dict[str, bytes]:
    call_command("h5p_build", out=out, modules=modules or out / "none", stdout=StringIO())
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    assert built(tmp_path / "one") == built(tmp_path / "two")


def test_each_type_is_a_package_that_brings_all_it_plays_with(tmp_path: Path) -> None:
    for file, content in built(tmp_path).items():
        (tmp_path / file).write_bytes(content)
        with read(tmp_path / file) as package:
            main = package.description.main_library
            assert set(package.libraries) == {main, LibraryName("Kompetens.Base", 1, 0)}
            assert file == f"{main.machine_name}.h5p"
            assert {"language/en.json", "language/sv.json", "semantics.json", "LICENSE.txt"} <= {
                one.path for one in package.libraries[main].files
            }


@pytest.mark.django_db
def test_what_is_built_is_imported_and_can_be_played(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    files = [tmp_path / name for name in built(tmp_path)]
    call_command("h5p_import", *files, approve=True, stdout=StringIO())
    assert {(version.main_library, version.state) for version in H5PVersion.objects.all()} == {
        (str(name), VersionState.READY) for name in TYPES
    }


def test_every_content_of_the_modules_is_built(tmp_path: Path) -> None:
    names = {f"{head.parts[-4]}-{head.parts[-2]}.h5p" for head in MODULES.glob("*/h5p/*/h5p.json")}
    assert len(names) >= 2
    assert built(tmp_path, MODULES).keys() >= names


def test_media_come_along(tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "m" / "h5p" / "k", CHOICE, example(CHOICE))
    (folder / "content" / "images").mkdir()
    (folder / "content" / "images" / "bild.png").write_bytes(b"\x89PNG")
    built(tmp_path / "out", tmp_path)
    with read(tmp_path / "out" / "m-k.h5p") as package:
        found = {file.path: file for file in package.content_files}
        with package.open(found["images/bild.png"]) as image:
            assert image.read() == b"\x89PNG"


def test_nothing_is_built_where_something_is_wrong(tmp_path: Path) -> None:
    content = example(CONVERSATION)
    content["steps"][1]["replies"][0]["to"] = "nowhere"
    content_folder(tmp_path / "m" / "h5p" / "k", CONVERSATION, content)
    with pytest.raises(CommandError) as refused:
        built(tmp_path / "out", tmp_path)
    assert "m/h5p/k/content/content.json, steps 2 › replies 1 › to: ”nowhere”." in str(
        refused.value
    )
    assert not (tmp_path / "out").exists()


def test_one_package_that_is_refused_leaves_all_of_them_as_they_were(tmp_path: Path) -> None:
    """What only the reader of packages sees: a content that is a value, in two of the folders."""
    folder = content_folder(tmp_path / "a" / "h5p" / "k", CHOICE, example(CHOICE))
    before = built(tmp_path / "out", tmp_path)
    assert "a-k.h5p" in before
    write_json(folder / "content" / "content.json", example(CHOICE) | {"introduction": "<p>x</p>"})
    content_folder(tmp_path / "b" / "h5p" / "k", OTHER, 3)
    content_folder(tmp_path / "c" / "h5p" / "k", OTHER, "text")
    with pytest.raises(CommandError) as refused:
        built(tmp_path / "out", tmp_path)
    heading, *lines = str(refused.value).splitlines()
    assert heading == "Inget byggdes. Att rätta till:"
    assert [line.partition(":")[0] for line in lines] == ["  b-k.h5p", "  c-k.h5p"]
    left = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert left == before


def test_packages_are_held_to_the_limits_of_the_settings(
    tmp_path: Path, settings: Settings
) -> None:
    settings.H5P_LIBRARIES = 1
    with pytest.raises(CommandError, match="nämner paketet 2 bibliotek"):
        built(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_files_that_no_package_takes_are_named_before_anything_is_built(tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "m" / "h5p" / "k", CHOICE, example(CHOICE))
    (folder / "content" / "images").mkdir()
    for name in ["karta.svg", "bild.png", "Bild.png", "a\\b.png", ".DS_Store"]:
        (folder / "content" / "images" / name).write_bytes(b"")
    with pytest.raises(FilesRefused) as refused:
        read_folder(folder, name="m/h5p/k")
    place = "m/h5p/k/content/images"
    assert {(one.file, one.value): one.expected for one in refused.value.problems} == {
        (f"{place}/a\\b.png", "a\\b.png"): (
            "ett kort namn utan omvända snedstreck och tecken som inte syns"
        ),
        (f"{place}/bild.png", "bild.png"): (
            "ett namn som skiljer sig från andras i mer än stora och små bokstäver eller hur"
            " accenter skrivs"
        ),
        (f"{place}/karta.svg", "karta.svg"): (
            "bilder (men inte SVG), ljud, film, text eller kontorsdokument"
        ),
    }


@pytest.mark.parametrize("said", ['"\\ud800"', "NaN", "[" * 300 + "]" * 300])
@pytest.mark.parametrize("file", ["h5p.json", "content/content.json"])
def test_json_that_no_package_takes_is_named_before_anything_is_built(
    tmp_path: Path, file: str, said: str
) -> None:
    folder = content_folder(tmp_path / "k", OTHER, {"text": "x"})
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace("{", f'{{"more": {said},', 1), encoding="utf-8")
    with pytest.raises(FilesRefused) as refused:
        read_folder(folder, name="k")
    assert [(one.file, one.expected) for one in refused.value.problems] == [
        (f"k/{file}", "giltig JSON")
    ]


def test_what_h5p_json_says_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "k", CHOICE, example(CHOICE), embedTypes=["div", "popup"])
    with pytest.raises(FilesRefused) as refused:
        read_folder(folder, name="k")
    [problem] = refused.value.problems
    assert (problem.file, problem.place) == ("k/h5p.json", "embedTypes[1]")
    assert (problem.value, problem.expected) == ("“popup”", "“div” or “iframe”")


def test_a_folder_that_is_no_content_is_named(tmp_path: Path) -> None:
    folder = content_folder(tmp_path / "m" / "h5p" / "k", CHOICE, example(CHOICE))
    (folder / "h5p.json").write_text("{", encoding="utf-8")
    (folder / "content" / "content.json").unlink()
    with pytest.raises(CommandError) as refused:
        built(tmp_path / "out", tmp_path)
    said = str(refused.value)
    assert "m/h5p/k/h5p.json: " in said
    assert "m/h5p/k/content/content.json: " in said
