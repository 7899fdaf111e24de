"""Which library a version plays with: its own when approved, else the approved one of its name."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from courses.h5p.store.actions import approve_library, block_library, unblock_library
from courses.h5p.store.models import H5PLibrary, H5PVersion
from courses.h5p.store.queries import (
    libraries_of,
    missing_libraries,
    ready_version,
    ready_versions,
    waiting_libraries,
    waits_of,
    waits_of_versions,
)
from tests.courses.h5p.packages import library, make_package
from tests.courses.h5p.store.makers import (
    NOW,
    approve_all,
    approved,
    bring,
    names,
    package_of,
    thing,
)

pytestmark = pytest.mark.django_db


def fresh(version: H5PVersion) -> H5PVersion:
    return H5PVersion.objects.get(pk=version.pk)


def plays(version: H5PVersion) -> list[str]:
    """What it plays with; nothing while it waits."""
    version = fresh(version)
    return names(libraries_of(version)) if version.state == "ready" else []


def test_libraries_load_before_those_that_need_them(tmp_path: Path) -> None:
    version = bring(
        package_of(
            tmp_path,
            thing(needs=["Test.Middle 1.0"]),
            library("Test.Middle", needs=["Test.Base 2.1"]),
            library("Test.Base", (2, 1, 5)),
        )
    ).version
    approve_all()
    assert plays(version) == ["Test.Base 2.1.5", "Test.Middle 1.0.0", "Test.Thing 1.0.0"]


def test_what_the_content_names_is_played_with_and_what_it_does_not_name_is_not(
    tmp_path: Path,
) -> None:
    version = bring(
        package_of(
            tmp_path,
            thing(dynamic=["Test.Part 1.0", "Test.Other 1.0"]),
            library("Test.Part"),
            library("Test.Other"),
            content={"parts": [{"library": "Test.Part 1.0", "params": {}}]},
        )
    ).version
    approve_all()
    assert plays(version) == ["Test.Thing 1.0.0", "Test.Part 1.0.0"]
    assert H5PLibrary.objects.filter(state="approved").count() == 3


def test_libraries_that_need_each_other_do_not_hang(tmp_path: Path) -> None:
    version = bring(
        package_of(
            tmp_path, thing(needs=["Test.Back 1.0"]), library("Test.Back", needs=["Test.Thing 1.0"])
        )
    ).version
    approve_all()
    assert sorted(plays(version)) == ["Test.Back 1.0.0", "Test.Thing 1.0.0"]


def test_what_is_missing_is_listed_by_name_until_a_package_brings_it(tmp_path: Path) -> None:
    came = bring(
        package_of(tmp_path, thing(needs=["Test.Base 1.2"]), content={"library": "Test.Far 3.0"})
    )
    assert came.waits.missing == ["Test.Base 1.2", "Test.Far 3.0"]
    assert missing_libraries() == {
        "Test.Base 1.2": [came.content],
        "Test.Far 3.0": [came.content],
    }
    bring(
        package_of(
            tmp_path,
            library("Test.Base", (1, 2, 7)),
            library("Test.Far", (3, 0, 0)),
            main="Test.Base 1.2",
            title="En annan",
        )
    )
    waits = waits_of(fresh(came.version))
    assert (waits.missing, names(waits.waiting)) == (
        [],
        ["Test.Base 1.2.7", "Test.Thing 1.0.0", "Test.Far 3.0.0"],
    )
    approve_all()
    assert plays(came.version) == ["Test.Base 1.2.7", "Test.Thing 1.0.0", "Test.Far 3.0.0"]


def test_what_an_approved_library_needs_may_be_missing_in_its_turn(tmp_path: Path) -> None:
    came = bring(package_of(tmp_path))
    assert came.waits.missing == ["Test.Thing 1.0"]
    bring(package_of(tmp_path, thing(needs=["Test.Deep 1.0"]), title="En annan"))
    assert waits_of(fresh(came.version)).missing == ["Test.Deep 1.0"]


def test_another_minor_version_is_another_library(tmp_path: Path) -> None:
    approved(tmp_path, library("Test.Thing", (1, 1, 0)))
    assert bring(package_of(tmp_path)).waits.missing == ["Test.Thing 1.0"]


def test_the_same_tree_is_used_at_once(tmp_path: Path) -> None:
    approved(tmp_path, thing(4))
    came = bring(package_of(tmp_path, thing(4), title="En annan"))
    assert (came.waits.waiting, plays(came.version)) == ([], ["Test.Thing 1.0.4"])


def test_an_older_patch_than_the_approved_one_needs_no_approval_and_is_not_kept(
    tmp_path: Path,
) -> None:
    approved(tmp_path, thing(4))
    came = bring(package_of(tmp_path, thing(2), title="En annan"))
    assert (came.waits.waiting, came.brought, plays(came.version)) == ([], [], ["Test.Thing 1.0.4"])
    assert H5PLibrary.objects.count() == 1


def test_a_newer_patch_than_the_approved_one_waits(tmp_path: Path) -> None:
    approved(tmp_path, thing(4))
    came = bring(package_of(tmp_path, thing(5), title="En annan"))
    assert names(came.waits.waiting) == ["Test.Thing 1.0.5"]
    approve_all()
    assert plays(came.version) == ["Test.Thing 1.0.5"]


def test_what_waits_for_an_old_patch_plays_with_the_newer_one_once_that_is_approved(
    tmp_path: Path,
) -> None:
    old = bring(package_of(tmp_path, thing(2)))
    new = bring(package_of(tmp_path, thing(3), title="En annan"))
    approve_library(library=new.waits.waiting[0], actor=None, now=NOW)
    assert plays(old.version) == plays(new.version) == ["Test.Thing 1.0.3"]


def test_the_same_version_with_other_files_waits_and_never_replaces_what_is_approved(
    tmp_path: Path,
) -> None:
    [kept] = approved(tmp_path, thing())
    first = H5PVersion.objects.get()
    came = bring(package_of(tmp_path, thing(js="alert(1)"), title="En annan"))
    [other] = came.waits.waiting
    assert (str(other), other.sha256 == kept.sha256) == (str(kept), False)
    approve_library(library=other, actor=None, now=NOW)
    assert libraries_of(fresh(came.version)) == [other]
    assert libraries_of(first) == [kept]


def test_content_that_brings_nothing_plays_with_the_tree_that_was_let_in_first(
    tmp_path: Path,
) -> None:
    [kept] = approved(tmp_path, thing())
    other = bring(package_of(tmp_path, thing(js="alert(1)"), title="En annan")).waits.waiting[0]
    approve_library(library=other, actor=None, now=NOW + timedelta(days=1))
    bare = bring(package_of(tmp_path, title="Utan"))
    assert libraries_of(fresh(bare.version)) == [kept]
    block_library(library=kept, actor=None, now=NOW)
    assert libraries_of(fresh(bare.version)) == [other]


def test_a_ready_version_keeps_what_it_plays_with_when_newer_ones_are_approved(
    tmp_path: Path,
) -> None:
    first = bring(package_of(tmp_path, title="Utan"))
    approved(tmp_path, thing(1))
    approved(tmp_path, thing(2))
    assert plays(first.version) == ["Test.Thing 1.0.1"]
    second = bring(package_of(tmp_path, title="Utan, senare"))
    assert plays(second.version) == ["Test.Thing 1.0.2"]


def test_a_blocked_library_is_replaced_by_an_approved_one_of_the_same_version(
    tmp_path: Path,
) -> None:
    [old] = approved(tmp_path, thing(1))
    version = H5PVersion.objects.get()
    approved(tmp_path, thing(2))
    assert plays(version) == ["Test.Thing 1.0.1"]
    assert block_library(library=old, actor=None, now=NOW) == []
    assert plays(version) == ["Test.Thing 1.0.2"]


def test_without_another_the_content_waits_and_says_so_until_the_block_is_taken_back(
    tmp_path: Path,
) -> None:
    [one] = approved(tmp_path, thing())
    version = H5PVersion.objects.get()
    assert block_library(library=one, actor=None, now=NOW) == [version]
    assert ready_version(version.content) is None
    assert (waits_of(fresh(version)).blocked, waits_of(fresh(version)).waiting) == ([one], [])
    again = bring(package_of(tmp_path, thing(), title="En till"))
    assert (again.waits.waiting, again.waits.blocked) == ([], [one])
    unblock_library(library=one, actor=None, now=NOW)
    assert (waits_of(fresh(version)).blocked, waits_of(fresh(version)).waiting) == ([], [one])
    assert set(approve_library(library=one, actor=None, now=NOW)) == {version, again.version}


def test_of_a_content_that_waits_for_a_blocked_library_one_that_waits_is_preferred(
    tmp_path: Path,
) -> None:
    [one] = approved(tmp_path, thing())
    block_library(library=one, actor=None, now=NOW)
    newer = bring(package_of(tmp_path, thing(1), title="Nyare"))
    bare = bring(package_of(tmp_path, title="Utan"))
    assert names(bare.waits.waiting) == names(newer.waits.waiting) == ["Test.Thing 1.0.1"]


def test_several_contents_are_asked_about_at_once(tmp_path: Path) -> None:
    approved(tmp_path, thing())
    first = H5PVersion.objects.get()
    second = bring(make_package(tmp_path, title="Andra")).version
    third = bring(package_of(tmp_path, library("Test.New"), main="Test.New 1.0")).version
    contents = [version.content for version in (first, second, third)]
    assert ready_versions(contents) == {first.content_id: first, second.content_id: second}


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_list_asks_costs_a_query_however_long_it_is(
    tmp_path: Path, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    others = [library(f"Test.Other{number}") for number in range(count)]
    needs = [one.folder.replace("-", " ") for one in others]
    approved(tmp_path, thing(needs=needs), *others)
    playing = H5PVersion.objects.get()
    waiting = [
        bring(package_of(tmp_path, thing(number + 1, needs=needs), title=f"Nytt {number}")).version
        for number in range(count)
    ]
    contents = [playing.content, *(version.content for version in waiting)]
    with django_assert_num_queries(1):
        assert len(libraries_of(playing)) == count + 1
    with django_assert_num_queries(1):
        waits = waits_of_versions(waiting)
    assert [len(waits[version.pk].waiting) for version in waiting] == [1] * count
    with django_assert_num_queries(1):
        assert ready_versions(contents) == {playing.content_id: playing}
    with django_assert_num_queries(1):
        assert [one.waited_for for one in waiting_libraries()] == [1] * count
    with django_assert_num_queries(1):
        assert missing_libraries() == {}
