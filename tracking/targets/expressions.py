"""Reads the two small languages of a target: `omfattar` (who) and `kurser` (what).

The text is the truth (STATUS.md 4 and 5); parsing gives an immutable value that the status rule
asks. An error names the character where the reader stumbled.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

KEYS = ("enhet", "enhetstyp", "befattning", "verksamhetsomrade", "chef")
FOLDED_KEYS = {"befattning", "verksamhetsomrade"}
# Texts whose reading a process remembers: every page that shows a status reads all targets.
KEPT = 1000


class ExpressionError(ValueError):
    """The text does not parse; `position` is the 1-based character it stumbled at."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(
            _("character %(position)d: %(message)s")
            % {
                "position": position,
                "message": message,
            }
        )
        self.position = position


def normal(text: str) -> str:
    """Text as it is compared: Unicode NFC, trimmed."""
    return unicodedata.normalize("NFC", text).strip()


def folded(text: str) -> str:
    """Text compared without regard to case. Folding may undo NFC, so that comes last too."""
    return unicodedata.normalize("NFC", normal(text).casefold())


def compared(key: str, value: str) -> str:
    """A value as a condition of this key compares it."""
    return folded(value) if key in FOLDED_KEYS else normal(value)


class Placed(NamedTuple):
    """What a condition can ask of one employment on one day."""

    units: frozenset[str]  # the unit it counts in and all above
    kinds: frozenset[str]  # their types
    position: str  # folded
    business_area: str  # folded
    is_manager: bool


class WrittenCondition(NamedTuple):
    """A condition as it stands in the text: its values in order, spelt as they are there."""

    key: str
    negated: bool
    values: tuple[str, ...]


WrittenClause = tuple[WrittenCondition, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """`key=value,value` or `key!=value,value`: any of, or none of."""

    key: str
    negated: bool
    values: frozenset[str]

    def holds(self, placed: Placed) -> bool:
        """Whether the employment meets the condition. An empty value is equal to nothing."""
        match self.key:
            case "enhet":
                hit = not self.values.isdisjoint(placed.units)
            case "enhetstyp":
                hit = not self.values.isdisjoint(placed.kinds)
            case "befattning":
                hit = bool(placed.position) and placed.position in self.values
            case "verksamhetsomrade":
                hit = bool(placed.business_area) and placed.business_area in self.values
            case _:
                hit = ("ja" if placed.is_manager else "nej") in self.values
        return hit is not self.negated


@dataclass(frozen=True, slots=True)
class Audience:
    """Clauses joined by "or"; each a tuple of conditions joined by "and"."""

    clauses: tuple[tuple[Condition, ...], ...]

    def includes(self, placed: Placed) -> bool:
        """Whether some clause holds for this one employment; no clauses: everyone."""
        if not self.clauses:
            return True
        return any(all(c.holds(placed) for c in clause) for clause in self.clauses)

    def named(self, key: str) -> frozenset[str]:
        """Every value that a condition of this key names."""
        return frozenset(
            value
            for clause in self.clauses
            for condition in clause
            if condition.key == key
            for value in condition.values
        )


class _Reader:
    """Reads `omfattar` one character at a time, quotes included."""

    SEPARATORS = ",;|"

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def fail(self, message: str, at: int | None = None) -> ExpressionError:
        return ExpressionError(message, (self.at if at is None else at) + 1)

    def skip_space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def clauses(self) -> tuple[WrittenClause, ...]:
        self.skip_space()
        if not self.peek():
            return ()
        found = [self.clause()]
        while self.peek() == "|":
            self.at += 1
            found.append(self.clause())
        return tuple(found)

    def clause(self) -> WrittenClause:
        found = [self.condition()]
        while self.peek() == ";":
            self.at += 1
            found.append(self.condition())
        return tuple(found)

    def condition(self) -> WrittenCondition:
        self.skip_space()
        begin = self.at
        while self.peek() and self.peek() not in "=!" + self.SEPARATORS + '"':
            self.at += 1
        key = normal(self.text[begin : self.at])
        if not key:
            raise self.fail(_("a condition key=value was expected"))
        if key not in KEYS:
            raise self.fail(
                _("unknown key “%(key)s”, expected one of %(keys)s")
                % {"key": key, "keys": ", ".join(KEYS)},
                begin,
            )
        negated = self.peek() == "!"
        if negated:
            self.at += 1
        if self.peek() != "=":
            raise self.fail(_("= or != was expected after “%(key)s”") % {"key": key})
        self.at += 1
        values = [self.value(key)]
        while self.peek() == ",":
            self.at += 1
            values.append(self.value(key))
        return WrittenCondition(key, negated, tuple(values))

    def value(self, key: str) -> str:
        self.skip_space()
        begin = self.at
        text = self.quoted() if self.peek() == '"' else self.bare()
        text = normal(text)
        if not text:
            raise self.fail(_("a value was expected"), begin)
        if key == "chef" and text not in ("ja", "nej"):
            raise self.fail(_("“ja” or “nej” was expected"), begin)
        return text

    def bare(self) -> str:
        """A value without quotation marks of its own; one "=" too many is a slip of the hand."""
        begin = self.at
        if self.peek() == "=":
            raise self.fail(_("unexpected %(character)s") % {"character": "="})
        while self.peek() and self.peek() not in self.SEPARATORS:
            self.at += 1
        return self.text[begin : self.at]

    def quoted(self) -> str:
        begin = self.at
        parts: list[str] = []
        self.at += 1
        while True:
            end = self.text.find('"', self.at)
            if end < 0:
                raise self.fail(_("the quotation mark is never closed"), begin)
            parts.append(self.text[self.at : end])
            self.at = end + 1
            if self.peek() != '"':
                break
            parts.append('"')
            self.at += 1
        self.skip_space()
        if self.peek() and self.peek() not in self.SEPARATORS:
            raise self.fail(_("unexpected %(character)s") % {"character": self.peek()})
        return "".join(parts)


@lru_cache(maxsize=KEPT)
def read_audience(text: str) -> tuple[WrittenClause, ...]:
    """The clauses of `omfattar` as they are written; raises ExpressionError."""
    return _Reader(text).clauses()


@lru_cache(maxsize=KEPT)
def parse_audience(text: str) -> Audience:
    """The audience of `omfattar`; raises ExpressionError. Empty text: everyone."""
    return Audience(
        tuple(
            tuple(
                Condition(key, negated, frozenset(compared(key, value) for value in values))
                for key, negated, values in clause
            )
            for clause in read_audience(text)
        )
    )


@lru_cache(maxsize=KEPT)
def parse_courses(text: str) -> tuple[tuple[str, ...], ...]:
    """The alternatives of `kurser`, each the codes that are all needed.

    Raises ExpressionError, also for an empty text.
    """
    alternatives: list[tuple[str, ...]] = []
    position = 0
    for alternative in text.split("|"):
        codes: list[str] = []
        for part in alternative.split("+"):
            code = normal(part)
            if not code:
                raise ExpressionError(_("a course code was expected"), position + 1)
            if code not in codes:
                codes.append(code)
            position += len(part) + 1
        alternatives.append(tuple(codes))
    return tuple(alternatives)


def write_clause(conditions: Iterable[WrittenCondition]) -> str:
    """The text that reads back as these conditions."""
    return ";".join(
        f"{key}{'!=' if negated else '='}{','.join(map(_written, values))}"
        for key, negated, values in conditions
    )


def write_courses(alternatives: Iterable[Iterable[str]]) -> str:
    """The text of `kurser` that reads back as these alternatives."""
    return "|".join("+".join(codes) for codes in alternatives)


def _written(value: str) -> str:
    """A value in quotation marks where it would otherwise be read as something else."""
    if value.startswith("=") or not {'"', *_Reader.SEPARATORS}.isdisjoint(value):
        return '"' + value.replace('"', '""') + '"'
    return value
