"""What a backup says of itself, and whether its files are as they were written."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from config.backup.columns import Column, Table

FORMAT = 1
NAME = "manifest.json"
SUM = "manifest.sha256"
AT_ONCE = 1 << 20


class BackupError(Exception):
    """What stops a backup or a restore, in words for whoever ran it. Nothing was changed."""


@dataclass
class Manifest:
    """Everything but the rows and the files themselves. Holds no secret and nobody's name."""

    format: int
    made_at: str  # ISO 8601 with offset: everything committed before it is inside
    versions: dict[str, str]
    migrations: list[list[str]]  # (app, name) of every one applied
    tables: list[Table]
    media: dict[str, dict[str, str]]  # storage -> name there -> path here
    last_batch: dict[str, Any] | None  # number and moment of the last FactBatch
    figures: dict[str, Any]  # as_of, rows, sha256: see config.backup.figures
    audit: dict[str, Any]  # entries and the last one's hash
    files: dict[str, str] = field(default_factory=dict)  # path -> SHA-256

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for table in self.tables)


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return checksum_of(file)


def checksum_of(file: Any) -> str:
    """SHA-256 of an open file, from where it is."""
    digest = hashlib.sha256()
    for part in pieces(file):
        digest.update(part)
    return digest.hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """The last thing written: a backup without it is none."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    save(folder / NAME, text.encode())
    save(folder / SUM, f"{checksum(folder / NAME)}  {NAME}\n".encode())


def save(path: Path, content: bytes) -> None:
    """Write a file that is on the disk when this returns."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path, *, below: bool = True) -> None:
    """Make the names in this folder, and in those below it, as lasting as the files are."""
    for here in [folder, *(path for path in folder.rglob("*") if below and path.is_dir())]:
        descriptor = os.open(here, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read_manifest(folder: Path) -> Manifest:
    """What the backup in `folder` says; BackupError when it is none, or is not whole."""
    if not (folder / SUM).is_file() or not (folder / NAME).is_file():
        raise BackupError(
            _("%(folder)s is no finished backup: %(name)s is missing.")
            % {"folder": folder, "name": SUM if (folder / NAME).is_file() else NAME}
        )
    said = (folder / SUM).read_text(encoding="ascii", errors="replace").split()
    if said[:1] != [checksum(folder / NAME)]:
        raise BackupError(_damaged(NAME))
    content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    if content["format"] != FORMAT:
        raise BackupError(
            _("The backup is of format %(found)s; this version reads %(known)s.")
            % {"found": content["format"], "known": FORMAT}
        )
    tables = [
        Table(name, [Column(*column) for column in columns], rows)
        for name, columns, rows in content.pop("tables")
    ]
    return Manifest(tables=tables, **content)


def verify(folder: Path, manifest: Manifest) -> None:
    """BackupError names the first file that is missing or not as it was written."""
    for name, wanted in manifest.files.items():
        path = folder / name
        if not path.is_file() or checksum(path) != wanted:
            raise BackupError(_damaged(name))


def _damaged(name: str) -> str:
    return _("The backup is damaged: %(name)s is missing or not as it was written.") % {
        "name": name
    }


def pieces(file: Any) -> Iterator[bytes]:
    """The content of an open file, a part at a time."""
    while part := file.read(AT_ONCE):
        yield part
