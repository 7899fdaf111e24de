"""What an approver must see of a library before it runs in people's browsers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from courses.h5p.package import describe_library
from courses.h5p.store.models import H5PLibrary, H5PVersion, VersionState


@dataclass(frozen=True)
class Differences:
    """How another tree of the same version differs, paths in order: what this one adds to it,
    what it lacks of it, and what has other bytes."""

    other: H5PLibrary
    added: list[str]
    removed: list[str]
    changed: list[str]


@dataclass(frozen=True)
class Review:
    """Of one library; what it says of itself stands in its `metadata`."""

    library: H5PLibrary
    author: str
    files: int
    uploads: list[H5PVersion]  # that brought it: who, when, in which file; the first one first
    waiting: list[H5PVersion]  # that can't be played before it is approved
    playing: list[H5PVersion]
    others: list[Differences]  # the same version in other trees
    patches: list[H5PLibrary]  # other patches of the same x.y
    needed_by: list[H5PLibrary]  # libraries that name it as theirs
    needs: list[str]  # "Name x.y"


def review_of(library: H5PLibrary) -> Review:
    """Everything of it. As many queries however many files and uploads."""
    uploads = H5PVersion.objects.filter(brought=library)
    with_it = H5PVersion.objects.filter(pins__library=library)
    shown = ("content", "uploaded_by", "uploaded_by__person")
    playing = with_it.select_related(*shown).order_by("content__title", "number")
    same_name = H5PLibrary.objects.filter(
        machine_name=library.machine_name, major=library.major, minor=library.minor
    ).exclude(pk=library.pk)
    kin = list(same_name.select_related("tree").order_by("-patch", "pk"))
    return Review(
        library=library,
        author=said(library.metadata.get("author")),
        files=len(library.tree.files),
        uploads=list(uploads.select_related(*shown).order_by("uploaded_at", "pk")),
        waiting=[one for one in playing if one.state == VersionState.WAITING],
        playing=[one for one in playing if one.state == VersionState.READY],
        others=[differences(library, one) for one in kin if one.patch == library.patch],
        patches=[one for one in kin if one.patch != library.patch],
        needed_by=_needing(library),
        needs=list(named_as_needed(library)),
    )


class Alone(StrEnum):
    """Why a library that waits is judged by itself, and not among others."""

    NAMESAKE = "namesake"  # one was decided on, or waits too, that says it is the same version
    EVAL = "eval"  # to be let in is not enough for it


def judged_alone(waiting: Iterable[H5PLibrary]) -> dict[int, Alone]:
    """Those of the libraries, by key, that are judged each by itself. One query."""
    asked = list(waiting)
    same = H5PLibrary.objects.filter(machine_name__in={one.machine_name for one in asked})
    trees = Counter(same.values_list("machine_name", "major", "minor", "patch"))
    found = {one.pk: Alone.EVAL for one in asked if one.plays_only_with_eval}
    for one in asked:
        if trees[one.machine_name, one.major, one.minor, one.patch] > 1:
            found[one.pk] = Alone.NAMESAKE
    return found


def differences(library: H5PLibrary, other: H5PLibrary) -> Differences:
    """Of two trees, by what their files hold."""
    mine, theirs = library.tree.files, other.tree.files
    return Differences(
        other,
        added=sorted(mine.keys() - theirs.keys()),
        removed=sorted(theirs.keys() - mine.keys()),
        changed=sorted(path for path in mine.keys() & theirs.keys() if mine[path] != theirs[path]),
    )


def named_as_needed(library: H5PLibrary) -> Iterable[str]:
    """Names of the libraries that it loads before itself."""
    return [str(name) for name in describe_library(library.metadata).preloaded]


def _needing(library: H5PLibrary) -> list[H5PLibrary]:
    others = H5PLibrary.objects.exclude(pk=library.pk).order_by(
        "machine_name", "major", "minor", "patch", "pk"
    )
    return [other for other in others if library.name in named_as_needed(other)]


def said(value: object) -> str:
    """What a stranger wrote where a text was asked for; nothing if it is none."""
    return value if isinstance(value, str) else ""
