"""The one question to the index: which rows have a term of each group, on either database."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, Q
from django.db.models.sql.compiler import SQLCompiler

from courses.search.models import SearchEntry

TABLE = SearchEntry._meta.db_table
# As its migration has indexed it: PostgreSQL takes an index for an expression that is the same.
VECTOR = (
    f"array_to_tsvector(string_to_array(nullif({TABLE}.heading_terms, ''), ' ')"
    f" || string_to_array(nullif({TABLE}.text_terms, ''), ' '))"
)
SQLITE = f"{TABLE}.id IN (SELECT rowid FROM {TABLE}_fts WHERE {TABLE}_fts MATCH %s)"  # nosec B608
POSTGRESQL = f"{VECTOR} @@ %s::tsquery"

Groups = Iterable[Collection[str]]


class HasTerms(Expression):
    """True for a row that has a term of each group, or (`every=False`) of any.

    Terms are a to ö and digits (words.term_of), so that none of them can say anything else to a
    database than itself; no parser of theirs sees a text.
    """

    conditional = True

    def __init__(self, groups: Groups, *, every: bool = True) -> None:
        super().__init__(output_field=BooleanField())
        self._groups = [sorted(group) for group in groups]
        self._every = every

    def _said(self, quote: str, any_of: str, all_of: str) -> str:
        either = [any_of.join(f"{quote}{one}{quote}" for one in group) for group in self._groups]
        return (all_of if self._every else any_of).join(f"({one})" for one in either)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[str]]:
        """FTS5's words."""
        return SQLITE, [self._said('"', " OR ", " AND ")]

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[str]]:
        """tsquery's words."""
        return POSTGRESQL, [self._said("'", "|", "&")]


def having(groups: dict[str, list[set[str]]], *, every: bool) -> Q:
    """Rows of any of these languages that have what is asked for in it."""
    found = Q(pk__in=())
    for language, sought in groups.items():
        if sought and (not every or all(sought)):
            told = [group for group in sought if group]
            if told:
                found |= Q(HasTerms(told, every=every), language=language)
    return found
