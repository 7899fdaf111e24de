"""A database beside the one in use: a restore is built there, and put in place when whole.

SQLite: a file beside the file, copied over it in one transaction. PostgreSQL: a schema beside the
schema, whose tables change places with the old ones in one transaction. Until then the old one is
as it was, whatever happens; what a restore that was killed left beside it goes with the next.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

SCHEMA = "kompetens_restoring"
SUFFIX = ".restoring"
WAIT_SECONDS = 60

Swap = Callable[[], None]


@contextmanager
def scratch_database() -> Iterator[Swap]:
    """Within: the connection leads to an empty database; calling what it gives puts it in place."""
    work = _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql()
    with work as swap:
        yield swap


@contextmanager
def _on_sqlite() -> Iterator[Swap]:
    name = str(connection.settings_dict["NAME"])
    beside = Path(name + SUFFIX)
    _remove(beside)

    def swap() -> None:
        connection.close()
        source, target = sqlite3.connect(beside), sqlite3.connect(name, timeout=WAIT_SECONDS)
        try:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            source.backup(target)
        finally:
            source.close()
            target.close()
        Path(name).chmod(0o600)

    connection.close()
    connection.settings_dict["NAME"] = str(beside)
    try:
        yield swap
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        _remove(beside)


def _remove(beside: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        beside.with_name(beside.name + ending).unlink(missing_ok=True)


@contextmanager
def _on_postgresql() -> Iterator[Swap]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        cursor.execute(f"SET search_path TO {SCHEMA}")
    try:
        yield lambda: _change_places(schema)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            cursor.execute("RESET search_path")


def _change_places(schema: str) -> None:
    """Take the old tables and functions away and bring the new ones, extensions apart."""
    quoted = connection.ops.quote_name(schema)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT extname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
            "WHERE n.nspname = %s",
            [SCHEMA],
        )
        for (extension,) in cursor.fetchall():
            cursor.execute(
                f"ALTER EXTENSION {connection.ops.quote_name(extension)} SET SCHEMA {quoted}"
            )
        for table in _tables(schema):
            cursor.execute(f"DROP TABLE {table} CASCADE")
        for function in _functions(schema):
            cursor.execute(f"DROP FUNCTION {function} CASCADE")
        for table in _tables(SCHEMA):
            cursor.execute(f"ALTER TABLE {table} SET SCHEMA {quoted}")
        for function in _functions(SCHEMA):
            cursor.execute(f"ALTER FUNCTION {function} SET SCHEMA {quoted}")


def _tables(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables WHERE schemaname = %s",
            [schema],
        )
        return [name for (name,) in cursor.fetchall()]


def _functions(schema: str) -> list[str]:
    """Functions of ours, with their arguments; not those an extension brings."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p "
            "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = %s "
            "AND NOT EXISTS (SELECT 1 FROM pg_depend d "
            "WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e')",
            [schema],
        )
        return [name for (name,) in cursor.fetchall()]
