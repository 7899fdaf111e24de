"""Queries that are put into SQL once a process and only sent after that.

To put a queryset into SQL costs Django more than the database needs to answer it. That is paid
here once for each shape of a query; what is asked with differs, and is given to `rows`.
"""

from collections.abc import Callable, Container, Hashable, Iterable
from copy import copy
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet, UUIDField

# Stand in for what is asked with while the statement is made. They fit every column of their kind,
# and nobody means them.
FIRST = 1_918_273_640

Given = int | str | UUID
Row = TypeVar("Row", bound=Model)
_UUIDS: "UUIDField[UUID, UUID]" = UUIDField()


class _Statement:
    """A queryset of one shape, as SQL of the database in use."""

    def __init__(
        self, queryset: "QuerySet[Any, Any]", standing_in: list[Any], unread: Container[str]
    ) -> None:
        compiler = queryset.query.get_compiler(using="default")
        self._sql, parameters = compiler.as_sql()
        self._compiler = compiler
        found = compiler.get_converters(one[0] for one in compiler.select)
        names = list(queryset.query.selected or ())
        self._converters = {
            place: one for place, one in found.items() if names[place] not in unread
        }
        # For each parameter, which of the values given it is; what is no such value stays.
        places = {value: place for place, value in enumerate(standing_in)}
        self._parameters = [(places.get(one), one) for one in parameters]
        if places.keys() - parameters:
            raise ValueError("The query does not use everything it is given, as it is given.")

    def rows(self, given: list[Any]) -> list[tuple[Any, ...]]:
        parameters = [fixed if place is None else given[place] for place, fixed in self._parameters]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, parameters)
            found: Iterable[Any] = cursor.fetchall()
        if self._converters:
            found = self._compiler.apply_converters(found, self._converters)
        return [tuple(row) for row in found]


class Prepared:
    """A query by its shape: `build` makes the queryset (of values_list) for what is asked with.

    It is called with as many numbers, texts and UUIDs as `rows` is given, and must use each as it
    is, in exact or in-lookups. What it reads besides (the day, say) would stay as it was then.
    """

    def __init__(
        self, build: Callable[..., "QuerySet[Any, Any]"], unread: Container[str] = ()
    ) -> None:
        """`unread`: names of columns that are given as the database keeps them: JSON as text."""
        self._build = build
        self._unread = unread
        self._statements: dict[Hashable, _Statement] = {}

    def rows(self, *given: Given) -> list[tuple[Any, ...]]:
        """The rows, as values_list gives them. One query."""
        shape = (connection.vendor, *map(type, given))
        if shape not in self._statements:
            standing_in = [_stand_in(place, type(one)) for place, one in enumerate(given)]
            self._statements[shape] = _Statement(
                self._build(*standing_in), _sent(standing_in), self._unread
            )
        return self._statements[shape].rows(_sent(given))


class PreparedObjects(Generic[Row]):
    """A model's objects by primary key, as `in_bulk` gives them, at a prepared query's price."""

    def __init__(self, model: type[Row]) -> None:
        self._model = model
        self._by_key = Prepared(
            lambda *keys: (
                model._base_manager.filter(pk__in=keys).order_by().values_list(*self._names)
            )
        )

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self._model._meta.concrete_fields]

    def in_bulk(self, keys: Iterable[Given]) -> dict[Any, Row]:
        """Those there are of these, by key. One query, or none for none."""
        wanted = list(dict.fromkeys(keys))
        rows = self._by_key.rows(*wanted) if wanted else []
        found = [self._model.from_db("default", self._names, row) for row in rows]
        return {one.pk: one for one in found}

    def in_order(self, keys: Iterable[Any]) -> list[Row | None]:
        """An object for each key, None where there is none: what a chooser block is asked for.

        Never the same one twice: what one place does with it is not seen at the other.
        """
        wanted = list(keys)
        found = self.in_bulk(key for key in wanted if key is not None)
        return [copy(found.get(key)) for key in wanted]


def _stand_in(place: int, kind: type) -> Given:
    number = FIRST + place
    if kind is UUID:
        return UUID(int=number)
    return number if kind is int else f"stands in {number}"


def _sent(given: Iterable[Given]) -> list[Any]:
    """As the database is told."""
    return [
        _UUIDS.get_db_prep_value(one, connection) if isinstance(one, UUID) else one for one in given
    ]
