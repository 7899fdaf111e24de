"""Files in the storage: on disk and in a bucket, whole or not at all, and gone when unused."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from courses.h5p.package import PackedFile, read, tree_hash
from courses.h5p.store.actions import block_library, delete_content
from courses.h5p.store.models import Folder, H5PLibrary, H5PTree
from courses.h5p.store.tasks import sweep_h5p
from courses.h5p.store.trees import GRACE, keep_tree, read_file, sweep
from tests.courses.h5p.packages import make_package
from tests.courses.h5p.store.makers import NOW, approve_all, bring, package_of, thing

pytestmark = pytest.mark.django_db
LATER = NOW + GRACE + timedelta(days=1)
FILM = {"content/film.mp4": bytes(range(256)) * 2000}


@pytest.fixture(params=["disk", "bucket"], autouse=True)
def kept_in(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> str:
    """Every test here is of both storages, each empty to begin with."""
    place = tmp_path / "media"
    default = {"BACKEND": "foundation.storages.MediaOnDisk", "OPTIONS": {"location": place}}
    if request.param == "bucket":
        given = request.getfixturevalue("bucket") | {"location": tmp_path.name}
        default = {"BACKEND": "foundation.bucket.MediaInBucket", "OPTIONS": given}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return str(request.param)


def every_file(folder: str = "") -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from every_file(f"{folder}/{name}".lstrip("/"))


def test_every_file_lies_below_the_fingerprint_of_its_tree(tmp_path: Path) -> None:
    came = bring(make_package(tmp_path, FILM))
    library = came.brought[0]
    assert sorted(every_file()) == sorted(
        [f"h5p/content/{came.version.sha256}/{path}" for path in ("content.json", "film.mp4")]
        + [f"h5p/libraries/{library.sha256}/{path}" for path in library.tree.files]
    )
    assert read_file(came.version.tree, "film.mp4") == FILM["content/film.mp4"]


class _Broken(io.RawIOBase):
    """A source that ends in the midst, as of a process that dies."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        raise OSError("Input/output error")


def test_a_half_written_tree_is_never_taken_for_whole(tmp_path: Path) -> None:
    path = make_package(tmp_path, FILM)
    with read(path) as package:

        def opener(file: PackedFile) -> Any:
            return _Broken() if file.path == "film.mp4" else package.open(file)

        with pytest.raises(OSError, match="Input/output"):
            keep_tree(
                folder=Folder.CONTENT,
                sha256=tree_hash(package.content_files),
                files=package.content_files,
                opener=opener,
                now=NOW,
            )
    tree = H5PTree.objects.get()
    assert tree.whole_at is None
    assert [name.rpartition("/")[2] for name in every_file()] == ["content.json"]
    with pytest.raises(FileNotFoundError):
        read_file(tree, "content.json")
    version = bring(path).version
    assert version.tree == tree
    assert read_file(version.tree, "film.mp4") == FILM["content/film.mp4"]


def test_what_was_half_written_is_swept_after_the_grace(tmp_path: Path) -> None:
    half = H5PTree.objects.create(folder=Folder.CONTENT, sha256="a" * 64, touched_at=NOW)
    default_storage.put(f"{half.address}/content.json", io.BytesIO(b"{}"))
    assert sweep(now=NOW + GRACE) == (0, 0)
    assert sweep(now=LATER) == (0, 1)
    assert (list(every_file()), H5PTree.objects.count()) == ([], 0)


def test_what_deleted_content_used_goes_after_the_grace_and_not_before(tmp_path: Path) -> None:
    content = bring(make_package(tmp_path, FILM)).content
    deleted_on = NOW + timedelta(days=90)
    delete_content(content=content, actor=None, now=deleted_on)
    assert sweep(now=deleted_on + GRACE) == (0, 0)
    assert sweep(now=deleted_on + GRACE + timedelta(seconds=1)) == (1, 2)
    assert list(every_file()) == []
    assert sweep(now=LATER + timedelta(days=365)) == (0, 0)


def test_what_somebody_decided_on_and_what_is_used_is_never_swept(tmp_path: Path) -> None:
    gone = bring(make_package(tmp_path, title="Borta")).content
    approve_all()
    blocked = bring(package_of(tmp_path, thing(2), title="Spärrat"))
    block_library(library=blocked.brought[0], actor=None, now=NOW)
    delete_content(content=blocked.content, actor=None, now=NOW)
    kept = bring(package_of(tmp_path, thing(5), title="Kvar"))
    delete_content(content=gone, actor=None, now=NOW)
    assert sweep(now=LATER) == (0, 0)
    assert H5PLibrary.objects.count() == 3
    assert read_file(kept.version.tree, "content.json")


def test_content_deleted_and_brought_again_within_the_grace_is_not_written_again(
    tmp_path: Path,
) -> None:
    path = make_package(tmp_path, FILM)
    first = bring(path)
    delete_content(content=first.content, actor=None, now=NOW)
    again = bring(path, now=NOW + timedelta(days=6))
    assert again.version.tree == first.version.tree
    sweep(now=LATER)
    assert read_file(again.version.tree, "film.mp4") == FILM["content/film.mp4"]


def test_a_tree_brought_while_it_is_being_swept_is_written_anew(tmp_path: Path) -> None:
    """The sweep has found it unused and is about to take the files; the upload is first."""
    path = make_package(tmp_path, FILM)
    content = bring(path).content
    delete_content(content=content, actor=None, now=NOW)
    H5PTree.objects.update(whole_at=None)  # as the sweep says before it takes files
    again = bring(path, now=LATER)
    assert sweep(now=LATER) == (0, 0)
    assert read_file(again.version.tree, "film.mp4") == FILM["content/film.mp4"]


def test_the_nightly_task_may_run_twice(tmp_path: Path) -> None:
    content = bring(make_package(tmp_path)).content
    delete_content(content=content, actor=None, now=NOW)
    sweep_h5p()
    sweep_h5p()
    assert (H5PTree.objects.count(), list(every_file())) == (0, [])


def test_a_file_is_put_under_its_very_name_also_over_another(kept_in: str) -> None:
    for bytes_ in (b"first", b"second"):
        default_storage.put("h5p/a/b c.js", io.BytesIO(bytes_))
        assert default_storage.open("h5p/a/b c.js").read() == bytes_
    assert list(every_file()) == ["h5p/a/b c.js"]
    if kept_in == "disk":
        assert Path(default_storage.path("h5p/a/b c.js")).stat().st_mode & 0o777 == 0o644


def test_a_folder_is_dropped_and_its_neighbour_is_not() -> None:
    for name in ("h5p/a/1.js", "h5p/a/deep/2.js", "h5p/ab/3.js"):
        default_storage.put(name, io.BytesIO(b"x"))
    default_storage.drop("h5p/a")
    default_storage.drop("h5p/a")
    assert list(every_file()) == ["h5p/ab/3.js"]
    for everything in ("", "/", "."):
        with pytest.raises(ValueError, match="everything"):
            default_storage.drop(everything)


def test_nothing_is_put_outside_the_storage() -> None:
    with pytest.raises(Exception, match=r"outside|outside of|denied|base path|located"):
        default_storage.put("../outside.js", io.BytesIO(b"x"))
