"""The migrated database of the tests is made once and kept: thousands of steps, always the same.

Only on SQLite: the one in memory, and the demo city's. It is kept under what all migrations say, so
that a changed one makes another; and `migrate` runs over what was kept as over anything else, and
finds out itself what is left to do. `KOMPETENS_MIGRATE_ANEW=1` keeps nothing.
"""

import contextlib
import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.backends.signals import connection_created


def kept() -> Path | None:
    """The file of the migrated database; None until a run has kept it."""
    place = _place()
    return place if not os.environ.get("KOMPETENS_MIGRATE_ANEW") and place.exists() else None


def fill_from_kept() -> None:
    """From now on the database in memory begins as it was kept, if it was."""
    if kept():
        connection_created.connect(_fill, dispatch_uid="kept database")


def keep() -> None:
    """Keep the database in memory, as the migrations have made it."""
    place = _place()
    if connection.vendor != "sqlite" or not connection.is_in_memory_db() or place.exists():
        return
    place.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = place.with_suffix(f".{os.getpid()}")
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(unfinished)) as file:
        connection.connection.backup(file)
    unfinished.replace(place)


def _fill(connection: Any, **_: object) -> None:
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        return
    there = connection.connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    if there is None:
        with contextlib.closing(sqlite3.connect(_place())) as file:
            file.backup(connection.connection)


def _place() -> Path:
    said = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            said.update(f"{app.label} {path.name}\n".encode() + path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"kompetens-migrated-{os.getuid()}"
    return folder / f"{said.hexdigest()[:32]}.sqlite3"
