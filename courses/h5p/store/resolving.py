"""Which libraries a version plays with, of those the store has: chosen anew until it is ready."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import F

from courses.h5p.package import LibraryDescription, LibraryName, closure, describe, describe_library
from courses.h5p.store.models import (
    H5PLibrary,
    H5PVersion,
    H5PVersionLibrary,
    LibraryState,
    VersionState,
)

Mine = Mapping[LibraryName, H5PLibrary]
READ = ["machine_name", "major", "minor", "patch", "state", "decided_at", "metadata"]


class Shelf:
    """The libraries of the store as they are now, read once. Inside the store's lock."""

    def __init__(self) -> None:
        self._by_name: dict[LibraryName, list[H5PLibrary]] = defaultdict(list)
        self._by_key: dict[int, H5PLibrary] = {}
        self._described: dict[int, LibraryDescription] = {}
        # The last is taken: of the highest patch the tree that was let in first, and of those that
        # nobody has decided on the one that came first. (Databases order NULLs differently.)
        first_decided = F("decided_at").desc(nulls_first=True)
        for library in H5PLibrary.objects.only(*READ).order_by("patch", first_decided, "-pk"):
            self._by_name[name_of(library)].append(library)
            self._by_key[library.pk] = library

    def those(self, keys: Iterable[int]) -> dict[LibraryName, H5PLibrary]:
        """Libraries by their names; of one name the last counts."""
        return {name_of(library): library for key in keys if (library := self._by_key.get(key))}

    def approved(self, name: LibraryName) -> H5PLibrary | None:
        """The approved one of the highest patch; of two trees the one approved first.

        Files that call themselves what is approved already never stand for it in other content.
        """
        return self._last(name, LibraryState.APPROVED)

    def choose(self, name: LibraryName, mine: Mine) -> H5PLibrary | None:
        """What stands for the name, to a version that brought (or plays with) `mine`.

        Its own, if that is approved. Else an approved one, unless its own waits and is no older
        than that. Else what waits, or what is blocked, so that it can be told.
        """
        own, best = mine.get(name), self.approved(name)
        if own is not None and own.state == LibraryState.APPROVED:
            return own
        if own is not None and own.state == LibraryState.WAITING:
            return best if best is not None and best.patch > own.patch else own
        waiting = self._last(name, LibraryState.WAITING)
        return best or waiting or own or self._last(name, LibraryState.BLOCKED)

    def describe(self, library: H5PLibrary) -> LibraryDescription:
        """Its library.json, read once."""
        if library.pk not in self._described:
            self._described[library.pk] = describe_library(library.metadata)
        return self._described[library.pk]

    def _last(self, name: LibraryName, state: LibraryState) -> H5PLibrary | None:
        found = [library for library in self._by_name.get(name, ()) if library.state == state]
        return found[-1] if found else None


def name_of(library: H5PLibrary) -> LibraryName:
    """As content asks for it."""
    return LibraryName(library.machine_name, library.major, library.minor)


def resolve(version: H5PVersion, shelf: Shelf, *, brought: Iterable[int]) -> None:
    """Choose its libraries, and say whether it is ready. Keeps what a ready one plays with."""
    mine = shelf.those(brought)
    if version.state == VersionState.READY:
        mine |= shelf.those(version.pins.values_list("library_id", flat=True))
    chosen: dict[LibraryName, H5PLibrary] = {}

    def find(name: LibraryName) -> LibraryDescription | None:
        library = shelf.choose(name, mine)
        if library is None:
            return None
        chosen[name] = library
        return shelf.describe(library)

    named = [{"library": name} for name in version.named]
    found = closure(describe(version.metadata), named, find)
    version.needs = [str(name) for name in found.ordered]
    version.missing = [str(name) for name in found.missing]
    plays = not found.missing and all(
        chosen[name].state == LibraryState.APPROVED for name in found.ordered
    )
    version.state = VersionState.READY if plays else VersionState.WAITING
    version.save(update_fields=["needs", "missing", "state"])
    version.pins.all().delete()
    H5PVersionLibrary.objects.bulk_create(
        H5PVersionLibrary(version=version, library=chosen[name], position=position)
        for position, name in enumerate(found.ordered)
    )


def resolve_those_with(names: Iterable[LibraryName], shelf: Shelf) -> list[H5PVersion]:
    """Choose anew for every version that waits and has to do with one of the names.

    Gives those that became ready, or that now wait for something else.
    """
    wanted = {str(name) for name in names}
    changed = []
    for version in H5PVersion.objects.filter(state=VersionState.WAITING).order_by("pk"):
        if wanted.intersection(version.needs) or wanted.intersection(version.missing):
            before = version.state, version.missing
            resolve(version, shelf, brought=brought_by(version))
            if (version.state, version.missing) != before:
                changed.append(version)
    return changed


def brought_by(version: H5PVersion) -> list[int]:
    """Keys of the libraries that came in its package."""
    return list(version.brought.values_list("pk", flat=True))
