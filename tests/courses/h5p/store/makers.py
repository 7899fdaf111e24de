"""What the tests of the store share."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from courses.h5p.store.actions import Imported, approve_library, import_package
from courses.h5p.store.models import H5PLibrary, LibraryState
from tests.courses.h5p.packages import Library, library, make_package

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def bring(path: Path, **given: Any) -> Imported:
    """Import, by nobody in particular."""
    return import_package(**({"path": path, "actor": None, "now": NOW} | given))


def package_of(folder: Path, *libraries: Library, **given: Any) -> Path:
    """A package that brings just these libraries."""
    return make_package(folder, libraries=libraries, **given)


def approve_all() -> None:
    for one in H5PLibrary.objects.filter(state=LibraryState.WAITING):
        approve_library(library=one, actor=None, now=NOW)


def approved(folder: Path, *libraries: Library) -> list[H5PLibrary]:
    """Bring libraries in with a content that plays with the first, and approve them."""
    folder.mkdir(exist_ok=True)
    first = libraries[0].folder.replace("-", " ")
    came = bring(package_of(folder, *libraries, name="first.h5p", main=first))
    approve_all()
    return list(came.brought)


def thing(patch: int = 0, **given: Any) -> Library:
    """Test.Thing 1.0, which content plays with by default."""
    return library("Test.Thing", (1, 0, patch), **given)


def names(libraries: list[H5PLibrary]) -> list[str]:
    return [str(one) for one in libraries]
