"""Uploads and decisions of the same instant: each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from courses.h5p.store.actions import approve_library, delete_content
from courses.h5p.store.models import H5PContent, H5PLibrary, H5PTree, H5PVersion
from courses.h5p.store.queries import libraries_of
from courses.h5p.store.trees import GRACE, read_file, sweep
from tests.courses.h5p.packages import library, make_package
from tests.courses.h5p.store.makers import NOW, bring, names, package_of, thing
from tests.databases import needs_several_writers
from tracking.audit.models import AuditEntry

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    needs_several_writers,
]


def together(*acts: Callable[[], object]) -> list[object]:
    """Do them at once; gives what came of each."""
    barrier = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_the_same_package_twice_at_once_is_one_content_and_one_library(tmp_path: Path) -> None:
    path = make_package(tmp_path, {"content/film.mp4": bytes(range(256)) * 5000})
    came = together(*[lambda: bring(path)] * 4)
    assert sorted(one.unchanged for one in came) == [False, True, True, True]
    assert (H5PContent.objects.count(), H5PVersion.objects.count()) == (1, 1)
    assert (H5PLibrary.objects.count(), H5PTree.objects.count()) == (1, 2)
    assert len(read_file(H5PVersion.objects.get().tree, "film.mp4")) == 256 * 5000


def test_two_contents_that_bring_the_same_library_at_once(tmp_path: Path) -> None:
    paths = [make_package(tmp_path, name=f"{n}.h5p", title=f"Innehåll {n}") for n in range(4)]
    together(*[lambda path=path: bring(path) for path in paths])
    assert H5PContent.objects.count() == 4
    assert H5PLibrary.objects.get().brought_by.count() == 4


def test_two_new_versions_at_once_get_a_number_each(tmp_path: Path) -> None:
    content = bring(make_package(tmp_path)).content
    paths = [make_package(tmp_path, name=f"{n}.h5p", title=f"Innehåll {n}") for n in range(4)]
    together(*[lambda path=path: bring(path, content=content) for path in paths])
    versions = H5PVersion.objects.order_by("number")
    assert [version.number for version in versions] == [1, 2, 3, 4, 5]
    content.refresh_from_db()
    assert content.current == versions.last()


def test_an_approval_twice_at_once_is_one(tmp_path: Path) -> None:
    one = bring(make_package(tmp_path)).brought[0]

    def approve() -> int:
        mine = H5PLibrary.objects.get(pk=one.pk)
        return len(approve_library(library=mine, actor=None, now=NOW))

    assert sorted(together(approve, approve, approve)) == [0, 0, 1]
    assert AuditEntry.objects.filter(event="h5p_bibliotek_godkant").count() == 1


@pytest.mark.parametrize("_time", range(3))
def test_an_approval_while_an_upload_comes_in_leaves_nobody_waiting(
    tmp_path: Path, _time: int
) -> None:
    one = bring(make_package(tmp_path)).brought[0]
    paths = [make_package(tmp_path, name=f"{n}.h5p", title=f"Innehåll {n}") for n in range(4)]
    together(
        *[lambda path=path: bring(path) for path in paths],
        lambda: approve_library(library=one, actor=None, now=NOW),
    )
    assert [version.state for version in H5PVersion.objects.all()] == ["ready"] * 5


@pytest.mark.parametrize("_time", range(3))
def test_what_one_upload_lacks_and_another_brings_at_once_is_found(
    tmp_path: Path, _time: int
) -> None:
    lacks = package_of(tmp_path, thing(needs=["Test.Base 1.0"]), name="a.h5p")
    brings = package_of(tmp_path, library("Test.Base"), main="Test.Base 1.0", name="b.h5p")
    together(lambda: bring(lacks), lambda: bring(brings))
    version = H5PVersion.objects.get(main_library="Test.Thing 1.0")
    assert (version.missing, names(libraries_of(version))) == (
        [],
        ["Test.Base 1.0.0", "Test.Thing 1.0.0"],
    )


@pytest.mark.parametrize("_time", range(3))
def test_a_tree_is_whole_though_it_was_swept_while_it_was_brought(
    tmp_path: Path, _time: int
) -> None:
    path = make_package(tmp_path, {f"content/{n}.png": b"%d" % n for n in range(60)})
    delete_content(content=bring(path).content, actor=None, now=NOW)
    later = NOW + GRACE + timedelta(days=1)
    together(lambda: bring(path, now=later), lambda: sweep(now=later))
    version = H5PVersion.objects.get()
    assert [read_file(version.tree, f"{n}.png") for n in range(60)] == [
        b"%d" % n for n in range(60)
    ]
    for one in H5PLibrary.objects.all():
        assert all(read_file(one.tree, path) is not None for path in one.tree.files)
