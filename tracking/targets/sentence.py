"""The parts of a sentence an audience is made of, and the text they make: there and back again.

A clause of `omfattar` reads as a sentence when it asks each thing once: which roles, in which
units, within which business areas, and which of these not. What asks otherwise is kept as text.
Whatever the grammar allows, `text_of(parts_of(text))` asks for the same people as `text`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tracking.targets.expressions import (
    WrittenClause,
    WrittenCondition,
    compared,
    read_audience,
    write_clause,
)

MANAGER = "chef"
# The keys a sentence names values of, in the order it says them.
NAMED = ("befattning", "enhetstyp", "enhet", "verksamhetsomrade")
OTHERWISE = {"ja": "nej", "nej": "ja"}

Values = Mapping[str, tuple[str, ...]]  # by key of NAMED; never an empty tuple


@dataclass(frozen=True, slots=True)
class Group:
    """People of a clause that reads as a sentence. Without any part: everyone employed."""

    any_of: Values = field(default_factory=dict)
    none_of: Values = field(default_factory=dict)
    manager: str = ""  # "ja", "nej", or "" for both

    @property
    def is_everyone(self) -> bool:
        """Whether it asks for nothing."""
        return not (self.any_of or self.none_of or self.manager)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A clause that is shown and changed as text."""

    text: str


Part = Group | Verbatim


def parts_of(text: str) -> tuple[Part, ...]:
    """The parts of an audience, a clause each; without any: everyone. Raises ExpressionError."""
    return tuple(_part(clause) for clause in read_audience(text))


def text_of(parts: Iterable[Part]) -> str:
    """The text of `omfattar`; where a group asks for nothing, it is for everyone."""
    parts = list(parts)
    if any(isinstance(part, Group) and part.is_everyone for part in parts):
        return ""
    return " | ".join(clause_of(part) for part in parts)


def clause_of(part: Part) -> str:
    """The text of one clause; empty for a group that asks for nothing."""
    return part.text if isinstance(part, Verbatim) else write_clause(_conditions(part))


def _conditions(group: Group) -> list[WrittenCondition]:
    found = []
    for key in NAMED:
        for negated, values in ((False, group.any_of), (True, group.none_of)):
            if values.get(key):
                found.append(WrittenCondition(key, negated, tuple(values[key])))
    if group.manager:
        found.append(WrittenCondition(MANAGER, False, (group.manager,)))
    return found


def _part(clause: WrittenClause) -> Part:
    return _group(clause) or Verbatim(write_clause(clause))


def _group(clause: WrittenClause) -> Group | None:
    any_of: dict[str, tuple[str, ...]] = {}
    none_of: dict[str, tuple[str, ...]] = {}
    manager = ""
    for key, negated, values in clause:
        if key == MANAGER:
            if manager or len(values) != 1:
                return None
            manager = OTHERWISE[values[0]] if negated else values[0]
        elif negated:
            # None of these, and none of those either.
            none_of[key] = once(key, (*none_of.get(key, ()), *values))
        elif key in any_of:
            return None
        else:
            any_of[key] = once(key, values)
    return Group(any_of, none_of, manager)


def once(key: str, values: Iterable[str]) -> tuple[str, ...]:
    """Each value the first time it is named, in order."""
    first: dict[str, str] = {}
    for value in values:
        first.setdefault(compared(key, value), value)
    return tuple(first.values())
