"""A version written as a package again, complete with the libraries it plays and is edited with."""

from functools import partial
from typing import BinaryIO

from courses.h5p.package import LibraryName, Opener, describe, pack
from courses.h5p.store.limits import limits
from courses.h5p.store.models import H5PLibrary, H5PTree, H5PVersion, LibraryState
from courses.h5p.store.queries import libraries_of
from courses.h5p.store.resolving import Shelf, brought_by, name_of
from courses.h5p.store.trees import open_file


def write_package(*, version: H5PVersion, out: BinaryIO) -> None:
    """Write it to `out`, file by file; the same version gives the same bytes from the same store.

    What H5P's editors need beside what plays comes along where the package brought it or it is
    approved, as other platforms write it.
    """
    plays = {name_of(library): library for library in libraries_of(version)}
    pack(
        out,
        describe(version.metadata),
        _openers(version.tree),
        {name: _openers(one.tree) for name, one in (plays | _more(version, plays)).items()},
        limits(),
    )


def _more(
    version: H5PVersion, plays: dict[LibraryName, H5PLibrary]
) -> dict[LibraryName, H5PLibrary]:
    """What those it plays with name besides, for an editor or to be chosen there."""
    shelf = Shelf()
    mine = shelf.those(brought_by(version))
    found: dict[LibraryName, H5PLibrary] = {}
    waiting = list(plays.values())
    while waiting:
        described = shelf.describe(waiting.pop())
        for name in (*described.preloaded, *described.dynamic, *described.editor):
            if name in plays or name in found:
                continue
            library = shelf.choose(name, mine)
            if library is None or library.state == LibraryState.BLOCKED:
                continue
            if library.state == LibraryState.APPROVED or library == mine.get(name):
                found[name] = library
                waiting.append(library)
    kept = H5PLibrary.objects.select_related("tree").in_bulk([one.pk for one in found.values()])
    return {name: kept[library.pk] for name, library in found.items()}


def _openers(tree: H5PTree) -> dict[str, Opener]:
    return {path: partial(open_file, tree, path) for path in tree.files}
