"""What stands in a backup's tables: one JSON array a row, each value by the kind of its column."""

import base64
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import Col

KINDS = {
    "BinaryField": "binary",
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "moment",
    "DecimalField": "decimal",
    "JSONField": "json",
    "TimeField": "time",
    "UUIDField": "uuid",
} | dict.fromkeys(
    (
        "AutoField",
        "BigAutoField",
        "BigIntegerField",
        "CharField",
        "FileField",
        "FloatField",
        "IntegerField",
        "PositiveBigIntegerField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "SlugField",
        "SmallAutoField",
        "SmallIntegerField",
        "TextField",
    ),
    "plain",
)
# Sessions end with a restore. The search index is each database's own, and is made anew.
LEFT_OUT = ("sessions.", "wagtailsearch.")

Value = str | int | float | bool | None
Row = list[Value]


class Column(NamedTuple):
    """A column of the database and the kind of its values."""

    name: str
    kind: str


class Table(NamedTuple):
    """A table as it stands in a backup."""

    name: str
    columns: list[Column]
    rows: int


def models() -> list[type[Model]]:
    """Every model with a table that goes into a backup, one for each table."""
    found: dict[str, type[Model]] = {}
    for model in apps.get_models(include_auto_created=True):
        left_out = model._meta.label_lower.startswith(LEFT_OUT)
        if model._meta.managed and not model._meta.proxy and not left_out:
            found.setdefault(model._meta.db_table, model)
    return [found[name] for name in sorted(found)]


def columns_of(model: type[Model]) -> list[Column]:
    """The columns of the model's own table; KeyError names a type that has no kind yet."""
    fields = model._meta.local_concrete_fields
    kinds = [KINDS[_plainest(field).get_internal_type()] for field in fields]
    return [Column(str(field.column), kind) for field, kind in zip(fields, kinds, strict=True)]


def _plainest(field: "Field[Any, Any]") -> "Field[Any, Any]":
    """What a foreign key holds: the field it points to."""
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]
    return field


def readers_of(model: type[Model]) -> list[Callable[[Any], Value]]:
    """For each column: from what the database gives to what stands in the file."""
    found: list[Callable[[Any], Value]] = []
    for field, column in zip(model._meta.local_concrete_fields, columns_of(model), strict=True):
        expression = Col(model._meta.db_table, field, _plainest(field))
        converters = connection.ops.get_db_converters(expression)
        steps = [partial(_converted, one, expression) for one in converters]
        found.append(partial(_written, steps, column.kind))
    return found


def _converted(converter: Callable[..., Any], expression: Col, value: Any) -> Any:
    return converter(value, expression, connection)


def _written(steps: Sequence[Callable[[Any], Any]], kind: str, value: Any) -> Value:
    if value is None:
        return None
    for step in steps:
        value = step(value)
    match kind:
        case "plain" | "json":
            return value  # type: ignore[no-any-return]
        case "boolean":
            return bool(value)
        case "binary":
            return base64.b64encode(bytes(value)).decode()
        case "date" | "moment" | "time":
            return value.isoformat()  # type: ignore[no-any-return]
        case _:
            return str(value)


def taker_of(kind: str) -> Callable[[Any], Any]:
    """From what stands in the file to what this database takes."""
    ops = connection.ops
    take: Callable[[Any], Any]
    match kind:
        case "date":
            take = _then(date.fromisoformat, ops.adapt_datefield_value)
        case "moment":
            take = _then(datetime.fromisoformat, ops.adapt_datetimefield_value)
        case "time":
            take = _then(time.fromisoformat, ops.adapt_timefield_value)
        case "decimal":
            take = str if connection.vendor == "sqlite" else Decimal
        case "uuid":
            take = UUID if connection.features.has_native_uuid_field else _hexadecimal
        case "binary":
            take = base64.b64decode
        case "plain" | "json" | "boolean":
            take = _as_it_is
        case _:
            raise ValueError(f"no kind of column is called {kind}")
    return lambda value: None if value is None else take(value)


def _then(first: Callable[[Any], Any], second: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: second(first(value))


def _hexadecimal(value: str) -> str:
    return UUID(value).hex


def _as_it_is(value: Any) -> Any:
    return value
