"""A package on its way in: its files are kept first, its rows follow in one transaction."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import F

from courses.h5p.package import LibraryName, Package, PackedFile, PackedLibrary, named_in, tree_hash
from courses.h5p.store.models import (
    Folder,
    H5PContent,
    H5PLibrary,
    H5PTree,
    H5PVersion,
    LibraryState,
)
from courses.h5p.store.room import Claim
from courses.h5p.store.scanning import scripts_with_eval
from courses.h5p.store.trees import keep_tree
from tracking.organisation.models import User


@dataclass(frozen=True)
class Kept:
    """A library whose files are in the store. `tree`: None when it was there already."""

    packed: PackedLibrary
    tree: H5PTree | None = None
    mentions_eval: tuple[str, ...] = ()


class Incoming:
    """A package on its way in, and who brought it when. Used by the action, in its transaction."""

    def __init__(self, package: Package, actor: User | None, now: datetime, file_name: str) -> None:
        self.package, self.actor, self.now, self.file_name = package, actor, now, file_name

    @property
    def fingerprint(self) -> str:
        """Of all that the package says: not of the zip, which may be packed in many ways."""
        brought = sorted(
            (str(name), packed.sha256) for name, packed in self.package.libraries.items()
        )
        said = json.dumps([self.package.content_sha256, brought])
        return hashlib.sha256(said.encode()).hexdigest()

    def trees(self) -> list[Claim]:
        """The trees it would write if the store had none of them."""
        content = self.package.content_files
        return [
            Claim(Folder.CONTENT, tree_hash(content), _bytes(content)),
            *(
                Claim(Folder.LIBRARIES, packed.sha256, _bytes(packed.files))
                for packed in self._wanted
            ),
        ]

    @cached_property
    def _wanted(self) -> list[PackedLibrary]:
        """The libraries it brings, without what is new here and older than what is approved.

        Chosen once: what room is claimed for is what is written.
        """
        brought = self.package.libraries
        fingerprints = [packed.sha256 for packed in brought.values()]
        known = set(
            H5PLibrary.objects.filter(sha256__in=fingerprints).values_list("sha256", flat=True)
        )
        approved = _approved_patches(brought)
        return [
            packed
            for name, packed in brought.items()
            if packed.sha256 in known or packed.description.version.patch >= approved.get(name, 0)
        ]

    def tree_of_content(self) -> H5PTree:
        """The content's files, kept."""
        files = self.package.content_files
        return self._tree(Folder.CONTENT, tree_hash(files), files)

    def keep_libraries(self) -> list[Kept]:
        """The files of the libraries it brings, kept, and looked through the first time.

        Left out are those that are older than what is approved, which stands for them.
        """
        fingerprints = [packed.sha256 for packed in self._wanted]
        known = H5PLibrary.objects.filter(sha256__in=fingerprints)
        H5PTree.objects.filter(libraries__in=known).update(touched_at=self.now)
        there = set(known.values_list("sha256", flat=True))
        return [
            Kept(packed) if packed.sha256 in there else self._keep_library(packed)
            for packed in self._wanted
        ]

    def _keep_library(self, packed: PackedLibrary) -> Kept:
        tree = self._tree(Folder.LIBRARIES, packed.sha256, packed.files)
        return Kept(packed, tree, tuple(scripts_with_eval(tree)))

    def _tree(self, folder: Folder, sha256: str, files: list[PackedFile]) -> H5PTree:
        return keep_tree(
            folder=folder, sha256=sha256, files=files, opener=self.package.open, now=self.now
        )

    def create_content(self, key: str | None) -> H5PContent:
        """A new one."""
        title = self.package.description.title
        return H5PContent.objects.create(
            title=title, key=key, created_by=self.actor, created_at=self.now
        )

    def create_version(self, tree: H5PTree, content: H5PContent) -> H5PVersion:
        """A new version, the content's latest from now on; what it plays with is chosen after."""
        described = self.package.description
        last = content.versions.order_by("number").last()
        renamed = last is not None and content.title != last.title
        version = H5PVersion.objects.create(
            content=content,
            number=last.number + 1 if last else 1,
            sha256=tree.sha256,
            package_sha256=self.fingerprint,
            tree=tree,
            title=described.title,
            language=described.language,
            main_library=str(described.main_library),
            licence=described.license[:255],
            metadata=dict(described.metadata),
            size=sum(file.size for file in self.package.content_files),
            uploaded_by=self.actor,
            uploaded_at=self.now,
            file_name=self.file_name,
            named=[str(name) for name in dict.fromkeys(named_in(self.package.content))],
        )
        content.current = version
        if not renamed:
            content.title = version.title
        content.save(update_fields=["title", "current"])
        return version

    def keep_rows(self, kept: Iterable[Kept]) -> list[H5PLibrary]:
        """The libraries as the store has them; those it has not wait from now on."""
        brought = {one.packed.sha256: one for one in kept}
        known = {one.sha256: one for one in H5PLibrary.objects.filter(sha256__in=brought)}
        return [known.get(sha256) or self._create_library(one) for sha256, one in brought.items()]

    def _create_library(self, kept: Kept) -> H5PLibrary:
        packed, described = kept.packed, kept.packed.description
        tree, mentions = kept.tree, kept.mentions_eval
        if tree is None:  # it was there, and has been swept just now: its files have not
            tree = H5PTree.objects.get(folder=Folder.LIBRARIES, sha256=packed.sha256)
            mentions = tuple(scripts_with_eval(tree))
        return H5PLibrary.objects.create(
            machine_name=described.name.machine_name,
            major=described.version.major,
            minor=described.version.minor,
            patch=described.version.patch,
            sha256=packed.sha256,
            tree=tree,
            title=described.title,
            licence=described.license[:255],
            runnable=described.runnable,
            metadata=dict(described.metadata),
            mentions_eval=list(mentions),
            size=sum(file.size for file in packed.files),
            first_seen_at=self.now,
            brought_in_by=self.actor,
            origin=self.file_name,
        )


def _bytes(files: Iterable[PackedFile]) -> int:
    return sum(file.size for file in files)


def _approved_patches(names: Iterable[LibraryName]) -> dict[LibraryName, int]:
    """The highest that is approved of each, if any is."""
    approved = H5PLibrary.objects.filter(
        machine_name__in={name.machine_name for name in names}, state=LibraryState.APPROVED
    )
    found: dict[LibraryName, int] = {}
    for machine_name, major, minor, patch in approved.values_list(
        "machine_name", "major", "minor", "patch"
    ):
        name = LibraryName(machine_name, major, minor)
        found[name] = max(patch, found.get(name, 0))
    return found


def same_package(
    fingerprint: str, content: H5PContent | None, key: str | None
) -> H5PVersion | None:
    """The version that is this very package, the latest of its content."""
    same = H5PVersion.objects.filter(package_sha256=fingerprint, content__current=F("pk"))
    if content is not None:
        same = same.filter(content=content)
    elif key is not None:
        return None
    return same.select_related("content").order_by("pk").first()
