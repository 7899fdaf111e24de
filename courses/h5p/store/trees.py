"""Trees of files in the default storage: written once, marked when whole, swept when unused.

Their place is their own fingerprint, so the same tree is the same place, and two who bring it at
once write the same bytes to the same names. Nothing reads a tree that isn't marked.
"""

import io
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import BinaryIO, cast

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from courses.h5p.package import PackedFile
from courses.h5p.store.lock import take_store_lock
from courses.h5p.store.models import Folder, H5PLibrary, H5PTree, H5PVersion, LibraryState
from foundation.storages import CHUNK, Media

# Longer than any upload takes, and long enough to think better of a deletion.
GRACE = timedelta(days=7)


def keep_tree(
    *,
    folder: Folder,
    sha256: str,
    files: Iterable[PackedFile],
    opener: Callable[[PackedFile], BinaryIO],
    now: datetime,
) -> H5PTree:
    """The tree, whole. One that is whole already costs a row's update, and none of its files.

    What was broken off half-way is written again; every file lands whole or not at all.
    """
    tree = _claim(folder, sha256, now)
    if tree.whole_at is not None:
        return tree
    storage, kept = _storage(), {}
    for file in files:
        with opener(file) as source:
            storage.put(f"{tree.address}/{file.path}", source)
        kept[file.path] = [file.size, file.sha256]
    tree.files, tree.whole_at = kept, now
    tree.save(update_fields=["files", "whole_at"])
    return tree


def _claim(folder: Folder, sha256: str, now: datetime) -> H5PTree:
    """The row, there and freshly touched: from now on the sweep leaves it alone for days."""
    # Two may bring it in the same instant: the other one was first, and its row is taken instead.
    with transaction.atomic():
        tree, is_new = H5PTree.objects.select_for_update().get_or_create(
            folder=folder, sha256=sha256, defaults={"touched_at": now}
        )
        if not is_new:
            tree.touched_at = max(tree.touched_at, now)
            tree.save(update_fields=["touched_at"])
    return tree


def open_file(tree: H5PTree, path: str) -> BinaryIO:
    """A file of a whole tree, to be read and closed. FileNotFoundError for what it hasn't."""
    if tree.whole_at is None or path not in tree.files:
        raise FileNotFoundError(path)
    return cast(BinaryIO, default_storage.open(f"{tree.address}/{path}"))


def read_file(tree: H5PTree, path: str) -> bytes:
    """All of a small file of a whole tree."""
    with open_file(tree, path) as file:
        read = io.BytesIO()
        while chunk := file.read(CHUNK):
            read.write(chunk)
        return read.getvalue()


def touch(trees: Iterable[H5PTree], now: datetime) -> None:
    """Begin the grace anew, when what used them goes."""
    H5PTree.objects.filter(pk__in=[tree.pk for tree in trees]).update(touched_at=now)


def sweep(*, now: datetime) -> tuple[int, int]:
    """Take away what nothing has used for GRACE: libraries that wait for nobody, and trees.

    A library somebody decided on stays: the decision does. Gives how many of each went.
    """
    before = now - GRACE
    with transaction.atomic():
        take_store_lock()
        unwanted = list(_unwanted(before).values_list("pk", flat=True))
        H5PLibrary.objects.filter(pk__in=unwanted).delete()
    trees = list(_unused(before).values_list("pk", flat=True))
    return len(unwanted), sum(_sweep_tree(pk, before) for pk in trees)


def _sweep_tree(pk: int, before: datetime) -> bool:
    """No longer whole first: a death in the midst leaves a tree that is swept the next night."""
    mine = _unused(before).filter(pk=pk)
    mine.update(whole_at=None)
    # The row is held while the files go: whoever brings the tree just now waits, and finds it gone
    # instead of half there.
    with transaction.atomic():
        tree = mine.select_for_update(of=("self",)).first()
        if tree is None:
            return False
        _storage().drop(tree.address)
        tree.delete()
    return True


def _unwanted(before: datetime) -> QuerySet[H5PLibrary]:
    return H5PLibrary.objects.filter(
        state=LibraryState.WAITING, tree__touched_at__lt=before, brought_by=None, pins=None
    )


def _unused(before: datetime) -> QuerySet[H5PTree]:
    return H5PTree.objects.filter(touched_at__lt=before).exclude(
        Exists(H5PLibrary.objects.filter(tree=OuterRef("pk")))
        | Exists(H5PVersion.objects.filter(tree=OuterRef("pk")))
    )


def _storage() -> Media:
    return cast(Media, default_storage)
