"""Names of libraries, and names of entries: which are safe, and which are the same.

What is refused here is what would land, or be taken, somewhere else than it says when it is
unpacked, on any of the systems that people use.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .refusal import Refused

LIBRARY: Final = re.compile(r"([A-Za-z0-9_.\-]{1,255})[ \-]([0-9]{1,5})\.([0-9]{1,5})")
MACHINE_NAME: Final = re.compile(r"[A-Za-z0-9_.\-]{1,255}")
CONTROL: Final = re.compile("[\\0-\\x1f\\x7f-\\x9f\ud800-\udfff]")
# What writes the rest of a line from the other side, so that a name is shown as another.
TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
LEFT_OUT: Final = re.compile(r"(?:^|/)[._]")
DRIVE: Final = re.compile(r"[A-Za-z]:")
SEGMENT_BYTES: Final = 255
NAME_BYTES: Final = 900
"""Object stores take keys of 1,024 bytes, and a location and a tree's fingerprint come first."""


@dataclass(frozen=True, order=True)
class Version:
    """All three numbers of a library's version."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


@dataclass(frozen=True, order=True)
class LibraryName:
    """What a library is asked for by: "H5P.Text 1.1"."""

    machine_name: str
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def folder(self) -> str:
        """Its folder in a package: "H5P.Text-1.1"."""
        return f"{self.machine_name}-{self.major}.{self.minor}"

    @classmethod
    def parse(cls, text: str) -> "LibraryName":
        """Read "H5P.Text 1.1", or "H5P.Text-1.1"; ValueError if it is neither."""
        match = LIBRARY.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not the name of a library with its version")
        return cls(match[1], int(match[2]), int(match[3]))


def check_name(name: str) -> None:
    """Refuse a name that would land somewhere else than it says, on some system or other."""
    if not name:
        raise Refused("unsafe-name", name, found="it is empty")
    if CONTROL.search(name):
        raise Refused("unsafe-name", name, found="it holds a control character")
    if TURNING.search(name):
        raise Refused("unsafe-name", name, found="it holds a sign that turns the writing")
    if "\\" in name:
        raise Refused("unsafe-name", name, found="it holds a back-slash")
    if name.startswith("/") or DRIVE.match(name):
        raise Refused("unsafe-name", name, found="it is an absolute path")
    segments = name.removesuffix("/").split("/")
    if ".." in segments:
        raise Refused("unsafe-name", name, found="it holds “..”")
    if "" in segments:
        raise Refused("unsafe-name", name, found="a part of it is empty")
    written = name.encode()
    if len(written) > NAME_BYTES or max(map(len, written.split(b"/"))) > SEGMENT_BYTES:
        raise Refused("unsafe-name", name, found="it is too long")


def is_skipped(name: str) -> bool:
    """Tell whether the entry is left out as H5P leaves it out: a part begins with "." or "_"."""
    return LEFT_OUT.search(name) is not None


def same_name(name: str) -> str:
    """Give what two names have in common that some file system takes for one and the same."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return unicodedata.normalize("NFC", folded)


def clashes(names: Collection[str]) -> Iterator[Refused]:
    """Refuse names that some file system takes for one, and files that are folders too."""
    files: dict[str, str] = {}
    for name in names:
        if name.endswith("/"):
            continue
        same = same_name(name)
        if same in files:
            yield _clash(name, files[same])
        else:
            files[same] = name
    everything = sorted((same_name(name), name) for name in names)
    for (_same, one), (_next, other) in pairwise(everything):
        if _have_folders_alike(one, other):
            yield _clash(other, one)
    for name, written in files.items():
        follows = bisect_left(everything, (f"{name}/", ""))
        if follows < len(everything) and everything[follows][0].startswith(f"{name}/"):
            yield Refused("duplicate-name", written)


def _clash(name: str, twin: str) -> Refused:
    if twin == name:
        return Refused("duplicate-name", name)
    return Refused("case-only", name, found=twin)


def _have_folders_alike(one: str, other: str) -> bool:
    """Tell of folders that some file system takes for one; names with such are neighbours."""
    for here, there in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if here != there:
            return same_name(here) == same_name(there)
    return False
