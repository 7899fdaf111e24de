"""`genomforanden.csv`: who completed which course when, and how we know."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.cells import Column, code, day, email, one_of, person_key, text
from foundation.facts import FactBatch
from tracking.imports.kinds.base import Key, Kind, Plan, Row, unknown_people
from tracking.imports.kinds.starts import unknown_courses
from tracking.imports.problems import Problem
from tracking.ledger.models import Completion, CompletionSource, Course, PendingCompletion
from tracking.organisation.models import Employment, Person
from tracking.targets.expressions import folded


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

    def __init__(self, options: Any) -> None:
        super().__init__(options)
        self._waiting: list[Row] = []
        self._by_email: dict[str, set[str]] | None = None

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

    def _match(self, address: str) -> str | None:
        if self._by_email is None:
            self._by_email = defaultdict(set)
            employed = Employment.objects.known_now().values("person")
            people = Person.objects.filter(~Q(email=""), pk__in=employed)
            for key, known in people.values_list("person_id", "email"):
                self._by_email[folded(known)].add(key)
        found = self._by_email.get(folded(address), set())
        return next(iter(found)) if len(found) == 1 else None

    def prepare(self, rows: list[Row]) -> list[Row]:
        self._waiting = [row for row in rows if _waits(row)]
        if self._waiting:
            self.warnings.append(
                _("%(count)d rows match nobody, or several, by e-mail address: they wait")
                % {"count": len(self._waiting)}
            )
        return [row for row in rows if not _waits(row)]

    def problems_after(self, plan: Plan) -> list[Problem]:
        waiting = Plan({}, bring={row.key: row for row in self._waiting if not row.withdrawn})
        return [*unknown_people(plan), *unknown_courses(plan), *unknown_courses(waiting)]

    def has_more(self, rows: Sequence[Row]) -> bool:
        return bool(self._new_waiting()) or self._no_longer_waiting(rows).exists()

    def finish(self, rows: Sequence[Row], batch: FactBatch | None) -> int:
        if batch is None:
            return 0
        self._no_longer_waiting(rows).update(matched_in=batch)
        new = self._new_waiting()
        PendingCompletion.objects.bulk_create(
            [PendingCompletion(**named, batch_in=batch) for named in new], batch_size=500
        )
        return len(new)

    def _new_waiting(self) -> list[dict[str, Any]]:
        known = set(
            PendingCompletion.objects.filter(matched_in=None).values_list(
                "email", "course_code", "on", "source"
            )
        )
        new = {}
        for row in self._waiting:
            named = _pending(row)
            key = tuple(named.values())
            if key not in known and not row.withdrawn:
                new[key] = {**named, "result": row.values["resultat"]}
        return list(new.values())

    def _no_longer_waiting(self, rows: Sequence[Row]) -> Any:
        """Rows that waited, and now have found their person or are withdrawn."""
        pairs = {
            tuple(_pending(row).values())
            for row in (*rows, *self._waiting)
            if row.values.get("epost") and (row.withdrawn or not _waits(row))
        }
        waiting = PendingCompletion.objects.filter(matched_in=None)
        if not pairs:
            return waiting.none()
        known = waiting.values_list("pk", "email", "course_code", "on", "source")
        return waiting.filter(pk__in=[pk for pk, *key in known if tuple(key) in pairs])


def _waits(row: Row) -> bool:
    return str(row.key[0]).startswith("@")


def _pending(row: Row) -> dict[str, Any]:
    _person, course, on, source = row.key
    return {"email": row.values["epost"], "course_code": course, "on": on, "source": source}
