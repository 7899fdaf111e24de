"""The one write of an import: what was compared becomes facts, while everybody else waits.

All that can be done before is done before: people who are new are there, and the facts lie ready
in the staging table as the database takes them. So others wait a fraction of a second.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from foundation.bulk import insert_rows
from foundation.facts import FactBatch, close_batch
from tracking.imports.kinds.base import AT_ONCE, Kind
from tracking.imports.staging import Staging

# Whose facts changed is told one by one up to here; beyond, whoever follows looks at everything.
FEW_PEOPLE = 2_000
LAID_OUT_AT_ONCE = 5_000


def make_ready(kind: Kind, table: Staging) -> None:
    """Lay the facts to be brought out as the rows of their table, those not yet laid out."""
    fields = _fields(kind)
    columns = ", ".join(f"c{at}" for at in range(len(fields)))
    with table.part():
        table.db.execute(f"CREATE TABLE IF NOT EXISTS ready (id INTEGER PRIMARY KEY, {columns})")
        table.db.execute("DELETE FROM ready WHERE id NOT IN (SELECT id FROM change)")
        places = ", ".join("?" * (len(fields) + 1))
        table.db.executemany(f"INSERT INTO ready VALUES ({places})", _rows(kind, table))  # nosec B608


def _fields(kind: Kind) -> list[str]:
    return [*kind.model.key_fields, *kind.model.value_fields, *kind.beside]


def _defaults(kind: Kind) -> dict[str, Any]:
    """What every fact that is brought has in the fields no file speaks of."""
    given = {"batch_in_id", *_fields(kind)}
    others = [
        field
        for field in kind.model._meta.concrete_fields
        if field.attname not in given and not (field.primary_key or field.null)
    ]
    defaults = {field.attname: field.get_default() for field in others}
    return {
        name: json.dumps(value) if isinstance(value, dict) else value
        for name, value in defaults.items()
    }


def _rows(kind: Kind, table: Staging) -> Iterator[list[Any]]:
    names = _fields(kind)[len(kind.model.key_fields) :]
    sql = (
        "SELECT change.id, change.key, becomes, pk FROM change"
        " LEFT JOIN person ON person.key = of"
        " WHERE change.id > ? AND becomes IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM ready WHERE ready.id = change.id)"
        " ORDER BY change.id LIMIT ?"
    )
    last = 0
    while some := table.db.execute(sql, [last, LAID_OUT_AT_ONCE]).fetchall():
        last = some[-1][0]
        for number, key, becomes, person in some:
            parts, values = json.loads(key), json.loads(becomes)
            if kind.is_of_people:
                parts[0] = person
            yield [number, *parts, *(values[name] for name in names)]


def write_facts(kind: Kind, table: Staging, batch: FactBatch) -> None:
    """Take away and bring, with everything that follows from it."""
    gone = [pk for (pk,) in table.db.execute("SELECT old FROM change WHERE old IS NOT NULL")]
    for at in range(0, len(gone), AT_ONCE):
        kind.model.objects.filter(pk__in=gone[at : at + AT_ONCE]).update(batch_out=batch)
    columns = ", ".join(f"c{at}" for at in range(len(_fields(kind))))
    ready = table.db.execute(f"SELECT {columns}, ? FROM ready ORDER BY id", [batch.pk])  # nosec B608
    others = _defaults(kind)
    names = [*_fields(kind), "batch_in_id", *others]
    insert_rows(kind.model, names, ((*row, *others.values()) for row in ready))
    kind.write_effects(table, batch)
    changed = people_of(table, "SELECT of FROM change")
    close_batch(
        batch,
        brought=table.number("SELECT count(*) FROM change WHERE becomes IS NOT NULL"),
        taken_away=len(gone),
        people=changed if kind.is_of_people and len(changed) <= FEW_PEOPLE else None,
    )


def people_of(table: Staging, whose: str) -> list[int]:
    """Primary keys of those whom a question to the table names."""
    sql = f"SELECT pk FROM person WHERE key IN ({whose}) ORDER BY pk"  # nosec B608
    return [pk for (pk,) in table.db.execute(sql)]


def moment_before(moment: datetime | None) -> datetime | None:
    """The last batch's moment, if one later than `moment` has been recorded."""
    last = FactBatch.objects.order_by("-id").first()
    return last.recorded_at if moment and last and moment < last.recorded_at else None
