"""An entry's bytes, unpacked a little at a time; no more of them than the directory declares."""

import io
import zlib
from threading import Lock
from typing import BinaryIO, Final

from .archive import DEFLATED, Entry, check_alike, data_begins
from .refusal import Refused

CHUNK: Final = 64 << 10


class EntryStream(io.RawIOBase):
    """Reads one entry of an archive; raises Refused where it is not what the directory says.

    Several may read from the same file in turn: each keeps its own place, under the file's lock.
    """

    def __init__(self, file: BinaryIO, lock: Lock, entry: Entry) -> None:
        super().__init__()
        self.file, self.lock, self.entry = file, lock, entry
        with lock:
            self.at = data_begins(file, entry)
        self.packed_left = entry.packed
        self.size_left = entry.size
        self.crc = 0
        self.inflating = zlib.decompressobj(-15) if entry.method == DEFLATED else None
        self.waiting = b""
        self.ended = False

    def readable(self) -> bool:
        """Say that it can be read, as the standard library's buffers ask."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; 0 once the whole entry has been given, and its checksum was right."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if self.ended or not view:
            return 0
        piece = self._piece(min(len(view), CHUNK))
        self.size_left -= len(piece)
        if self.size_left < 0:
            raise Refused("false-size", self.entry.name, expected=self.entry.size)
        self.crc = zlib.crc32(piece, self.crc)
        if not piece:
            self.ended = True
            self._check_end()
        view[: len(piece)] = piece
        return len(piece)

    def _piece(self, most: int) -> bytes:
        if self.inflating is None:
            return self._packed(most)
        while not self.inflating.eof:
            self.waiting = self.waiting or self._packed(CHUNK)
            try:
                piece = self.inflating.decompress(self.waiting, most)
            except zlib.error:
                raise Refused("bad-crc", self.entry.name, found="it cannot be unpacked") from None
            starved = not self.waiting
            self.waiting = self.inflating.unconsumed_tail
            if piece:
                return piece
            if starved and self.size_left:
                raise Refused("bad-crc", self.entry.name, found="it ends too early")
            if starved:
                break  # All bytes are there; some writers leave out the mark of the end.
        return b""

    def _packed(self, most: int) -> bytes:
        wanted = min(most, self.packed_left)
        with self.lock:
            self.file.seek(self.at)
            found = self.file.read(wanted)
        if len(found) != wanted:
            raise Refused("bad-crc", self.entry.name, found="it ends too early")
        self.at += wanted
        self.packed_left -= wanted
        return found

    def _check_end(self) -> None:
        if self.size_left:
            raise Refused("false-size", self.entry.name, expected=self.entry.size)
        if self.crc != self.entry.crc:
            raise Refused("bad-crc", self.entry.name, found="its checksum is wrong")
        with self.lock:
            check_alike(self.file, self.entry)
