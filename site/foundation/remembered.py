"""What a process remembers of facts that change seldom, and how it knows that they have not.

The key is the last batch that touched them, as known: batches are never changed, so what was read
through one stays right for ever, and a new batch asks under a new key. What was read inside a
transaction is remembered once that has been committed; until then it may be rolled back, and its
number with it.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import partial
from threading import Lock
from typing import Any, NamedTuple

from django.db import connection, transaction

from foundation.facts import Fact

# Later than any batch.
LATER = 2**62


class Touched(NamedTuple):
    """The last batches that brought and took away facts of a kind, and its last row."""

    brought: int
    taken: int
    row: int

    @property
    def batch(self) -> int:
        """Known through this batch, the facts are what they are known through any later one."""
        return max(self.brought, self.taken)


class Remembered:
    """A few values by key, the least recently asked for leaving first; safe among threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Any, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Any) -> Any:
        """The value, or None."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def keep(self, key: Any, value: Any) -> None:
        """Remember a value, once what it was read from is committed."""
        transaction.on_commit(partial(self._store, key, value), robust=True)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()

    def _store(self, key: Any, value: Any) -> None:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._size:
                self._values.popitem(last=False)


def last_touched(kinds: Mapping[type[Fact], int | None]) -> list[Touched]:
    """What touched each kind last, as known through its batch (None: now). One query."""
    parts = [part for kind in kinds for part in _last_of(kind._meta.db_table)]
    batches = [LATER if batch is None else batch for batch in kinds.values() for _way in range(2)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", batches)
        row = cursor.fetchone()
    return [Touched(*row[at : at + 3]) for at in range(0, len(row), 3)]


def _last_of(table: str) -> Iterator[str]:
    """The last batch in, the last batch out and the last row, each the end of an index.

    As SQL: it is asked whenever a status is, and a queryset takes ten times as long to write it.
    """
    for column in ("batch_in_id", "batch_out_id"):
        yield f"COALESCE((SELECT MAX({column}) FROM {table} WHERE {column} <= %s), 0)"  # nosec B608
    yield f"COALESCE((SELECT MAX(id) FROM {table}), 0)"  # nosec B608
