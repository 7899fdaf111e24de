"""Where uploads lie: on disk, or in a bucket that nobody but the program may read.

Both give the same address, that of our own view, which asks who may read it: a bucket's own
address, public or signed, would open a file to whoever gets hold of it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from django.core.files.storage import FileSystemStorage

CHUNK = 64 * 1024


class Stored(NamedTuple):
    """What is known of a file without reading it."""

    size: int
    modified: datetime


class Media(Protocol):
    """What our view needs of a storage."""

    def stored(self, name: str) -> Stored:
        """Raises FileNotFoundError, IsADirectoryError, and SuspiciousOperation for `..`."""
        ...

    def part(self, name: str, first: int, last: int) -> Iterator[bytes]:
        """The bytes from `first` to `last`, both of them too."""
        ...

    def put(self, name: str, source: BinaryIO) -> None:
        """Keep exactly this name, whatever was there; nobody ever sees half of it."""
        ...

    def drop(self, folder: str) -> None:
        """Take a folder away with everything below it, if it is there."""
        ...

    def free(self) -> int | None:
        """Bytes that are left to write; None where nobody has counted them."""
        ...


class MediaOnDisk(FileSystemStorage):
    """Files below a folder."""

    def stored(self, name: str) -> Stored:
        """Raises FileNotFoundError for what is not there, IsADirectoryError for a folder."""
        with self.open(name) as file:
            return Stored(file.size, self.get_modified_time(name))

    def part(self, name: str, first: int, last: int) -> Iterator[bytes]:
        """The bytes from `first` to `last`, both of them too."""
        with self.open(name) as file:
            file.seek(first)
            left = last - first + 1
            while left > 0 and (chunk := file.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk

    def put(self, name: str, source: BinaryIO) -> None:
        """Keep exactly this name, whatever was there; nobody ever sees half of it.

        It is on the disk, and not only on its way there, when this returns.
        """
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name_beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=place.parent)
        beside = Path(name_beside)
        try:
            with os.fdopen(handle, "wb") as file:
                shutil.copyfileobj(source, file, CHUNK)
                file.flush()
                os.fsync(handle)
            beside.chmod(self.file_permissions_mode or 0o644)
            beside.replace(place)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def drop(self, folder: str) -> None:
        """Take a folder away with everything below it, if it is there."""
        if not folder.strip("/."):
            raise ValueError("that would be everything")
        try:
            shutil.rmtree(self.path(folder))
        except FileNotFoundError:
            return

    def free(self) -> int:
        """Bytes that are left of the disk."""
        folder = Path(self.location)
        there = next(one for one in (folder, *folder.parents) if one.exists())
        return shutil.disk_usage(there).free
