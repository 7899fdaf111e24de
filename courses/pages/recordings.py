"""Whether an uploaded file is what a film or a recording needs: judged by what it holds."""

from typing import Any, Protocol

CAPTIONS_LARGEST = 2_000_000  # bytes; a film of ten hours has less
HEAD = 16


class Stored(Protocol):
    """A document of Wagtail's, as far as it is asked here."""

    file: Any


def is_film(document: Stored) -> bool:
    """MP4 or WebM: what every browser plays without help."""
    head = _head(document)
    return head[4:8] == b"ftyp" or head.startswith(b"\x1a\x45\xdf\xa3")


def is_sound(document: Stored) -> bool:
    """MP3, M4A or Ogg."""
    head = _head(document)
    frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 != 0
    return frame or head.startswith((b"ID3", b"OggS")) or head[4:8] == b"ftyp"


def is_captions(document: Stored) -> bool:
    """WebVTT with at least one line of time."""
    try:
        with document.file.open("rb") as file:
            return is_webvtt(file.read(CAPTIONS_LARGEST + 1))
    except OSError:
        return False


def is_webvtt(content: bytes) -> bool:
    """Whether these bytes are captions that a browser shows."""
    if len(content) > CAPTIONS_LARGEST:
        return False
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return False
    first = lines[0] if lines else ""
    return (first == "WEBVTT" or first.startswith(("WEBVTT ", "WEBVTT\t"))) and any(
        " --> " in line for line in lines
    )


def _head(document: Stored) -> bytes:
    try:
        with document.file.open("rb") as file:
            return bytes(file.read(HEAD))
    except OSError:
        return b""
