"""Compares staged rows with what is known, and judges the state after the file (STATUS.md 8).

Facts of people are compared some thousand people at a time, so that it takes no more memory
however many they are; units, courses and targets are few, and judged as the whole they are. What
it came to lies in the staging table: what changes, what follows from it, and what is wrong.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.facts import FactBatch
from foundation.jobs.progress import Steps
from tracking.imports.kinds.base import AT_ONCE, Key, Kind, Known, Part, Plan, Row
from tracking.imports.problems import Problem
from tracking.imports.staging import Staging, packed
from tracking.organisation.models import ForgottenKey, Person

PEOPLE_AT_ONCE = 2_000
# As many as are judged anew while others wait to write.
FEW = 500

NEW, CHANGED, ENDED, WITHDRAWN, MOVED = "new", "changed", "ended", "withdrawn", "moved"


@dataclass(frozen=True, slots=True)
class Seen:
    """What had been written when a judgement began."""

    batch: int
    forgotten: int

    @classmethod
    def now(cls) -> "Seen":
        """As it is now."""
        return cls(_last(FactBatch), _last(ForgottenKey))


def _last(model: Any) -> int:
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


class Judgement:
    """Judges what is staged, whole or (`again`) for some people."""

    def __init__(self, kind: Kind, table: Staging, *, partial: bool) -> None:
        self.kind, self.table, self.partial = kind, table, partial
        self.seen = Seen.now()

    def everything(self, steps: Steps) -> None:
        """Judge all rows; nobody waits meanwhile."""
        phase = _("Comparing with what is known")
        steps.begin(phase)
        self.seen = Seen.now()
        with self.table.part():
            self.table.forget_judgement()
            self.table.db.execute("DELETE FROM person")
            if self.kind.is_of_people:
                self._find_people()
        parts: Iterable[Mapping[str, int | None]] = [{}]
        people = _Parts(self.table)
        if self.kind.is_of_people:
            parts = steps.each(people, phase) if len(people) > 1 else people
        for part in parts:
            self._judge(part)

    def again(self, people: Mapping[str, int]) -> None:
        """Judge what the file says of these anew."""
        with self.table.part():
            self.table.forget_judgement(people)
            self.table.db.executemany("INSERT OR REPLACE INTO person VALUES (?, ?)", people.items())
        self.seen = Seen.now()
        if people:
            self._judge(people)

    def moved(self) -> dict[str, int] | None:
        """The people whose facts have changed since they were judged; None: more than that."""
        now = Seen.now()
        if now.forgotten == self.seen.forgotten and not self.kind.has_moved_since(self.seen.batch):
            return {}
        if now.forgotten != self.seen.forgotten or self.kind.rests_on is None:
            return None
        written = Q(batch_in__gt=self.seen.batch) | Q(batch_out__gt=self.seen.batch)
        keys: set[int] = set()
        for fact in (self.kind.model, *self.kind.rests_on):
            found = fact.objects.filter(written)
            if not (self.kind.is_of_people and "person_id" in fact.key_fields):
                if found.exists():
                    return None
                continue
            keys.update(found.values_list("person", flat=True).distinct()[: FEW + 1])
        if len(keys) > FEW:
            return None
        return dict(Person.objects.filter(pk__in=keys).values_list("person_id", "pk"))

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong; what nothing can be left out for is `fatal`."""
        rows = self.table.db.execute("SELECT file, line, col, value, expected FROM problem")
        return [Problem(*row) for row in rows]

    @property
    def is_refused(self) -> bool:
        """Whether leaving rows out does not help."""
        return bool(self.table.number("SELECT count(*) FROM problem WHERE fatal"))

    def _find_people(self) -> None:
        """Note everybody whom the file or (`--full`) the platform knows, by HR's key."""
        if self.kind.options.full:
            everybody = Person.objects.values_list("person_id", "pk").iterator(chunk_size=5000)
            self.table.db.executemany("INSERT INTO person VALUES (?, ?)", everybody)
            return
        last = ""
        while keys := self._distinct("row", last):
            last = keys[-1]
            found = Person.objects.filter(person_id__in=keys).values_list("person_id", "pk")
            self.table.db.executemany("INSERT INTO person VALUES (?, ?)", found)

    def _distinct(self, table: str, after: str) -> list[str]:
        sql = f"SELECT DISTINCT of FROM {table} WHERE of > ? ORDER BY of LIMIT ?"  # nosec B608
        return [of for (of,) in self.table.db.execute(sql, [after, AT_ONCE])]

    def _judge(self, people: Mapping[str, int | None]) -> None:
        part = Part({key: pk for key, pk in people.items() if pk is not None})
        staged = list(self._staged(people))
        part.spared, part.unread = self._unreadable(people)
        rows = self.kind.prepare([row for _seq, row in staged], part)
        known = self.kind.known(part.people if self.kind.is_of_people else None)
        fixed = list(part.effects)
        left_out: list[Problem] = []
        while True:
            plan = _compared(known, rows)
            self.kind.complete(plan, rows, part)
            problems = self.kind.problems_after(plan, part)
            if not problems or not self.partial:
                break
            # Leaving a row out changes the state after the file, so the rest is judged again.
            places: set[tuple[str, int | None]] = {
                (each.file, each.line) for each in problems if each.line is not None
            }
            kept = [row for row in rows if (row.file, row.line) not in places]
            if not self.kind.leave_out(places) and len(kept) == len(rows):
                break
            left_out += problems
            part.spared |= {row.of for row in rows if (row.file, row.line) in places}
            part.effects[:] = fixed
            rows = kept
        if not problems:
            self.kind.follow(plan, rows, part)
        whose = {(row.file, row.line): row.of for _seq, row in staged}
        gone = {(each.file, each.line) for each in left_out}
        with self.table.part():
            self._keep(plan, part)
            self._keep_problems(left_out, whose, fatal=False)
            self._keep_problems(problems, whose, fatal=True)
            self.table.db.executemany(
                "INSERT INTO left_out VALUES (?, ?)",
                ((row.of, seq) for seq, row in staged if (row.file, row.line) in gone),
            )

    def _staged(self, people: Mapping[str, int | None]) -> Iterator[tuple[int, Row]]:
        sql = "SELECT seq, file, line, key, cells, withdrawn FROM row"
        if self.kind.is_of_people:
            sql += " WHERE of IN (SELECT value FROM json_each(?))"
            rows = self.table.db.execute(f"{sql} ORDER BY seq", [packed(list(people))])
        else:
            rows = self.table.db.execute(f"{sql} ORDER BY seq")
        for seq, *row in rows:
            yield seq, self.kind.unpacked(*row)

    def _unreadable(
        self, people: Mapping[str, int | None]
    ) -> tuple[set[str], list[Mapping[str, str]]]:
        """Who among these has rows that could not be read; of a small kind, the rows' cells."""
        if not self.kind.is_of_people:
            cells = self.table.db.execute("SELECT cells FROM bad ORDER BY seq")
            return set(), [json.loads(each) for (each,) in cells]
        found = self.table.db.execute(
            "SELECT DISTINCT of FROM bad WHERE of IN (SELECT value FROM json_each(?))",
            [packed(list(people))],
        )
        return {of for (of,) in found}, []

    def _keep(self, plan: Plan, part: Part) -> None:
        db = self.table.db
        db.executemany(
            "INSERT INTO change (of, what, key, old, was, becomes, stops, line)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            _changes(plan, part),
        )
        db.executemany(
            "INSERT INTO effect (of, name, data) VALUES (?, ?, ?)",
            ((of, name, packed(data)) for of, name, data in part.effects),
        )

    def _keep_problems(
        self, problems: Iterable[Problem], whose: Mapping[Any, str], *, fatal: bool
    ) -> None:
        self.table.db.executemany(
            "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((whose.get(each[:2], ""), *each, fatal) for each in map(astuple, problems)),
        )


def _compared(known: dict[Key, Known], rows: Iterable[Row]) -> Plan:
    plan = Plan(known)
    for row in rows:
        before = known.get(row.key)
        if row.withdrawn:
            if before:
                plan.take_away.add(row.key)
                plan.withdrawn_by[row.key] = row
        elif before is None or before.fields != row.fields:
            plan.bring[row.key] = row
            if before:
                plan.take_away.add(row.key)
    return plan


def _changes(plan: Plan, part: Part) -> Iterator[tuple[Any, ...]]:
    """What the plan changes, as the table keeps it."""
    for key, row in plan.bring.items():
        known, ended = plan.known.get(key), key in plan.ended
        becomes = packed(row.fields | part.also.get(key, {}))
        if known is None:
            yield key[0], NEW, packed(key), None, None, becomes, False, row.line
        else:
            what, line = (ENDED, None) if ended else (CHANGED, row.line)
            yield key[0], what, packed(key), known.pk, packed(known.fields), becomes, ended, line
    for key in plan.take_away - plan.bring.keys():
        known, ended, row_ = plan.known[key], key in plan.ended, plan.withdrawn_by.get(key)
        what = WITHDRAWN if ended or row_ else MOVED
        line = row_.line if row_ else None
        yield key[0], what, packed(key), known.pk, packed(known.fields), None, ended, line


class _Parts:
    """The people of an import, known and new, some thousand at a time."""

    def __init__(self, table: Staging) -> None:
        self.db = table.db
        new = "SELECT count(DISTINCT of) FROM row WHERE of NOT IN (SELECT key FROM person)"
        numbers = table.number("SELECT count(*) FROM person"), table.number(new)
        self.count = sum(-(-number // PEOPLE_AT_ONCE) for number in numbers)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[dict[str, int | None]]:
        sql = "SELECT pk, key FROM person WHERE pk > ? ORDER BY pk LIMIT ?"
        last = 0
        while people := self.db.execute(sql, [last, PEOPLE_AT_ONCE]).fetchall():
            last = people[-1][0]
            yield {key: pk for pk, key in people}
        sql = (
            "SELECT DISTINCT of FROM row WHERE of > ? AND of NOT IN (SELECT key FROM person)"
            " ORDER BY of LIMIT ?"
        )
        after = ""
        while new := self.db.execute(sql, [after, PEOPLE_AT_ONCE]).fetchall():
            after = new[-1][0]
            yield {of: None for (of,) in new}
