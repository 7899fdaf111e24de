"""Rows by the hundred thousand, written as fast as the database takes them.

Django's `bulk_create` makes an object and a converted value of everything; where the rows are
made of tables that costs more than the database does. Values here are what the column holds:
numbers, booleans, texts, dates as ISO texts, None.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, models

Value = int | float | str | bool | None
AT_ONCE = 20_000


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Value]]
) -> int:
    """Insert rows with these fields (by field name) in order; gives how many. In a transaction."""
    columns = [connection.ops.quote_name(_column(model, name)) for name in names]
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        return _copied(f"COPY {table} ({', '.join(columns)}) FROM STDIN", rows)
    marks = ", ".join(["%s"] * len(columns))
    return _inserted(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return str(field.column)


def chunks(rows: Iterable[Sequence[Value]], size: int) -> Iterator[list[Sequence[Value]]]:
    """The rows, so many at a time."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, size)):
        yield chunk


def _inserted(sql: str, rows: Iterable[Sequence[Value]]) -> int:
    count = 0
    with connection.cursor() as cursor:
        for chunk in chunks(rows, AT_ONCE):
            cursor.executemany(sql, chunk)
            count += len(chunk)
    return count


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _text(value: Value) -> str:
    """A value as COPY's text format says it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    return ("t" if value else "f") if isinstance(value, bool) else str(value)


def _copied(sql: str, rows: Iterable[Sequence[Value]]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.cursor.copy(sql) as copy:
        for chunk in chunks(rows, AT_ONCE):
            copy.write("".join("\t".join(map(_text, row)) + "\n" for row in chunk))
            count += len(chunk)
    return count
