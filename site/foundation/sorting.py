"""Swedish order, one definition for Python and both databases: å, ä and ö last, w after v.

A text is folded to what it is sorted by: case and accents fall away (é is e, ü is y, æ is ä), but
å, ä and ö are letters of their own after z; a hyphen counts as a space; a number counts as a
number, so that "Enhet 2" comes before "Enhet 10". Texts that fold alike keep the order of their
code points, so that the order is always the same.
"""

import re
import unicodedata
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Expression, F, Func
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

# After everything in ASCII, before everything else; no text of ours may hold control characters.
_LAST = {"å": "\x80", "ä": "\x81", "æ": "\x81", "ö": "\x82", "ø": "\x82", "œ": "\x82"}
_ALIKE = {
    "a": "àáâãāăąǎ",
    "c": "çćĉċč",
    "d": "ďđð",
    "e": "èéêëēĕėęě",
    "g": "ĝğġģ",
    "h": "ĥħ",
    "i": "ìíîïĩīĭįı",
    "j": "ĵ",
    "k": "ķ",
    "l": "ĺļľł",
    "n": "ñńņňŋ",
    "o": "òóôõōŏő",
    "r": "ŕŗř",
    "s": "śŝşšșß",
    "t": "ţťțþ",
    "u": "ùúûũūŭůűų",
    "w": "ŵẁẃẅ",
    "y": "ýÿŷüỳ",
    "z": "źżž",
    " ": "-‐‑–\u00a0",
}
_ASCII = "abcdefghijklmnopqrstuvwxyz"
_SMALL = {letter: letter for letter in _ASCII} | _LAST
_SMALL |= {one: letter for letter, alike in _ALIKE.items() for one in alike}
# One character for one, both cases written out: PostgreSQL's lower() knows what its locale knows.
_FOLDED = _SMALL | {
    big: folded for small, folded in _SMALL.items() if len(big := small.upper()) == 1
}
_FROM, _TO = "".join(_FOLDED), "".join(_FOLDED.values())
_TABLE = str.maketrans(_FROM, _TO)
# A number is written with so many digits; more of them than that are not told apart.
_DIGITS = 18
_NUMBER = re.compile("([0-9]+)")
_WIDE = re.compile(f"[0-9]*([0-9]{{{_DIGITS}}})")


def letters(text: str) -> str:
    """`text` for searching: without case and accents; å, ä and ö are letters of their own."""
    return unicodedata.normalize("NFC", text).translate(_TABLE)


def folded(text: str) -> str:
    """What `text` is sorted by before its code points are."""
    return _WIDE.sub(r"\1", _NUMBER.sub("0" * (_DIGITS - 1) + r"\1", letters(text)))


def swedish(text: str) -> tuple[str, str]:
    """The sort key of `text`: `sorted(names, key=swedish)`."""
    return folded(text), text


class Folded(Func):
    """`folded` of a column, worked out by the database."""

    function = "kompetens_folded"
    arity = 1

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Any:
        """Spells out what SQLite gets as a function of ours."""
        template = (
            "regexp_replace(regexp_replace(translate(normalize((%(expressions)s)::text, NFC),"
            f" '{_FROM}', '{_TO}'), '([0-9]+)', '{'0' * (_DIGITS - 1)}\\1', 'g'),"
            f" '[0-9]*([0-9]{{{_DIGITS}}})', '\\1', 'g') COLLATE \"C\""
        )
        return self.as_sql(compiler, connection, template=template, **context)


class CodePoints(Func):
    """A text column by its code points, whatever the database's locale is."""

    template = "(%(expressions)s)"
    arity = 1

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Any:
        """SQLite compares so by itself."""
        template = '(%(expressions)s) COLLATE "C"'
        return self.as_sql(compiler, connection, template=template, **context)


def in_swedish_order(column: str | Combinable) -> tuple[Expression, Expression]:
    """For `order_by(*in_swedish_order("title"))`: the same order as `swedish` gives."""
    name = F(column) if isinstance(column, str) else column
    return Folded(name), CodePoints(name)


def _teach(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function(Folded.function, 1, _folded, deterministic=True)


def _folded(text: str | None) -> str | None:
    return None if text is None else folded(text)


connection_created.connect(_teach, dispatch_uid="swedish order")
