"""A package comes in: once, whole, with the libraries it brings, which wait."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from courses.h5p.package import Refused, read
from courses.h5p.store.actions import (
    ContentGone,
    approve_library,
    block_library,
    rename_content,
)
from courses.h5p.store.models import H5PContent, H5PLibrary, H5PTree, H5PVersion
from courses.h5p.store.packing import write_package
from courses.h5p.store.queries import libraries_of, ready_version
from courses.h5p.store.trees import read_file
from tests.courses.h5p.packages import library, make_package
from tests.courses.h5p.store.makers import NOW, approve_all, bring, names, package_of, thing
from tracking.organisation.models import User

pytestmark = pytest.mark.django_db


def test_content_is_kept_and_waits_until_its_library_is_approved(tmp_path: Path) -> None:
    trainer = User.objects.create_user("tova")
    came = bring(make_package(tmp_path), actor=trainer, file_name="mote.h5p")
    assert (came.unchanged, came.waits.missing, names(came.waits.waiting)) == (
        False,
        [],
        ["Test.Thing 1.0.0"],
    )
    assert (came.content.title, came.content.created_by) == ("Ett möte", trainer)
    assert (came.version.number, came.version.file_name) == (1, "mote.h5p")
    assert ready_version(came.content) is None
    assert approve_library(library=came.waits.waiting[0], actor=None, now=NOW) == [came.version]
    assert ready_version(came.content) == came.version
    assert names(libraries_of(came.version)) == ["Test.Thing 1.0.0"]


def test_a_library_says_where_it_came_from_and_what_it_is(tmp_path: Path) -> None:
    trainer = User.objects.create_user("tova")
    bring(
        package_of(tmp_path, thing(3, author="Anna", runnable=1)),
        actor=trainer,
        file_name="mote.h5p",
    )
    one = H5PLibrary.objects.get()
    assert (str(one), one.name, one.licence) == ("Test.Thing 1.0.3", "Test.Thing 1.0", "MIT")
    assert (one.brought_in_by, one.origin, one.first_seen_at) == (trainer, "mote.h5p", NOW)
    assert (one.state, one.runnable, one.metadata["author"]) == ("waiting", True, "Anna")
    assert one.size == sum(size for size, _sha in one.tree.files.values())


def test_the_same_package_again_is_the_version_that_is_there(tmp_path: Path) -> None:
    first = bring(make_package(tmp_path))
    again = bring(make_package(tmp_path, name="another-name.h5p"))
    assert (again.version, again.unchanged) == (first.version, True)
    assert (H5PContent.objects.count(), H5PVersion.objects.count()) == (1, 1)
    assert bring(make_package(tmp_path), content=first.content).unchanged
    assert names(again.waits.waiting) == ["Test.Thing 1.0.0"]


def test_files_are_written_once_whatever_brings_them(tmp_path: Path) -> None:
    big = {"content/images/a.png": b"png" * 1000}
    first = bring(make_package(tmp_path, big))
    place = f"{first.version.tree.address}/images/a.png"
    written = default_storage.get_modified_time(place)
    script = f"{H5PLibrary.objects.get().tree.address}/thing.js"
    default_storage.delete(script)  # would be there again if it were written again
    second = bring(make_package(tmp_path, big, title="En annan titel"))
    assert second.version.tree == first.version.tree
    assert default_storage.get_modified_time(place) == written
    assert not default_storage.exists(script)
    assert H5PTree.objects.count() == 2


def test_a_new_version_replaces_and_the_old_one_stays(tmp_path: Path) -> None:
    first = bring(make_package(tmp_path))
    approve_all()
    second = bring(make_package(tmp_path, content={"question": "En annan"}), content=first.content)
    first.content.refresh_from_db()
    assert (second.version.number, first.content.current) == (2, second.version)
    assert ready_version(first.content) == second.version
    assert names(libraries_of(first.version)) == ["Test.Thing 1.0.0"]


def test_while_a_new_version_waits_the_old_one_plays(tmp_path: Path) -> None:
    first = bring(make_package(tmp_path))
    approve_all()
    newer = package_of(tmp_path, thing(1))
    second = bring(newer, content=first.content)
    first.content.refresh_from_db()
    assert first.content.current == second.version
    assert ready_version(first.content) == first.version
    approve_all()
    assert ready_version(first.content) == second.version


def test_the_title_follows_the_package_until_somebody_has_written_another(tmp_path: Path) -> None:
    content = bring(make_package(tmp_path)).content
    bring(make_package(tmp_path, title="Andra"), content=content)
    assert H5PContent.objects.get().title == "Andra"
    rename_content(content=H5PContent.objects.get(), title="Vår egen", actor=None)
    bring(make_package(tmp_path, title="Tredje"), content=H5PContent.objects.get())
    assert H5PContent.objects.get().title == "Vår egen"


def test_a_key_names_one_content_and_its_versions(tmp_path: Path) -> None:
    first = bring(make_package(tmp_path), key="motet")
    assert bring(make_package(tmp_path), key="motet").unchanged
    changed = bring(make_package(tmp_path, title="Andra"), key="motet")
    other = bring(make_package(tmp_path), key="ett-annat")
    assert (first.content.key, changed.content, changed.version.number) == (
        "motet",
        first.content,
        2,
    )
    assert other.content != first.content


def test_a_refused_package_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        bring(make_package(tmp_path, {"content/bad.svg": b"<svg/>"}))
    assert refused.value.entry == "content/bad.svg"
    assert not H5PTree.objects.exists()


def test_the_limits_are_those_of_the_settings(tmp_path: Path, settings: object) -> None:
    settings.H5P_ENTRIES = 3
    with pytest.raises(Refused) as refused:
        bring(make_package(tmp_path))
    assert (refused.value.code, refused.value.expected) == ("too-many-entries", "3")


def test_a_file_comes_out_as_it_went_in(tmp_path: Path) -> None:
    version = bring(make_package(tmp_path, {"content/å/ä b.png": b"\x89PNG\r\n"})).version
    assert read_file(version.tree, "å/ä b.png") == b"\x89PNG\r\n"
    assert version.tree.files["å/ä b.png"][0] == 6
    with pytest.raises(FileNotFoundError):
        read_file(version.tree, "../h5p.json")


def test_a_version_is_written_as_a_whole_package_again(tmp_path: Path) -> None:
    """Also one that came without its libraries; and the very same bytes each time."""
    bring(package_of(tmp_path, thing(needs=["Test.Base 1.2"]), library("Test.Base", (1, 2, 0))))
    approve_all()
    bare = bring(package_of(tmp_path, title="Utan bibliotek")).version
    outs = []
    for _time in range(2):
        out = io.BytesIO()
        write_package(version=bare, out=out)
        outs.append(out.getvalue())
    assert outs[0] == outs[1]
    path = tmp_path / "again.h5p"
    path.write_bytes(outs[0])
    again = bring(path, content=bare.content)
    assert names(again.brought) == ["Test.Base 1.2.0", "Test.Thing 1.0.0"]
    assert again.version.metadata == bare.metadata
    assert again.version.tree == bare.tree


@pytest.mark.parametrize("count", [1, 30])
def test_what_is_in_the_store_costs_no_query_a_library(
    tmp_path: Path, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    more = [library(f"Test.More{number}") for number in range(count)]
    path = package_of(tmp_path, thing(), *more)
    bring(path)
    approve_all()
    with django_assert_num_queries(19 + 2 * (connection.vendor == "postgresql")):
        assert bring(path).unchanged


def test_what_is_taken_out_plays_in_an_empty_store_and_can_be_edited_elsewhere(
    tmp_path: Path,
) -> None:
    whole = package_of(
        tmp_path,
        thing(needs=["Test.Base 1.0"], editor=["Test.Editor 1.0"], dynamic=["Test.Part 1.0"]),
        library("Test.Base"),
        library("Test.Editor", needs=["Test.Shelf 1.0"]),
        library("Test.Shelf"),
        library("Test.Part"),
    )
    came = bring(whole)
    approve_all()
    out = tmp_path / "ut.h5p"
    with out.open("wb") as file:
        write_package(version=came.version, out=file)
    H5PContent.objects.all().delete()
    H5PLibrary.objects.all().delete()
    call_command("h5p_import", str(out), "--approve", stdout=io.StringIO())
    played = ready_version(H5PContent.objects.get())
    assert played is not None
    assert names(libraries_of(played)) == ["Test.Base 1.0.0", "Test.Thing 1.0.0"]
    others = {"Test.Editor 1.0.0", "Test.Shelf 1.0.0", "Test.Part 1.0.0"}
    assert {str(one) for one in played.brought.all()} == {*names(libraries_of(played)), *others}


def test_what_is_taken_out_leaves_strangers_libraries_behind(tmp_path: Path) -> None:
    (tmp_path / "annan").mkdir()
    bring(package_of(tmp_path / "annan", library("Test.Editor"), library("Test.Bad"), thing(9)))
    named = ["Test.Editor 1.0", "Test.Bad 1.0", "Test.Gone 1.0"]
    came = bring(package_of(tmp_path, thing(9, editor=named), library("Test.Bad", (1, 0, 1))))
    approve_library(library=came.waits.waiting[0], actor=None, now=NOW)
    for bad in H5PLibrary.objects.filter(machine_name="Test.Bad"):
        block_library(library=bad, actor=None, now=NOW)
    out = io.BytesIO()
    write_package(version=came.version, out=out)
    with read(out) as package:
        assert [str(name) for name in package.libraries] == ["Test.Thing 1.0"]


def test_a_title_that_was_changed_while_the_package_was_read_stays(tmp_path: Path) -> None:
    content = bring(make_package(tmp_path)).content
    as_read = H5PContent.objects.get()
    rename_content(content=content, title="Vårt eget namn", actor=None)
    bring(make_package(tmp_path, title="Ur paketet"), content=as_read)
    content.refresh_from_db()
    assert content.title == "Vårt eget namn"


def test_what_is_deleted_meanwhile_gets_no_version_and_no_name(tmp_path: Path) -> None:
    content = bring(make_package(tmp_path)).content
    H5PContent.objects.all().delete()
    with pytest.raises(ContentGone):
        bring(make_package(tmp_path, title="Ny"), content=content)
    with pytest.raises(ContentGone):
        rename_content(content=content, title="Ny", actor=None)
    assert not H5PContent.objects.exists()
