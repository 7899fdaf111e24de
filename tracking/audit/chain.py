"""What an entry's hash covers. Pure: the same bytes for ever, whatever database kept them.

An entry's hash covers the hash before it, so nothing in the middle can be changed, left out or
put in unseen. People stand in it by the number of their row, never by name or HR's key: when a
person is pseudonymised the row keeps its number, and every hash still holds.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

BEFORE_THE_FIRST = "0" * 64

Detail = Mapping[str, str | int]


def people_hash(people: Iterable[int]) -> str:
    """Of a set of people, by the numbers of their rows."""
    return _sha256(",".join(map(str, sorted(set(people)))))


def content_hash(
    *, event: str, actor: int | None, account: str, unit: str, detail: Detail, people: str
) -> str:
    """Of what an entry says; `people` is their `people_hash`."""
    said = {
        "event": event,
        "actor": actor,
        "account": account,
        "unit": unit,
        "detail": dict(detail),
        "people": people,
    }
    return _sha256(json.dumps(said, sort_keys=True, separators=(",", ":")))


def entry_hash(*, previous: str, sequence: int, moment: datetime, content: str) -> str:
    """Of an entry in its place; `content` is its `content_hash`."""
    when = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return _sha256("\n".join((previous, str(sequence), when, content)))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
