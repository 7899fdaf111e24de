"""Where uploads lie: on disk, or in a bucket that nobody but the program may read.

Both give the same address, that of our own view, which asks who may read it: a bucket's own
address, public or signed, would open a file to whoever gets hold of it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

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
