"""Room for what people bring: how much one person's uploads may hold, what is left of the disk.

Reckoned in trees: a tree is there once, and counts among the uploads of who brought it first, from
when its files are about to be written until they have gone. So neither two uploads at once, nor one
that was broken off, nor what was deleted yesterday lets anybody hold more.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum

from courses.h5p.store.limits import MEGABYTE
from courses.h5p.store.lock import take_store_lock
from courses.h5p.store.models import Folder, H5PTree, LibraryState
from foundation.storages import Media
from tracking.organisation.models import User


class Claim(NamedTuple):
    """A tree that is about to be written, and how many bytes it holds."""

    folder: Folder
    sha256: str
    size: int


class NoRoom(Exception):
    """It is not let in for its size: `held` bytes of at most `most` are taken, `asked` more wanted.

    `of_disk`: what is left of the disk, not what this person holds, is too little.
    """

    def __init__(self, *, asked: int, held: int = 0, most: int = 0, of_disk: bool = False) -> None:
        super().__init__(f"{asked} bytes more")
        self.asked, self.held, self.most, self.of_disk = asked, held, most, of_disk


def held_by(user: User) -> int:
    """Bytes of what somebody has brought and is still kept, deleted or not.

    An approved library is no longer theirs: the platform plays with it.
    """
    mine = H5PTree.objects.filter(brought_by=user)
    theirs = mine.exclude(libraries__state=LibraryState.APPROVED)
    return int(theirs.aggregate(held=Sum("size"))["held"] or 0)


def claim_room(actor: User | None, wanted: Collection[Claim], now: datetime) -> None:
    """Note the trees of a package as this person's before a byte is written; or raise NoRoom.

    `actor` None: whoever keeps the machine, who sees what is left of it.
    """
    with transaction.atomic():
        take_store_lock()
        known = set(
            H5PTree.objects.filter(sha256__in=[one.sha256 for one in wanted]).values_list(
                "folder", "sha256"
            )
        )
        new = [one for one in wanted if (one.folder.value, one.sha256) not in known]
        asked = sum(one.size for one in new)
        if actor is not None and new:
            _demand_room(actor, asked)
        H5PTree.objects.bulk_create(
            [
                H5PTree(
                    folder=one.folder,
                    sha256=one.sha256,
                    size=one.size,
                    brought_by=actor,
                    touched_at=now,
                )
                for one in new
            ],
            ignore_conflicts=True,
        )


def _demand_room(actor: User, asked: int) -> None:
    most = settings.H5P_PERSON_MB * MEGABYTE
    held = held_by(actor)
    if held + asked > most:
        raise NoRoom(asked=asked, held=held, most=most)
    free = cast(Media, default_storage).free()
    if free is not None and free - asked < settings.H5P_FREE_MB * MEGABYTE:
        raise NoRoom(asked=asked, of_disk=True)
