"""The file of a proof: drawn anew in a process of its own, kept where no address leads."""

import hashlib
import json
import secrets
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.jobs.models import private_storage

LARGEST = 15 * 1024 * 1024
SECONDS = 40  # for the whole of it; the process itself stops at 20 of the processor's
FOLDER = "proof"
DRAWING = Path(__file__).with_name("drawing.py")
REFUSED: dict[str, str | Promise] = {
    "empty": _("The file is empty. Choose another one."),
    "large": _("The file is larger than 15 MB. Take the photo anew with less detail."),
    "kind": _("Only PDF, JPEG, PNG and HEIC are taken, whatever the file is called."),
    "encrypted": _("The PDF is locked with a password. Save it without one, or take a photo."),
    "pages": _("The PDF has more than 10 pages. Hand in the page that is the proof."),
    "bomb": _("The picture is too large to be opened. Take the photo anew with less detail."),
    "broken": _("The file can't be opened. Is it whole? A photo of the paper will do."),
    "heavy": _("The file takes too long to open. A photo of the paper will do."),
}


class FileRefused(ValueError):
    """Why a file is not taken: a key of REFUSED."""

    @property
    def text(self) -> str:
        """The sentence for whoever handed it over."""
        return str(REFUSED[str(self)])


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pages of a file as JPEG, and what the file and the pages are recognised by."""

    pages: Sequence[bytes]
    sha256_uploaded: str
    sha256_kept: str


def drawn(content: bytes) -> Drawn:
    """Draw the file anew. Raises FileRefused."""
    if len(content) > LARGEST:
        raise FileRefused("large")
    if not content:
        raise FileRefused("empty")
    try:
        # Our own program and nothing the user named; the file goes in by the pipe.
        done = subprocess.run(
            [sys.executable, "-I", str(DRAWING)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused("heavy") from error
    head, _newline, rest = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:  # stopped by its limits, or fallen over
        raise FileRefused("heavy")
    said = json.loads(head)
    if "refused" in said:
        raise FileRefused(said["refused"])
    pages, at = [], 0
    for length in said["pages"]:
        pages.append(rest[at : at + length])
        at += length
    return Drawn(
        pages, hashlib.sha256(content).hexdigest(), hashlib.sha256(b"".join(pages)).hexdigest()
    )


def new_place() -> str:
    """Where the next file lies: says nothing of whose it is, nor of what."""
    return secrets.token_hex(16)


def keep(place: str, pages: Sequence[bytes]) -> None:
    """Write the pages."""
    for number, page in enumerate(pages, start=1):
        private_storage().save(_name(place, number), ContentFile(page))


def page(place: str, number: int) -> bytes:
    """One page. Raises FileNotFoundError."""
    with private_storage().open(_name(place, number)) as file:
        return bytes(file.read())


def remove(place: str, pages: int) -> None:
    """Take the pages away; those that are gone are gone."""
    for number in range(1, pages + 1):
        with suppress(FileNotFoundError):
            private_storage().delete(_name(place, number))


def _name(place: str, number: int) -> str:
    return f"{FOLDER}/{place}-{number}.jpg"
