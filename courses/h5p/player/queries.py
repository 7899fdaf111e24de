"""What may be sent into the frame: versions that can be played, files of approved libraries."""

from typing import NamedTuple

from courses.h5p.store.models import H5PLibrary, H5PVersion, LibraryState, VersionState


class Played(NamedTuple):
    """A version and the libraries it was pinned to, in load order."""

    version: H5PVersion
    libraries: list[H5PLibrary]

    @property
    def is_stopped(self) -> bool:
        """Whether it plays with a library that is no longer approved."""
        return any(one.state != LibraryState.APPROVED for one in self.libraries)

    @property
    def needs_eval(self) -> bool:
        """Whether an administrator has said of one of its libraries that it makes code of text."""
        return any(one.needs_eval for one in self.libraries)


def played(version: int) -> Played | None:
    """A version that can be played; None for one that is not there or waits for libraries."""
    found = (
        H5PVersion.objects.select_related("tree", "content")
        .filter(pk=version, state=VersionState.READY)
        .first()
    )
    if found is None:
        return None
    libraries = H5PLibrary.objects.filter(pins__version=found).order_by("pins__position")
    return Played(found, list(libraries))


def content_file(version: int, path: str) -> str | None:
    """Where in the storage a file of a version's content lies; None for what is not one of them."""
    found = (
        H5PVersion.objects.select_related("tree").filter(pk=version, state=VersionState.READY)
    ).first()
    if found is None or path not in found.tree.files:
        return None
    return f"{found.tree.address}/{path}"


def library_file(sha256: str, path: str) -> str | None:
    """Where in the storage a file of an approved library lies; None for any other."""
    found = (
        H5PLibrary.objects.select_related("tree")
        .filter(sha256=sha256, state=LibraryState.APPROVED)
        .first()
    )
    if found is None or path not in found.tree.files:
        return None
    return f"{found.tree.address}/{path}"
