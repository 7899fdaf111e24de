"""`genomforanden.csv`: who completed which course when, and how we know."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from foundation.bulk import insert_rows
from foundation.cells import Column, code, day, email, one_of, person_key, text
from foundation.facts import FactBatch
from tracking.imports.kinds.base import (
    AT_ONCE,
    Key,
    Kind,
    Options,
    Part,
    Plan,
    Row,
    unknown_people,
)
from tracking.imports.kinds.starts import unknown_courses
from tracking.imports.problems import Problem
from tracking.imports.staging import Staging
from tracking.ledger.models import Completion, CompletionSource, Course, PendingCompletion
from tracking.organisation.models import Employment, Person
from tracking.targets.expressions import folded

# Effects: a row that matches nobody; one that is new to wait; one that waited and no longer does.
UNMATCHED, WAITS, FOUND = "unmatched", "waits", "found"


class CompletionsFile(Kind):
    """Completions. A provider's file may name people by e-mail address.

    A row whose address matches nobody, or several, waits until somebody says who it is; no fact
    comes of it before.
    """

    name = "completions"
    model = Completion
    columns = (
        Column("person_id", person_key),
        Column("epost", email),
        Column("kurs", code, required=True),
        Column("datum", day, required=True),
        Column("kalla", one_of(CompletionSource.values), empty=CompletionSource.IMPORT.value),
        Column("resultat", text(200)),
    )
    key_columns = ("person_id", "kurs", "datum", "kalla")
    rests_on = (Employment, Course)
    either = ("person_id", "epost")
    need_a_batch = (WAITS, FOUND)

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._waiting: list[Row] = []
        self._by_email: Mapping[str, Collection[str]] = {}

    def key(self, values: Mapping[str, Any]) -> Key:
        """Named by address, the person is looked up; unmatched, the address stands in the key."""
        person = values["person_id"] or self._match(values["epost"]) or f"@{values['epost']}"
        return (person, *(values[column] for column in self.key_columns[1:]))

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"result": values["resultat"]}

    def row_problems(self, row: Row) -> list[Problem]:
        found = super().row_problems(row)
        if not row.values["person_id"] and not row.values["epost"]:
            found.append(
                row.problem("person_id", "", _("expected %(what)s") % {"what": _("a value")})
            )
        if row.values["datum"] > self.options.today + timedelta(days=1):
            expected = _("a day no later than tomorrow")
            found.append(row.problem("datum", row.values["datum"], expected))
        return found

    def look_up(self, some: Sequence[Mapping[str, str]]) -> None:
        """Whom the addresses of these rows belong to, and of nobody else's."""
        self._by_email = employed_at({row.get("epost", "") for row in some})

    def _match(self, address: str) -> str | None:
        found = self._by_email.get(folded(address), frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def prepare(self, rows: list[Row], part: Part) -> list[Row]:
        self._waiting = [row for row in rows if _waits(row)]
        return [row for row in rows if not _waits(row)]

    def leave_out(self, places: set[tuple[str, int | None]]) -> bool:
        kept = [row for row in self._waiting if (row.file, row.line) not in places]
        gone = len(kept) < len(self._waiting)
        self._waiting = kept
        return gone

    def problems_after(self, plan: Plan, part: Part) -> list[Problem]:
        waiting = Plan({}, bring={row.key: row for row in self._waiting if not row.withdrawn})
        return [*unknown_people(plan), *unknown_courses(plan), *unknown_courses(waiting)]

    def follow(self, plan: Plan, rows: Sequence[Row], part: Part) -> None:
        """Note the rows that wait from now on, and those that need not wait any more."""
        rows = [*rows, *self._waiting]
        before = _waiting_of({row.values["epost"] for row in rows if row.values["epost"]})
        for row in self._waiting:
            part.note(row.of, UNMATCHED)
        for row in rows:
            waits, key = _waits(row), _pending(row)
            if waits and not row.withdrawn:
                if key not in before:
                    part.note(row.of, WAITS, [*key, row.values["resultat"]])
            else:
                for pk in before.get(key, ()):
                    part.note(row.of, FOUND, pk)

    def warnings(self, table: Staging) -> list[str]:
        unmatched = table.number("SELECT count(*) FROM effect WHERE name = ?", UNMATCHED)
        text = _("%(count)d rows match nobody, or several, by e-mail address: they wait")
        return [text % {"count": unmatched}] * bool(unmatched)

    def write_effects(self, table: Staging, batch: FactBatch | None) -> None:
        if batch is None:
            return
        gone = sorted(set(table.effects(FOUND)))
        for at in range(0, len(gone), AT_ONCE):
            waiting = PendingCompletion.objects.filter(pk__in=gone[at : at + AT_ONCE])
            waiting.update(matched_in=batch)
        fields = ["email", "course_code", "on", "source", "result", "batch_in_id"]
        new = ([*values, batch.pk] for values in table.effects(WAITS))
        insert_rows(PendingCompletion, fields, new)


def employed_at(addresses: Collection[str]) -> dict[str, set[str]]:
    """Keys of the people with an employment who have these addresses, by the folded address.

    The database folds ASCII alone: those with other letters are looked at one by one.
    """
    wanted = {folded(address) for address in addresses if address}
    asked = sorted(wanted)
    employed = Employment.objects.known_now().filter(person=OuterRef("pk"))
    people = Person.objects.annotate(address=Lower("email")).filter(Exists(employed))
    found: dict[str, set[str]] = defaultdict(set)
    for at in range(0, len(asked), AT_ONCE):
        some = people.filter(address__in=asked[at : at + AT_ONCE])
        for key, known in some.values_list("person_id", "email"):
            found[folded(known)].add(key)
    if asked:
        others = Person.objects.filter(Exists(employed), email__regex=r"[^ -~]")
        for key, known in others.values_list("person_id", "email"):
            if folded(known) in wanted:
                found[folded(known)].add(key)
    return found


def _waits(row: Row) -> bool:
    return row.of.startswith("@")


def _pending(row: Row) -> Key:
    """What names a row that waits."""
    _person, course, on, source = row.key
    return row.values["epost"], course, on, source


def _waiting_of(addresses: set[str]) -> dict[Key, list[int]]:
    """The rows of these addresses that wait already."""
    found: dict[Key, list[int]] = defaultdict(list)
    asked = sorted(addresses)
    for at in range(0, len(asked), AT_ONCE):
        waiting = PendingCompletion.objects.filter(
            matched_in=None, email__in=asked[at : at + AT_ONCE]
        )
        for pk, *key in waiting.values_list("pk", "email", "course_code", "on", "source"):
            found[tuple(key)].append(pk)
    return found
