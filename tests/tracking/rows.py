"""Files as rows of text, and what was known of them at a moment (STATUS.md 1-2)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

Row = dict[str, str]

KEYS: dict[str, tuple[str, ...]] = {
    "organisation": ("kod", "fran"),
    "staff": ("person_id", "enhet", "fran"),
    "absence": ("person_id", "fran"),
    "courses": ("kod",),
    "targets": ("kod",),
    "starts": ("person_id", "kurs"),
    "completions": ("person_id", "kurs", "datum", "kalla"),
    "exemptions": ("person_id", "mal", "fran"),
    "duties": ("person_id", "roll", "enhet", "fran"),
}


@dataclass(frozen=True)
class Batch:
    """One file as it was loaded: what it is about, its rows, its moment."""

    kind: str
    rows: tuple[Row, ...]
    recorded_at: datetime


@cache
def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def field(row: Row, name: str) -> str:
    """A column's text as STATUS.md 2 compares it: NFC, trimmed."""
    return _clean(row.get(name) or "")


def folded(text: str) -> str:
    """Text compared without regard to case."""
    return unicodedata.normalize("NFC", text.casefold())


@cache
def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def covers(row: Row, on: date) -> bool:
    """Whether `fran` to `till`, both included, has the day; an empty end is open."""
    first, last = day(field(row, "fran")), day(field(row, "till"))
    return (first is None or first <= on) and (last is None or on <= last)


def known(batches: Iterable[Batch], at: datetime | None) -> dict[str, dict[tuple[str, ...], Row]]:
    """What was known at a moment: the files up to it, laid over each other key by key."""
    facts: dict[str, dict[tuple[str, ...], Row]] = {kind: {} for kind in KEYS}
    for batch in batches:
        if at is not None and batch.recorded_at > at:
            break
        for row in batch.rows:
            key = tuple(field(row, name) for name in KEYS[batch.kind])
            if field(row, "aterkallad") == "ja":
                facts[batch.kind].pop(key, None)
        for row in batch.rows:
            key = tuple(field(row, name) for name in KEYS[batch.kind])
            if field(row, "aterkallad") != "ja":
                facts[batch.kind][key] = row
    return facts
