"""Read and validate a package, whole, before anything of it is handed out or unpacked."""

import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, BinaryIO, Final

from . import file_types
from .archive import Entry, entries_of
from .dependencies import Named, named_in
from .json_text import parse
from .limits import Limits
from .naming import LibraryName, check_name, clashes, is_skipped
from .refusal import Refused
from .shapes import Description, LibraryDescription, describe, describe_library
from .streams import CHUNK, EntryStream

CONTENT: Final = "content"


@dataclass(frozen=True)
class PackedFile:
    """A file of the package: its path inside the content's or the library's folder."""

    path: str
    size: int
    sha256: str
    entry: str = field(repr=False)


@dataclass(frozen=True)
class PackedLibrary:
    """A library that the package brings along."""

    description: LibraryDescription
    files: list[PackedFile]
    sha256: str


class Package:
    """An accepted package. Keeps its file open until it is closed; use it in a `with`."""

    def __init__(
        self,
        file: BinaryIO,
        entries: Iterable[Entry],
        description: Description,
        content: Any,
        content_files: list[PackedFile],
        libraries: dict[LibraryName, PackedLibrary],
        *,
        owned: bool,
    ) -> None:
        self._file, self._lock, self._owned = file, Lock(), owned
        self._entries = {entry.name: entry for entry in entries}
        self.description = description
        self.content = content
        self.content_files = content_files
        self.libraries = libraries

    @property
    def content_sha256(self) -> str:
        """What tells one content from another: its files and what h5p.json says, in any order."""
        said = json.dumps(dict(self.description.metadata), ensure_ascii=False, sort_keys=True)
        about = PackedFile("../h5p.json", 0, hashlib.sha256(said.encode()).hexdigest(), "")
        return tree_hash([*self.content_files, about])

    def open(self, file: PackedFile) -> BinaryIO:
        """Give the file's bytes as a stream, which unpacks them while it is read."""
        stream = EntryStream(self._file, self._lock, self._entries[file.entry])
        return io.BufferedReader(stream, CHUNK)

    def close(self) -> None:
        """Let go of the file, if `read` was what opened it."""
        if self._owned:
            self._file.close()

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def tree_hash(files: Iterable[PackedFile]) -> str:
    """Hash a folder: the paths of its files, sorted, each with the hash of its bytes."""
    tree = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.path):
        tree.update(f"{file.sha256}  {file.path}\n".encode())
    return tree.hexdigest()


def read(source: str | os.PathLike[str] | BinaryIO, limits: Limits | None = None) -> Package:
    """Read a package from a path, or from a file that can be sought; Refused if it is not whole.

    Everything has been looked at when it returns, every byte and checksum too, and nothing has
    been unpacked but the descriptions, which are bounded.
    """
    limits = limits or Limits()
    if not isinstance(source, str | os.PathLike):
        return _read(source, limits, owned=False)
    file = Path(source).open("rb")  # noqa: SIM115 - the package keeps it, and closes it
    try:
        return _read(file, limits, owned=True)
    except BaseException:
        file.close()
        raise


def _read(file: BinaryIO, limits: Limits, *, owned: bool) -> Package:
    everything = entries_of(file, limits)
    kept = {
        entry.name: entry
        for entry in everything
        if not entry.is_folder and not is_skipped(entry.name)
    }
    for wrong in _wrong_types(kept):
        raise wrong
    opened = _Opened(file, limits, kept)
    described = describe(opened.json("h5p.json", description=True))
    content = opened.json("content/content.json")
    if not isinstance(content, dict | list):
        raise Refused("shape", "content/content.json", expected="an object", found="a value")
    named = Named(limits.libraries)
    named.add(
        "content/content.json", (*described.preloaded, *described.dynamic, *named_in(content))
    )
    libraries = opened.libraries(named)
    hashes = opened.hashes(everything)
    files = {
        folder: [
            PackedFile(path, entry.size, hashes[entry.name], entry.name)
            for path, entry in sorted(inside.items())
        ]
        for folder, inside in opened.folders.items()
    }
    return Package(
        file,
        kept.values(),
        described,
        content,
        files[CONTENT],
        {
            library.name: PackedLibrary(library, files[folder], tree_hash(files[folder]))
            for folder, library in libraries.items()
        },
        owned=owned,
    )


def _folders(kept: Mapping[str, Entry]) -> dict[str, dict[str, Entry]]:
    """Give what is in each folder at the top, by its path inside that."""
    found: dict[str, dict[str, Entry]] = {}
    for name, entry in kept.items():
        folder, slash, path = name.partition("/")
        if slash:
            found.setdefault(folder, {})[path] = entry
    return found


def refusals_of(names: Iterable[str]) -> Iterator[Refused]:
    """Give all that `read` has against entries of these names, whatever is in them."""
    safe = []
    for name in names:
        try:
            check_name(name)
        except Refused as refused:
            yield refused
        else:
            safe.append(name)
    yield from clashes(safe)
    yield from _wrong_types(name for name in safe if not is_skipped(name))


def _wrong_types(kept: Iterable[str]) -> Iterator[Refused]:
    """Refuse files of types that H5P does not let in; what lies beside h5p.json is not used."""
    for name in kept:
        if name.startswith(f"{CONTENT}/"):
            allowed, where = file_types.CONTENT, "content"
        elif "/" in name:
            allowed, where = file_types.LIBRARY, "libraries"
        else:
            continue
        if file_types.type_of(name) not in allowed:
            yield Refused("file-type", name, expected=where)


class _Opened:
    """A package whose directory has been accepted, while the rest of it is looked at."""

    def __init__(self, file: BinaryIO, limits: Limits, kept: Mapping[str, Entry]) -> None:
        self.file, self.limits, self.kept = file, limits, kept
        self.folders = _folders(kept)
        self.lock = Lock()
        self.described = 0

    def stream(self, entry: Entry) -> EntryStream:
        """Open an entry."""
        return EntryStream(self.file, self.lock, entry)

    def json(self, name: str, *, description: bool = False) -> Any:
        """Read a JSON file that must be there."""
        if name not in self.kept:
            deeper = (other for other in self.kept if other.endswith(f"/{name}"))
            raise Refused("missing", name, found=next(deeper, ""))
        if description:
            self._count(self.kept[name])
        with io.BufferedReader(self.stream(self.kept[name]), CHUNK) as stream:
            return parse(stream, name, self.limits, description=description)

    def _count(self, entry: Entry) -> None:
        """Refuse more descriptions than the limit: what they say is kept, of all of them."""
        self.described += entry.size
        most = self.limits.description_bytes
        if self.described > most:
            found = f"{self.described} bytes of h5p.json and library.json"
            raise Refused("json-too-large", entry.name, found=found, expected=most)

    def hashes(self, entries: Iterable[Entry]) -> dict[str, str]:
        """Read every entry to its end, also those that are left out; give the hashes of all."""
        buffer = memoryview(bytearray(CHUNK))
        found = {}
        for entry in sorted(entries, key=lambda entry: entry.at):
            stream, hashed = self.stream(entry), hashlib.sha256()
            while length := stream.readinto(buffer):
                hashed.update(buffer[:length])
            found[entry.name] = hashed.hexdigest()
        return found

    def libraries(self, named: Named) -> dict[str, LibraryDescription]:
        """Read what each library says of itself, by its folder, and hold it to that."""
        found: dict[str, LibraryDescription] = {}
        names: set[LibraryName] = set()
        for folder in sorted(self.folders.keys() - {CONTENT}):
            library = self._library(folder, self.folders[folder])
            if library.name in names:
                raise Refused("library-twice", f"{folder}/library.json", found=library.name)
            names.add(library.name)
            asked = (*library.preloaded, *library.dynamic, *library.editor)
            named.add(f"{folder}/library.json", (library.name, *asked))
            found[folder] = library
        return found

    def _library(self, folder: str, inside: Mapping[str, Entry]) -> LibraryDescription:
        entry = f"{folder}/library.json"
        library = describe_library(self.json(entry, description=True), entry)
        name, patched = library.name, f"{library.name.folder}.{library.version.patch}"
        if folder not in (name.folder, name.machine_name, patched):
            raise Refused("library-folder", entry, found=name.folder)
        for path in (*library.preloaded_js, *library.preloaded_css):
            if path not in inside:
                raise Refused("listed-file-missing", entry, found=path)
        for path in inside:
            language = path.removeprefix("language/")
            if language != path and not file_types.LANGUAGE.fullmatch(language):
                raise Refused("language-name", f"{folder}/{path}", expected="sv.json")
            if language != path or path == "semantics.json":
                self.json(f"{folder}/{path}")
        return library
