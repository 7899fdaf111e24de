"""Where rows wait while a file is read, judged and compared: a table in a file of their own.

Not in the platform's database: on SQLite whoever answers a quiz would wait for each part of HR's
file to be written there, and people's names would lie in its backups. What a worker had read when
it was killed is found by the next one that is given the same file in the same place.
"""

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

KEPT_SECONDS = 24 * 3600
BLOCK = 1 << 20

TABLES = """
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS row (
    seq INTEGER PRIMARY KEY, file TEXT, line INTEGER, of TEXT, key TEXT, cells TEXT,
    withdrawn INTEGER
);
CREATE INDEX IF NOT EXISTS row_key ON row (of, key);
CREATE TABLE IF NOT EXISTS bad (
    seq INTEGER PRIMARY KEY, file TEXT, line INTEGER, of TEXT, cells TEXT, problems TEXT
);
CREATE INDEX IF NOT EXISTS bad_of ON bad (of);
CREATE TABLE IF NOT EXISTS person (key TEXT PRIMARY KEY, pk INTEGER);
CREATE INDEX IF NOT EXISTS person_pk ON person (pk);
CREATE TABLE IF NOT EXISTS arrived (pk INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS change (
    id INTEGER PRIMARY KEY, of TEXT, what TEXT, key TEXT, old INTEGER, was TEXT, becomes TEXT,
    stops INTEGER, line INTEGER
);
CREATE INDEX IF NOT EXISTS change_of ON change (of);
CREATE TABLE IF NOT EXISTS effect (id INTEGER PRIMARY KEY, of TEXT, name TEXT, data TEXT);
CREATE INDEX IF NOT EXISTS effect_of ON effect (of);
CREATE INDEX IF NOT EXISTS effect_name ON effect (name);
CREATE TABLE IF NOT EXISTS problem (
    of TEXT, file TEXT, line INTEGER, col TEXT, value TEXT, expected TEXT, fatal INTEGER
);
CREATE INDEX IF NOT EXISTS problem_of ON problem (of);
CREATE TABLE IF NOT EXISTS left_out (of TEXT, seq INTEGER PRIMARY KEY);
CREATE INDEX IF NOT EXISTS left_out_of ON left_out (of);
"""
# What one judgement came to; the next one begins without.
JUDGED = ("change", "effect", "problem", "left_out")


_ENCODER = json.JSONEncoder(
    default=date.isoformat, ensure_ascii=False, separators=(",", ":"), check_circular=False
)


def packed(value: Any) -> str:
    """A value as the table keeps it; dates as YYYY-MM-DD."""
    return _ENCODER.encode(value)


def fingerprint(paths: Sequence[Path], *more: object) -> str:
    """What makes two readings the same one: what the files hold and are called, and `more`."""
    found = hashlib.sha256(repr(more).encode())
    for path in paths:
        found.update(f"\0{path.name}\0".encode())
        with suppress(OSError), path.open("rb") as file:  # reading it will say what is wrong
            while block := file.read(BLOCK):
                found.update(block)
    return found.hexdigest()


def folder() -> Path:
    """Where the tables lie; nobody else's account may look into it."""
    place = Path(settings.DATA_DIR) / "imports-under-way"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def remove_abandoned() -> None:
    """Tables that nobody has gone on with for a day."""
    for path in folder().iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink()


class Staging:
    """The table of one import under way."""

    def __init__(self, path: Path | None) -> None:
        """`path`: None keeps it out of everybody's way, and to itself."""
        self.path = path
        self.db = sqlite3.connect(path or "", isolation_level=None, timeout=0.2)
        # Nobody else is to write here; what a power cut would spoil is read again.
        self.db.executescript(
            "PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"
        )
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.executescript(f"BEGIN IMMEDIATE; {TABLES} COMMIT;")

    def close(self) -> None:
        """Let go of it; what it holds stays."""
        self.db.close()

    def remove(self) -> None:
        """Nothing of it is needed any more."""
        self.close()
        if self.path:
            for ending in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Within: written whole, or not at all."""
        self.db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def note(self, name: str, default: Any = None) -> Any:
        """What was noted under a name."""
        found = self.db.execute("SELECT value FROM note WHERE name = ?", [name]).fetchone()
        return json.loads(found[0]) if found else default

    def write_note(self, name: str, value: Any) -> None:
        """Note something for a later part, or another worker."""
        self.db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", [name, packed(value)])

    def number(self, sql: str, *values: object) -> int:
        """The one number a question is answered with."""
        return int(self.db.execute(sql, values).fetchone()[0] or 0)

    def effects(self, name: str) -> Iterator[Any]:
        """What was noted to be done under a name, in the order it was noted."""
        for (data,) in self.db.execute(
            "SELECT data FROM effect WHERE name = ? ORDER BY id", [name]
        ):
            yield json.loads(data)

    def forget_judgement(self, of: Iterable[str] | None = None) -> None:
        """Take away what was found of these (of all: None)."""
        for table in JUDGED:
            if of is None:
                self.db.execute(f"DELETE FROM {table}")  # nosec B608
            else:
                self.db.executemany(f"DELETE FROM {table} WHERE of = ?", ([one] for one in of))  # nosec B608


@contextmanager
def staging(name: str) -> Iterator[Staging]:
    """Within: the table of the import with this fingerprint, as far as somebody had come with it.

    It stays only when what happens within is broken off from outside, to be gone on with; see
    `Staging.remove`.
    """
    remove_abandoned()
    path = folder() / f"{name}.sqlite3"
    try:
        table = _at(path)
    except sqlite3.DatabaseError:
        if path.exists():
            path.unlink(missing_ok=True)
        table = _at(path)
    try:
        yield table
    finally:
        table.close()


def _at(path: Path) -> Staging:
    try:
        return Staging(path)
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        return Staging(None)  # the same file, brought in twice at once: each by itself
