"""Writes: a package comes in, a library is let in or kept out, content goes."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from wagtail.models import Page

from courses.h5p.package import read, shown
from courses.h5p.store.incoming import Incoming, same_package
from courses.h5p.store.limits import limits
from courses.h5p.store.lock import take_store_lock
from courses.h5p.store.models import (
    LONGEST_TITLE,
    H5PContent,
    H5PLibrary,
    H5PTree,
    H5PVersion,
    LibraryState,
    VersionState,
)
from courses.h5p.store.queries import Waits, pages_with, waits_of
from courses.h5p.store.resolving import Shelf, brought_by, name_of, resolve, resolve_those_with
from courses.h5p.store.room import claim_room
from courses.h5p.store.rules import not_theirs
from courses.h5p.store.trees import touch
from tracking.audit.actions import record, system_account
from tracking.audit.models import AuditEvent
from tracking.organisation.models import User

Source = str | os.PathLike[str] | BinaryIO


@dataclass(frozen=True)
class Imported:
    """What came of a package. `unchanged`: it was here already, to the last file."""

    content: H5PContent
    version: H5PVersion
    waits: Waits  # why it can't be played yet, where it can't
    brought: list[H5PLibrary]  # what came in the package and was kept
    unchanged: bool


class NotTheirs(Exception):
    """Readers meet it on pages that this person may not publish: it stays as it is."""

    def __init__(self, pages: list[Page]) -> None:
        super().__init__(", ".join(page.title for page in pages))
        self.pages = pages


class ContentUsed(Exception):
    """A page shows it: it is not deleted."""


class ContentGone(Exception):
    """Somebody has deleted it meanwhile."""


def import_package(
    *,
    path: Source,
    actor: User | None,
    now: datetime,
    content: H5PContent | None = None,
    key: str | None = None,
    file_name: str = "",
) -> Imported:
    """Keep a package: its content as a version, the libraries it brings, each once.

    `content`, or the one that has `key`, gets a new version; otherwise it is new content. The very
    same package again is the version that is there. Raises package.Refused, NotTheirs where readers
    meet `content` on pages that `actor` may not publish, NoRoom, and ContentGone. Then no row says
    anything of it, and files that were written go with the sweep.
    """
    _demand_the_right_to_publish(content, actor)
    with read(path, limits()) as package:
        incoming = Incoming(package, actor, now, shown(file_name[-255:], 255))
        claim_room(actor, incoming.trees(), now)
        written = incoming.tree_of_content()
        kept = incoming.keep_libraries()
        with transaction.atomic():
            take_store_lock()
            brought = incoming.keep_rows(kept)
            # While the package was read it may have been renamed, deleted or published.
            if content is not None:
                content = _as_it_is_now(content)
            elif key is not None:
                content = H5PContent.objects.filter(key=key).first()
            _demand_the_right_to_publish(content, actor)
            same = same_package(incoming.fingerprint, content, key)
            version = same or incoming.create_version(
                written, content or incoming.create_content(key)
            )
            version.brought.add(*brought)
            shelf = Shelf()
            if version.state == VersionState.WAITING:
                resolve(version, shelf, brought=brought_by(version))
            resolve_those_with(package.libraries, shelf)
            return Imported(
                content=version.content,
                version=version,
                waits=waits_of(version),
                brought=brought,
                unchanged=same is not None,
            )


def approve_library(
    *, library: H5PLibrary, actor: User | None, now: datetime, needs_eval: bool = False
) -> list[H5PVersion]:
    """Let it run in people's browsers; gives the versions that became ready.

    Twice is once. `needs_eval`: its pages are allowed to make code of text.
    """
    return approve_libraries(
        libraries=[library], actor=actor, now=now, needs_eval=[library] if needs_eval else []
    )


def approve_libraries(
    *,
    libraries: Collection[H5PLibrary],
    actor: User | None,
    now: datetime,
    needs_eval: Collection[H5PLibrary] = (),
) -> list[H5PVersion]:
    """Several at once, as `approve_library`: what waits for them is looked at once."""
    with transaction.atomic():
        decided = [
            library
            for library in libraries
            if _decide(library, LibraryState.APPROVED, actor, now, needs_eval=library in needs_eval)
        ]
        if not decided:
            return []
        changed = resolve_those_with(map(name_of, decided), Shelf())
        for library in decided:
            _tell(AuditEvent.H5P_LIBRARY_APPROVED, library, actor)
        return [version for version in changed if version.state == VersionState.READY]


def block_library(
    *, library: H5PLibrary, actor: User | None, now: datetime, reason: str = ""
) -> list[H5PVersion]:
    """Keep it from every browser from now on; gives the versions that now wait.

    What played with it plays with an approved one of the same version, if there is one. `reason`:
    for those whose content needs it.
    """
    with transaction.atomic():
        if not _decide(library, LibraryState.BLOCKED, actor, now, reason=reason):
            return []
        shelf = Shelf()
        played = H5PVersion.objects.filter(pins__library=library).order_by("pk")
        waiting = []
        for version in played:
            before = version.state
            resolve(version, shelf, brought=brought_by(version))
            if (before, version.state) == (VersionState.READY, VersionState.WAITING):
                waiting.append(version)
        resolve_those_with([name_of(library)], shelf)
        _tell(AuditEvent.H5P_LIBRARY_BLOCKED, library, actor)
        return waiting


def unblock_library(*, library: H5PLibrary, actor: User | None, now: datetime) -> None:
    """Take a block back: it waits for a decision again."""
    with transaction.atomic():
        take_store_lock()
        library.refresh_from_db()
        if library.state != LibraryState.BLOCKED:
            return
        _decide(library, LibraryState.WAITING, actor, now)
        resolve_those_with([name_of(library)], Shelf())
        _tell(AuditEvent.H5P_LIBRARY_UNBLOCKED, library, actor)


def rename_content(*, content: H5PContent, title: str, actor: User | None) -> None:
    """What it is called here; a new version doesn't take that back.

    Raises NotTheirs, and ContentGone.
    """
    with transaction.atomic():
        take_store_lock()
        now_called = _as_it_is_now(content)
        _demand_the_right_to_publish(now_called, actor)
        now_called.title = title[:LONGEST_TITLE]
        now_called.save(update_fields=["title"])


def delete_content(*, content: H5PContent, actor: User | None, now: datetime) -> None:
    """Take content away with its versions and people's results of it; files go some days later.

    Raises ContentUsed while a page shows it, as published or as a draft.
    """
    with transaction.atomic():
        take_store_lock()
        if pages_with(content):
            raise ContentUsed
        versions = list(content.versions.select_related("tree"))
        libraries = H5PTree.objects.filter(libraries__brought_by__in=versions).distinct()
        touch([*(version.tree for version in versions), *libraries], now)
        detail: dict[str, str | int] = {
            "content": str(content.public_id),
            "versions": len(versions),
        }
        content.delete()
        record(AuditEvent.H5P_CONTENT_DELETED, actor=actor or system_account(), detail=detail)


def _as_it_is_now(content: H5PContent) -> H5PContent:
    """Read anew inside the store's lock. Raises ContentGone."""
    found = H5PContent.objects.filter(pk=content.pk).first()
    if found is None:
        raise ContentGone
    return found


def _demand_the_right_to_publish(content: H5PContent | None, actor: User | None) -> None:
    """Raise NotTheirs. `actor` None: whoever keeps the machine."""
    if content is None or actor is None:
        return
    pages = not_theirs(actor, content)
    if pages:
        raise NotTheirs(pages)


def _decide(
    library: H5PLibrary,
    state: LibraryState,
    actor: User | None,
    now: datetime,
    *,
    needs_eval: bool = False,
    reason: str = "",
) -> bool:
    """Write a decision, inside the transaction; False if it was that already."""
    take_store_lock()
    library.refresh_from_db()
    decision = (state, needs_eval, reason)
    if (library.state, library.needs_eval, library.reason) == decision:
        return False
    library.state, library.needs_eval, library.reason = decision
    library.decided_by, library.decided_at = actor, now
    library.save(update_fields=["state", "needs_eval", "reason", "decided_by", "decided_at"])
    return True


def _tell(event: AuditEvent, library: H5PLibrary, actor: User | None) -> None:
    detail: dict[str, str | int] = {
        "library": str(library),
        "sha256": library.sha256,
        "needs_eval": int(library.needs_eval),
    }
    record(event, actor=actor or system_account(), detail=detail)
