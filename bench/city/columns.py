"""Columns on their way into a database: values by position, so that nothing is made twice."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from bench.city.calendar import Days

NULL = r"\N"  # as COPY reads it


class Column(Protocol):
    """Values of a table's column, as Python has them or as PostgreSQL's COPY reads them."""

    def values(self) -> list[Any]:
        """For parameters of a statement."""

    def texts(self) -> list[str]:
        """For COPY, which takes text."""


class Book:
    """Distinct values that columns name by position."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = np.empty(len(values), dtype=object)
        self.values[:] = values

    @cached_property
    def texts(self) -> "np.ndarray[Any, np.dtype[np.object_]]":
        """The values as COPY reads them."""
        texts = np.empty(len(self.values), dtype=object)
        texts[:] = [copied(value) for value in self.values]
        return texts


class Named:
    """A column of positions in a book; -1 is the book's last value."""

    def __init__(self, book: Book, at: Days) -> None:
        self._book, self._at = book, at

    def values(self) -> list[Any]:
        """For parameters of a statement."""
        found: list[Any] = self._book.values[self._at].tolist()
        return found

    def texts(self) -> list[str]:
        """For COPY."""
        found: list[str] = self._book.texts[self._at].tolist()
        return found


class Numbers:
    """A column of whole numbers."""

    def __init__(self, numbers: Days) -> None:
        self._numbers = numbers

    def values(self) -> list[Any]:
        """For parameters of a statement."""
        found: list[Any] = self._numbers.tolist()
        return found

    def texts(self) -> list[str]:
        """For COPY."""
        return [str(number) for number in self._numbers.tolist()]


class Plain:
    """A column of texts that are all different, without tabs, line ends and backslashes."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts

    def values(self) -> list[Any]:
        """For parameters of a statement."""
        return self._texts

    def texts(self) -> list[str]:
        """For COPY."""
        return self._texts


class Same:
    """One value in every row."""

    def __init__(self, value: Any, rows: int) -> None:
        self._value, self._rows = value, rows

    def values(self) -> list[Any]:
        """For parameters of a statement."""
        return [self._value] * self._rows

    def texts(self) -> list[str]:
        """For COPY."""
        return [copied(self._value)] * self._rows


def copied(value: Any) -> str:
    """A value as COPY's text format has it."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    text = str(value)
    for letter, written in (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r")):
        text = text.replace(letter, written)
    return text
