"""Contents that play, as folders of a module: judged, loaded as versions, and written back."""

import json
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from courses.h5p.own.folders import read_folder
from courses.h5p.own.shelf import own_libraries
from courses.h5p.store.actions import approve_libraries, block_library, import_package
from courses.h5p.store.models import H5PContent, H5PLibrary, LibraryState, VersionState
from courses.h5p.store.queries import libraries_of, ready_version
from courses.modules.reading import read_module
from courses.pages.models import LessonPage
from foundation.problems import FilesRefused
from tests.courses.h5p.own.contents import (
    CHOICE,
    CONVERSATION,
    content_folder,
    example,
    read_json,
    write_json,
)
from tests.courses.h5p.packages import library, make_package
from tests.courses.modules.tiny import edit
from tests.factories import person, trainer

pytestmark = pytest.mark.django_db
Load = Callable[[], dict[str, list[str]]]
NAME = "the content prova"


def content() -> H5PContent:
    return H5PContent.objects.get()


def block() -> dict[str, Any]:
    body = LessonPage.objects.get(slug="sedan").body.raw_data
    found = [part for screen in body for part in screen["value"]["content"]]
    value: dict[str, Any] = next(part["value"] for part in found if part["type"] == "interactive")
    return value


def change(folder: Path, name: str, **said: Any) -> None:
    path = folder / "h5p" / name / "content" / "content.json"
    write_json(path, read_json(path) | said)


def dump(directory: Path) -> str:
    left_out = StringIO()
    call_command("dump_module", "liten", to=directory, stdout=StringIO(), stderr=left_out)
    return left_out.getvalue()


def refusal(folder: Path) -> list[str]:
    with pytest.raises(FilesRefused) as refused:
        read_module(folder)
    return [f"{one.file}|{one.place}|{one.value}" for one in refused.value.problems]


def test_a_content_is_loaded_and_can_be_played_at_once(load: Load) -> None:
    assert NAME in load()["new"]
    version = ready_version(content())
    assert version is not None
    assert (content().key, version.number, version.title) == ("liten-prova", 1, "Pröva")
    assert [one.name for one in libraries_of(version)] == [
        "Kompetens.Base 1.0",
        "Kompetens.BranchingConversation 1.0",
    ]
    assert block() == {"content": content().pk, "requirement": "score", "percent": 50}


def test_loading_lets_in_what_is_ours_and_nothing_else(load: Load) -> None:
    load()
    mine = {str(name) for name in own_libraries()}
    approved = H5PLibrary.objects.filter(state=LibraryState.APPROVED)
    assert {one.name for one in approved} <= mine
    assert not H5PLibrary.objects.exclude(state=LibraryState.APPROVED).exists()


def test_a_library_that_an_administrator_has_blocked_stays_blocked(
    load: Load, folder: Path
) -> None:
    load()
    base = H5PLibrary.objects.get(machine_name="Kompetens.Base")
    block_library(library=base, actor=None, now=timezone.now())
    change(folder, "prova", introduction="<p>Nytt.</p>")
    load()
    base.refresh_from_db()
    assert base.state == LibraryState.BLOCKED
    assert content().current.state == VersionState.WAITING


def test_loading_again_changes_nothing_and_a_changed_file_is_a_new_version(
    load: Load, folder: Path
) -> None:
    load()
    assert NAME in load()["unchanged"]
    assert content().versions.count() == 1
    change(folder, "prova", introduction="<p>Nytt.</p>")
    found = load()
    assert found["updated"] == [NAME]
    assert content().current.number == 2


def test_what_a_trainer_has_replaced_is_kept(load: Load, folder: Path, tmp_path: Path) -> None:
    load()
    other = content_folder(tmp_path / "other", CHOICE, example(CHOICE), title="Utbildarens")
    package = BytesIO()
    read_folder(other, name="other").pack(package)
    import_package(
        path=package,
        actor=trainer(person("u1")),
        now=timezone.now(),
        content=content(),
        file_name="min.h5p",
    )
    change(folder, "prova", introduction="<p>Nytt.</p>")
    assert load()["kept"] == [NAME]
    assert content().current.title == "Utbildarens"


def test_it_is_written_back_to_the_byte(load: Load, folder: Path, tmp_path: Path) -> None:
    (folder / "h5p" / "prova" / "content" / "images").mkdir()
    (folder / "h5p" / "prova" / "content" / "images" / "bild.png").write_bytes(b"\x89PNG\r\n")
    load()
    assert dump(tmp_path / "elsewhere") == ""
    there = tmp_path / "elsewhere" / "liten" / "h5p"
    files = {
        path.relative_to(folder / "h5p").as_posix(): path.read_bytes()
        for path in (folder / "h5p").rglob("*")
        if path.is_file()
    }
    assert {
        path.relative_to(there).as_posix(): path.read_bytes()
        for path in there.rglob("*")
        if path.is_file()
    } == files


def test_what_a_trainer_uploaded_is_written_as_a_folder_without_its_libraries(
    load: Load, folder: Path, tmp_path: Path
) -> None:
    load()
    package = make_package(tmp_path, libraries=[library("Test.Thing", (1, 0, 0))], title="Egen sak")
    brought = import_package(path=package, actor=None, now=timezone.now(), file_name="egen.h5p")
    approve_libraries(libraries=brought.waits.waiting, actor=None, now=timezone.now())
    page = LessonPage.objects.get(slug="sedan")
    raw = json.loads(json.dumps(list(page.body.raw_data)))
    for screen in raw:
        for part in screen["value"]["content"]:
            if part["type"] == "interactive":
                part["value"]["content"] = brought.content.pk
    page.body = json.dumps(raw)
    page.save_revision().publish()
    dump(folder.parent)
    written = folder / "h5p" / "egen-sak"
    assert read_json(written / "h5p.json")["mainLibrary"] == "Test.Thing"
    assert (written / "content" / "content.json").is_file()
    assert {path.name for path in folder.joinpath("h5p").iterdir()} == {"egen-sak"}
    assert {path.name for path in written.iterdir()} == {"h5p.json", "content"}


def test_a_content_that_is_gone_is_told(load: Load, folder: Path) -> None:
    load()
    H5PContent.objects.all().delete()
    assert "02-sedan.md" in dump(folder.parent)


def test_a_folder_that_is_not_there_is_named_with_its_block(folder: Path) -> None:
    edit(folder, "02-sedan.md", "content: prova", "content: annan")
    [said] = refusal(folder)
    assert said.startswith("liten/02-sedan.md|")
    assert said.endswith("|annan")


def test_a_conversation_without_an_end_is_refused_at_its_step(folder: Path) -> None:
    steps = example(CONVERSATION)["steps"]
    steps[1]["replies"] = [{"says": "Igen.", "to": steps[1]["id"]}]
    change(folder, "prova", steps=steps)
    assert "liten/h5p/prova/content/content.json|steps 2|koket" in refusal(folder)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("requirement: score\npercent: 50", "requirement: often"),
        ("requirement: score\npercent: 50", "requirement: score"),
        ("requirement: score\npercent: 50", "requirement: finished\npercent: 50"),
        ("percent: 50", "percent: 101"),
        ("content: prova", "content: ../prova"),
        ("content: prova", ""),
    ],
)
def test_a_block_that_demands_what_nobody_understands_is_refused(
    folder: Path, before: str, after: str
) -> None:
    edit(folder, "02-sedan.md", before, after)
    assert len(refusal(folder)) == 1


def test_a_file_that_no_package_takes_is_refused_with_its_name(load: Load, folder: Path) -> None:
    (folder / "h5p" / "prova" / "content" / "bild.svg").write_text("<svg/>", encoding="utf-8")
    with pytest.raises(FilesRefused) as refused:
        load()
    assert [one.file for one in refused.value.problems] == ["liten/h5p/prova/content/bild.svg"]
    assert not H5PContent.objects.exists()
