"""Write a complete package: the same parts give the same bytes, whoever packs them and when."""

import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import chain
from typing import BinaryIO, Final, TypeAlias

from .file_types import type_of
from .limits import Limits
from .naming import LibraryName
from .shapes import Description

CHUNK: Final = 64 << 10
HELD: Final = 256 << 10
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
LEVEL: Final = 6
WORTH_PACKING: Final = frozenset(
    {"json", "txt", "md", "textile", "csv", "diff", "patch", "vtt", "webvtt"}
    | {"css", "js", "svg", "xml", "bmp", "tif", "tiff", "gltf", "wav"}
    | {"eot", "ttf", "otf", "rtf"}
)
Opener: TypeAlias = Callable[[], BinaryIO]


def pack(
    out: BinaryIO,
    description: Description,
    content_files: Mapping[str, Opener],
    libraries: Mapping[LibraryName, Mapping[str, Opener]],
    limits: Limits | None = None,
) -> None:
    """Write the package to `out`, file by file.

    Both mappings go from a path (inside `content/`, inside the library's folder) to a function
    that opens the file. A file that packs so well that `read` would refuse it, with the same
    limits, is stored as it is.
    """
    limits = limits or Limits()
    described = json.dumps(description.metadata, ensure_ascii=False, sort_keys=True).encode()
    folders = {"content": content_files}
    folders |= {name.folder: files for name, files in libraries.items()}
    with zipfile.ZipFile(out, "w") as archive:
        about = _about("h5p.json", _method([described], limits))
        archive.writestr(about, described, compresslevel=LEVEL)
        for folder, files in sorted(folders.items()):
            for path, opener in sorted(files.items()):
                _write(archive, f"{folder}/{path}", opener, limits)


def _write(archive: zipfile.ZipFile, name: str, opener: Opener, limits: Limits) -> None:
    """Write one file, deflated if it is of a kind that packs and does not pack suspiciously well.

    What is longer than HELD is opened once to be judged, and once to be written.
    """
    with opener() as source:
        held = source.read(HELD + 1)
        if type_of(name) not in WORTH_PACKING:
            method = zipfile.ZIP_STORED
        elif len(held) <= HELD:
            method = _method([held], limits)
        else:
            method = _method(chain([held], iter(partial(source.read, CHUNK), b"")), limits)
            with opener() as again:
                return _copy(archive, name, method, b"", again)
        return _copy(archive, name, method, held, source)


def _copy(archive: zipfile.ZipFile, name: str, method: int, held: bytes, source: BinaryIO) -> None:
    with archive.open(_about(name, method), "w") as written:
        written.write(held)
        while chunk := source.read(CHUNK):
            written.write(chunk)


def _about(name: str, method: int) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name, EARLIEST)
    about.compress_type = method
    about._compresslevel = LEVEL  # type: ignore[attr-defined]
    about.create_system = 3
    about.external_attr = 0o100644 << 16
    return about


def _method(chunks: Iterable[bytes], limits: Limits) -> int:
    packing = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    size = packed = 0
    for chunk in chunks:
        size += len(chunk)
        packed += len(packing.compress(chunk))
    packed += len(packing.flush())
    fits = size < limits.ratio_from or size <= limits.ratio * packed
    return zipfile.ZIP_DEFLATED if fits else zipfile.ZIP_STORED
