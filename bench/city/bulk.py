"""Very many rows into tables, in one transaction: COPY on PostgreSQL, `executemany` on SQLite.

What makes a row expensive is put aside meanwhile: indexes are dropped and built again at the end,
and references are not followed row by row; what is written must be sound by itself.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

from bench.city.columns import Column, Same

# What SQLite may hold of its file in memory while it writes, in KiB.
SQLITE_CACHE = 64 * 1024


class Bulk:
    """Writes columns into tables; made by `bulk`."""

    def insert(self, model: type[models.Model], rows: int, columns: Mapping[str, Column]) -> None:
        """`columns` by attribute name; a field that is not given gets its default in every row."""
        if not rows:
            return
        fields = [
            field
            for field in model._meta.concrete_fields
            if field.attname in columns or not field.primary_key
        ]
        given = [columns.get(field.attname) or Same(_default(field), rows) for field in fields]
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                lines = zip(*(column.texts() for column in given), strict=True)
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    copy.write("\n".join(map("\t".join, lines)) + "\n")
            else:
                marks = ", ".join("?" for _ in fields)
                connection.connection.executemany(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})",
                    zip(*(column.values() for column in given), strict=True),
                )


def _default(field: Any) -> Any:
    if isinstance(field, models.JSONField):
        return json.dumps(field.get_default())
    if isinstance(field, models.ForeignKey):
        return None
    return field.get_db_prep_save(field.get_default(), connection)


@contextmanager
def bulk(
    tables: Sequence[type[models.Model]], numbered: Sequence[type[models.Model]]
) -> Iterator[Bulk]:
    """Within: one transaction in which these tables take very many rows.

    `numbered`: tables whose rows are given their number.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{SQLITE_CACHE}")
    connection.disable_constraint_checking()  # SQLite: only outside a transaction
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
                cursor.execute("SHOW is_superuser")
                if cursor.fetchone() == ("on",):  # others may not
                    cursor.execute("SET LOCAL session_replication_role = replica")
            again = list(_put_aside(cursor, [model._meta.db_table for model in tables]))
            yield Bulk()
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            for statement in again:
                cursor.execute(statement)
            if connection.vendor == "postgresql":
                for model in numbered:
                    _count_on(cursor, model)
    finally:
        connection.enable_constraint_checking()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _put_aside(cursor: Any, tables: list[str]) -> Iterator[str]:
    """Drops the tables' indexes; gives the statements that make them again."""
    if connection.vendor == "sqlite":
        marks = ", ".join("%s" for _ in tables)
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            f"AND tbl_name IN ({marks})",
            tables,
        )
        for name, statement in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
            yield statement
        return
    # What excludes overlaps first: it stands on an index of its own.
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'x' AND conrelid = ANY(%s::regclass[])",
        [tables],
    )
    for table, name, definition in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        yield f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS "
        "(SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)",
        [tables],
    )
    for name, statement in cursor.fetchall():
        cursor.execute(f"DROP INDEX {name}")
        yield statement


def _count_on(cursor: Any, model: type[models.Model]) -> None:
    """The next row that the table numbers by itself comes after those written with a number."""
    table, key = model._meta.db_table, model._meta.pk.column
    cursor.execute(
        f"SELECT setval(pg_get_serial_sequence(%s, %s), COALESCE(MAX({key}), 0) + 1, false) "
        f"FROM {table}",
        [table, key],
    )
