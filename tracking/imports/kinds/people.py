"""What a staff file says of people that is no fact: names, addresses, protection, and who is new.

A person's current row has no history. People the file brings are written before the facts, so that
others wait for the facts alone; until those are there, nothing shows them (`Arriving`).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from foundation.bulk import update_rows
from tracking.imports.kinds.base import Part, Plan, Row
from tracking.imports.models import Arriving
from tracking.imports.staging import Staging, packed
from tracking.organisation.actions import name_accounts
from tracking.organisation.models import Person

# Effects: a person's row changes; what an employment last said of protection; protection ends.
DETAILS, SAID, UNCOVERED = "details", "said", "uncovered"
FIELDS = ("first_name", "last_name", "email", "protected")
AT_ONCE = 2_000
UNKNOWN = ("", "", "", False)


def follow_people(plan: Plan, rows: Sequence[Row], part: Part) -> None:
    """Note how people's current rows change: the row that begins latest says the name.

    Protection: `ja` when any current source says so. A source is any employment that is known,
    ended or not: age alone must never uncover somebody. What each last said is kept beside it.
    """
    said: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not row.withdrawn:
            said[row.of].append(row)
    sources = _sources(plan, rows, part)
    before = _current_rows(part.people)
    for person, theirs in said.items():
        latest = max(theirs, key=lambda row: row.key[-1]).values
        protected = person in sources
        now = (latest["fornamn"], latest["efternamn"], latest["epost"], protected)
        was = before.get(person, UNKNOWN)
        if was[-1] and not protected:
            part.note(person, UNCOVERED)
        if now != was:
            part.note(person, DETAILS, [part.people.get(person), *now])


def _sources(plan: Plan, rows: Sequence[Row], part: Part) -> set[str]:
    """Who is protected by an employment known after the plan; notes what each says from now on."""
    says = {key: bool(known.also["says_protected"]) for key, known in plan.known.items()}
    before = dict(says)
    for row in rows:
        if not row.withdrawn and row.values["skyddad"] is not None:
            says[row.key] = row.values["skyddad"]
    for key in plan.bring:
        part.also[key] = {"says_protected": says.get(key, False)}
    for key, known in plan.known.items():
        stays = key not in plan.take_away and key not in plan.bring
        if stays and says[key] != before[key]:
            part.note(key[0], SAID, [known.pk, says[key]])
    return {key[0] for key, _fields, _row in plan.after() if says.get(key)}


def _current_rows(people: dict[str, int]) -> dict[str, tuple[Any, ...]]:
    """What is known of them now."""
    keys = sorted(people.values())
    found: dict[str, tuple[Any, ...]] = {}
    for at in range(0, len(keys), AT_ONCE):
        some = Person.objects.filter(pk__in=keys[at : at + AT_ONCE])
        for person, *values in some.values_list("person_id", *FIELDS):
            found[person] = tuple(values)
    return found


def bring_people(table: Staging, *, now: datetime) -> None:
    """Write the people that no row of ours is of, some at a time, before their facts."""
    sql = (
        "SELECT DISTINCT of FROM change WHERE of > ? AND becomes IS NOT NULL"
        " AND of NOT IN (SELECT key FROM person) ORDER BY of LIMIT ?"
    )
    last = ""
    while new := table.db.execute(sql, [last, AT_ONCE]).fetchall():
        keys = [key for (key,) in new]
        last = keys[-1]
        said = dict.fromkeys(keys, UNKNOWN) | _said_of(table, keys)
        with transaction.atomic():
            # Two imports may bring the same person at once; what each says of them is judged anew.
            Person.objects.bulk_create(
                (
                    Person(person_id=key, **dict(zip(FIELDS, said[key], strict=True)))
                    for key in keys
                ),
                ignore_conflicts=True,
            )
            found = list(Person.objects.filter(person_id__in=keys).values_list("person_id", "pk"))
            Arriving.objects.bulk_create(
                (Arriving(person_id=pk, since=now) for _key, pk in found), ignore_conflicts=True
            )
        with table.part():
            table.db.executemany("INSERT INTO person VALUES (?, ?)", found)
            table.db.executemany(
                "INSERT OR IGNORE INTO arrived VALUES (?)", ([pk] for _k, pk in found)
            )


def _said_of(table: Staging, keys: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    return {
        of: tuple(json.loads(data)[1:])
        for of, data in table.db.execute(
            "SELECT of, data FROM effect WHERE name = ? AND of IN (SELECT value FROM json_each(?))",
            [DETAILS, packed(list(keys))],
        )
    }


def write_people(details: Iterable[list[Any]]) -> None:
    """Bring current rows up to date, and what their accounts are called."""
    known = (each for each in details if each[0] is not None)  # the others came as they are to be
    while some := list(islice(known, AT_ONCE)):
        update_rows(Person, FIELDS, some)
        having = Person.objects.filter(pk__in=[each[0] for each in some], user__isnull=False)
        name_accounts(people=list(having))
