"""The directory of a zip archive, read entry by entry, and checked before anything is unpacked.

The standard library's own reader takes the whole directory into memory and cuts names at a NUL;
this one bounds what it reads and refuses what two readers could understand in two ways.
PKWARE's APPNOTE 6.3 is the format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from .limits import Limits
from .naming import check_name, clashes
from .refusal import Refused

END: Final = struct.Struct("<4s4H2LH")
END_SIGNATURE: Final = b"PK\x05\x06"
END64_LOCATOR: Final = struct.Struct("<4sLQL")
END64: Final = struct.Struct("<4sQ2H2L4Q")
CENTRAL: Final = struct.Struct("<4s4B4HL2L5H2L")
LOCAL: Final = struct.Struct("<4s2B4HL2L2H")
LONGEST_COMMENT: Final = 0xFFFF
STORED: Final = 0
DEFLATED: Final = 8
ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
UTF8: Final = 0x800
FOLLOWING: Final = 0x8
WIDE: Final = 0xFFFFFFFF
NOT_HERE: Final = (0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, WIDE, WIDE)
"""What stands in the six numbers of the end of which the wide record has the true ones."""

ZIP64_FIELD: Final = 0x0001
UNIX: Final = frozenset({3, 19})


@dataclass(frozen=True)
class Entry:
    """What the directory says of one entry; `at` is where its local header begins."""

    name: str
    raw_name: bytes
    method: int
    crc: int
    packed: int
    size: int
    at: int

    @property
    def is_folder(self) -> bool:
        """Say whether it is a folder, which has nothing to unpack."""
        return self.name.endswith("/")


def entries_of(file: BinaryIO, limits: Limits) -> list[Entry]:
    """Give the archive's entries, each with a safe name of its own, within the limits."""
    size = file.seek(0, 2)
    count, length, begin, shift = _directory(file, size)
    if count > limits.entries:
        raise Refused("too-many-entries", found=count, expected=limits.entries)
    entries = list(_central(file, begin, length, shift, limits))
    if len(entries) != count:
        raise Refused("not-a-zip", found=f"{count} entries are promised, {len(entries)} found")
    _check_sizes(entries, limits)
    for clash in clashes([entry.name for entry in entries]):
        raise clash
    _check_places(file, entries, begin)
    return entries


def _exactly(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    found = file.read(length)
    if len(found) != length:
        raise Refused("not-a-zip", found="it ends too early")
    return found


def _directory(file: BinaryIO, size: int) -> tuple[int, int, int, int]:
    """Find the directory: its entries, its length, where it begins, and what lies before it all.

    The end's own signature may stand in its comment too, so the one whose comment ends where the
    file does goes before one that something follows.
    """
    tail_at = max(0, size - END.size - LONGEST_COMMENT)
    tail = _exactly(file, tail_at, size - tail_at)
    followed: int | None = None
    last = max(0, len(tail) - END.size + len(END_SIGNATURE))
    at = tail.rfind(END_SIGNATURE, 0, last)
    while at >= 0:
        comment = END.unpack_from(tail, at)[7]
        if at + END.size + comment == len(tail):
            return _placed(file, tail_at + at, END.unpack_from(tail, at))
        if followed is None and at + END.size + comment < len(tail):
            followed = at
        at = tail.rfind(END_SIGNATURE, 0, at)
    if followed is None:
        raise Refused("not-a-zip", found="it has no directory")
    return _placed(file, tail_at + followed, END.unpack_from(tail, followed))


def _placed(
    file: BinaryIO, end_at: int, end: tuple[bytes, int, int, int, int, int, int, int]
) -> tuple[int, int, int, int]:
    before, said = end_at, end[1:7]
    wide_at = _wide_end(file, end_at)
    if wide_at is not None:
        before = end_at - END64_LOCATOR.size - END64.size
        if before < 0:
            raise Refused("not-a-zip", found="its directory is damaged")
        found = END64.unpack(_exactly(file, before, END64.size))
        # Some writers keep the true numbers in the narrow record too, where they fit; other
        # numbers there would be another directory to whoever reads that one only.
        if found[0] != b"PK\x06\x06" or any(
            narrow not in (most, wide)
            for narrow, most, wide in zip(said, NOT_HERE, found[4:], strict=True)
        ):
            raise Refused("not-a-zip", found="its directory is damaged")
        said = found[4:]
    disk, start_disk, here, count, length, offset = said
    if disk or start_disk or here != count:
        raise Refused("not-a-zip", found="it is a part of several")
    begin = before - length
    if begin < 0 or begin < offset or wide_at not in (None, offset + length):
        raise Refused("not-a-zip", found="its directory is damaged")
    return count, length, begin, begin - offset


def _wide_end(file: BinaryIO, end_at: int) -> int | None:
    """Give where the wide record of the end is said to be; None where there is none."""
    if end_at < END64_LOCATOR.size:
        return None
    locator = _exactly(file, end_at - END64_LOCATOR.size, END64_LOCATOR.size)
    signature, _disk, at, _disks = END64_LOCATOR.unpack(locator)
    return int(at) if signature == b"PK\x06\x07" else None


def _central(
    file: BinaryIO, begin: int, length: int, shift: int, limits: Limits
) -> Iterator[Entry]:
    at, end, number = begin, begin + length, 0
    while at < end:
        number += 1
        if number > limits.entries:
            raise Refused(
                "too-many-entries", found=f"over {limits.entries}", expected=limits.entries
            )
        header = CENTRAL.unpack(_exactly(file, at, CENTRAL.size))
        if header[0] != b"PK\x01\x02":
            raise Refused("not-a-zip", found="its directory is damaged")
        made_by, flags, method = header[2], header[5], header[6]
        crc, packed, size = header[9:12]
        name_length, extra_length, comment_length, disk = header[12:16]
        outer, place = header[17], header[18]
        rest = _exactly(file, at + CENTRAL.size, name_length + extra_length)
        raw_name = rest[:name_length]
        packed, size, place = _wide(rest[name_length:], packed, size, place)
        name = _decoded(raw_name, flags)
        check_name(name)
        if flags & ENCRYPTED:
            raise Refused("encrypted", name)
        _check_kind(name, made_by, outer >> 16)
        if method not in (STORED, DEFLATED):
            raise Refused("compression", name, found=method, expected="“stored” and “deflated”")
        if method == STORED and packed != size:
            raise Refused("false-size", name, expected=size)
        if disk not in (0, 0xFFFF):
            raise Refused("not-a-zip", found="it is a part of several")
        yield Entry(name, raw_name, method, crc, packed, size, place + shift)
        at += CENTRAL.size + name_length + extra_length + comment_length
    if at != end:
        raise Refused("not-a-zip", found="its directory is damaged")


def _wide(extra: bytes, packed: int, size: int, place: int) -> tuple[int, int, int]:
    """Take from the zip64 field what did not fit into the header."""
    narrow = {"size": size, "packed": packed, "place": place}
    asked = [key for key, value in narrow.items() if value == WIDE]
    while asked and len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind == ZIP64_FIELD:
            field = extra[4 : 4 + length]
            if len(field) < 8 * len(asked):
                raise Refused("not-a-zip", found="its directory is damaged")
            narrow |= dict(zip(asked, struct.unpack_from(f"<{len(asked)}Q", field), strict=True))
            break
        extra = extra[4 + length :]
    return narrow["packed"], narrow["size"], narrow["place"]


def _decoded(raw: bytes, flags: int) -> str:
    """Read a name as UTF-8; one that does not say it is, and is not, as the old code page."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        old = raw.decode("cp437")
        if flags & UTF8:
            raise Refused("unsafe-name", old, found="it is not UTF-8") from None
        return old


def _check_kind(name: str, made_by: int, mode: int) -> None:
    kind = stat.S_IFMT(mode)
    if kind == stat.S_IFLNK or (made_by in UNIX and kind not in (0, stat.S_IFREG, stat.S_IFDIR)):
        raise Refused("symlink", name)


def _check_sizes(entries: list[Entry], limits: Limits) -> None:
    for entry in entries:
        if entry.size > limits.file_bytes:
            raise Refused(
                "file-too-large", entry.name, found=entry.size, expected=limits.file_bytes
            )
    total = sum(entry.size for entry in entries)
    if total > limits.package_bytes:
        raise Refused("package-too-large", found=total, expected=limits.package_bytes)
    for entry in entries:
        if entry.size >= limits.ratio_from and entry.size > limits.ratio * entry.packed:
            times = entry.size // max(1, entry.packed)
            raise Refused("ratio", entry.name, found=times, expected=limits.ratio)


def _check_places(file: BinaryIO, entries: list[Entry], end: int) -> None:
    """Read each local header: it must name the same entry, and lie over no other."""
    free = 0
    for entry in sorted(entries, key=lambda entry: entry.at):
        if entry.at + LOCAL.size > end:
            found = "its header is not where the directory says"
            raise Refused("bad-crc", entry.name, found=found)
        if entry.at < free:
            raise Refused("overlap", entry.name)
        begin = data_begins(file, entry)
        free = begin + entry.packed
        if free > end:
            raise Refused("overlap", entry.name)


def data_begins(file: BinaryIO, entry: Entry) -> int:
    """Give where the entry's packed bytes begin, having read its local header."""
    return _local(file, entry)[0]


def check_alike(file: BinaryIO, entry: Entry) -> None:
    """Refuse a local header with another checksum or size than the directory's.

    They follow the data of an entry that was written to a line, and stand in a wide field of what
    may be over four gigabytes. Who reads from the front unpacks what these numbers say.
    """
    _begins, flags, measured = _local(file, entry)
    if measured == (0, 0, 0) or (flags & FOLLOWING and 0 in measured):
        return
    said = (entry.crc, entry.packed, entry.size)
    if any(here not in (there, WIDE) for here, there in zip(measured, said, strict=True)):
        raise Refused("bad-crc", entry.name, found="its header and the directory disagree")


def _local(file: BinaryIO, entry: Entry) -> tuple[int, int, tuple[int, ...]]:
    header = LOCAL.unpack(_exactly(file, entry.at, LOCAL.size))
    signature, flags, method, name_length, extra_length = (
        header[0],
        header[3],
        header[4],
        header[10],
        header[11],
    )
    if signature != b"PK\x03\x04":
        raise Refused("bad-crc", entry.name, found="its header is not where the directory says")
    if flags & ENCRYPTED:
        raise Refused("encrypted", entry.name)
    name = _exactly(file, entry.at + LOCAL.size, name_length)
    if name != entry.raw_name or method != entry.method:
        raise Refused("bad-crc", entry.name, found="its header and the directory disagree")
    begins = entry.at + LOCAL.size + int(name_length) + int(extra_length)
    return begins, int(flags), header[7:10]
