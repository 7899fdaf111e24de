"""Rows by the hundred thousand, written as fast as the database takes them.

Django's `bulk_create` makes an object and a converted value of everything; where the rows are
made of tables that costs more than the database does. Values here are what the column holds:
numbers, booleans, texts, dates as ISO texts, None.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    return _inserted(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # nosec B608


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
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


def update_rows(
    model: type[models.Model], names: str | Sequence[str], rows: Iterable[Sequence[Value]]
) -> None:
    """Give rows new values: each begins with its key, then the values in the order of `names`."""
    named = [names] if isinstance(names, str) else names
    quote = connection.ops.quote_name
    given = ", ".join(f"{quote(_column(model, name))} = %s" for name in named)
    table, key = quote(model._meta.db_table), quote(_column(model, "pk"))
    sql = f"UPDATE {table} SET {given} WHERE {key} = %s"  # nosec B608
    with connection.cursor() as cursor:
        for chunk in chunks(rows, AT_ONCE):
            cursor.executemany(sql, [(*values, pk) for pk, *values in chunk])


def copy_rows(
    model: type[models.Model], changes: Mapping[str, Value], *, where: str, equals: int
) -> int:
    """Write copies of the rows whose field `where` is `equals`, changed so; gives how many."""
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    named = {field.name: quote(str(field.column)) for field in fields}
    columns = ", ".join(named.values())
    taken = ", ".join("%s" if name in changes else column for name, column in named.items())
    table, asked = quote(model._meta.db_table), quote(_column(model, where))
    sql = f"INSERT INTO {table} ({columns}) SELECT {taken} FROM {table} WHERE {asked} = %s"  # nosec B608
    values = [changes[field.name] for field in fields if field.name in changes]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, equals])
        return int(cursor.rowcount)


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
