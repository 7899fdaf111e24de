"""Reads `omfattar` (STATUS.md 4) one character at a time, for the second reading only."""

from dataclasses import dataclass

KEYS = {"enhet", "enhetstyp", "befattning", "verksamhetsomrade", "chef"}


@dataclass(frozen=True)
class Condition:
    """`key=value,value` (any of) or, negated, `key!=value,value` (none of)."""

    key: str
    negated: bool
    values: tuple[str, ...]


Clause = tuple[Condition, ...]


def _pieces(text: str, separator: str) -> list[str]:
    """Cut at a separator that does not stand inside double quotes."""
    pieces, quoted = [""], False
    for character in text:
        if character == '"':
            quoted = not quoted
        if character == separator and not quoted:
            pieces.append("")
        else:
            pieces[-1] += character
    if quoted:
        raise ValueError(text)
    return pieces


def _condition(text: str) -> Condition:
    key, _, values = text.partition("=")
    negated = key.endswith("!")
    key = key.removesuffix("!").strip()
    if key not in KEYS:
        raise ValueError(text)
    read = tuple(value.strip().strip('"').strip() for value in _pieces(values, ","))
    if not all(read):
        raise ValueError(text)
    return Condition(key, negated, read)


def parse_audience(text: str) -> list[Clause]:
    """The clauses, any of which is enough; an empty text gives none (everyone)."""
    if not text.strip():
        return []
    return [
        tuple(_condition(part) for part in _pieces(clause, ";")) for clause in _pieces(text, "|")
    ]
