"""What every kind of file has: columns, a key, the facts it becomes, and what it refuses."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.cells import Column, ends_too_early
from foundation.facts import Fact, FactBatch
from foundation.intervals import FOREVER, Interval
from tracking.imports.problems import Problem
from tracking.organisation.models import Employment, Person

Key = tuple[Any, ...]
ORIGIN = "import "  # how the origin of a file's batch begins


@dataclass(slots=True)
class Row:
    """A row of a file, read: its key, and the fields of the fact it asks for."""

    file: str
    line: int
    key: Key
    fields: dict[str, Any]  # of the fact, without its key; empty when withdrawn
    values: dict[str, Any]  # by column
    withdrawn: bool = False

    def problem(self, column: str, value: object, expected: str) -> Problem:
        """A problem of this row."""
        return Problem(self.file, self.line, column, _shown(value), expected)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Known:
    """A fact known before the import."""

    pk: int
    fields: dict[str, Any]


@dataclass(slots=True)
class Plan:
    """What an import would change, by key."""

    known: dict[Key, Known]
    bring: dict[Key, Row] = field(default_factory=dict)
    take_away: set[Key] = field(default_factory=set)  # withdrawn, or replaced by a brought one
    withdrawn_by: dict[Key, Row] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def new(self) -> int:
        """Facts whose key was not known."""
        return sum(key not in self.known for key in self.bring)

    @property
    def changed(self) -> int:
        """Facts that take the place of one with the same key."""
        return sum(key in self.known for key in self.bring)

    @property
    def withdrawn(self) -> int:
        """Facts that nothing takes the place of."""
        return sum(key not in self.bring for key in self.take_away)

    def after(self) -> Iterator[tuple[Key, dict[str, Any], Row | None]]:
        """Every fact known once the plan is carried out, with the row that brings it."""
        for key, known in self.known.items():
            if key not in self.take_away and key not in self.bring:
                yield key, known.fields, None
        for key, row in self.bring.items():
            yield key, row.fields, row


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read; `today` judges what lies ahead."""

    today: date
    full: bool = False
    as_of: date | None = None
    force: bool = False


class Kind(ABC):
    """A kind of file. Subclasses declare; `tracking.imports.actions` does the work."""

    name: ClassVar[str]
    model: ClassVar[type[Fact]]
    columns: ClassVar[tuple[Column, ...]]
    key_columns: ClassVar[tuple[str, ...]]
    # Columns of which a file must have at least one: `epost` may stand for `person_id`.
    either: ClassVar[tuple[str, ...]] = ()
    may_be_partial: ClassVar[bool] = True
    # Facts of other kinds that `problems_after` reads; None: whatever anybody writes may matter.
    rests_on: ClassVar[tuple[type[Fact], ...] | None] = None

    def __init__(self, options: Options) -> None:
        self.options = options
        self.warnings: list[str] = []
        self.touched: set[int] = set()  # people whose current row the import changed
        self.files = ""  # names of the files, for what no single row is to blame for
        self.unread: list[Mapping[str, str]] = []  # cells of the rows that could not be read

    @abstractmethod
    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The fact's fields, without its key, from a row's values."""

    def key(self, values: Mapping[str, Any]) -> Key:
        """The row's key, as STATUS.md 2 lists it."""
        return tuple(values[column] for column in self.key_columns)

    def row_problems(self, row: Row) -> list[Problem]:
        """What is wrong within one row, beyond its single cells."""
        found = ends_too_early(row.values)
        return [Problem(row.file, row.line, *found)] if found else []

    def known(self) -> dict[Key, Known]:
        """Every fact of this kind known now, by key. One query."""
        keys = [self._path(name) for name in self.model.key_fields]
        names = self.model.value_fields
        found: dict[Key, Known] = {}
        rows = self.model.objects.known_now().values_list("pk", *keys, *names)
        for pk, *values in rows.iterator(chunk_size=5000):
            key = tuple(values[: len(keys)])
            found[key] = Known(pk, dict(zip(names, values[len(keys) :], strict=True)))
        return found

    @staticmethod
    def _path(name: str) -> str:
        return "person__person_id" if name == "person_id" else name

    def has_moved_since(self, batch: int) -> bool:
        """Whether facts that were compared or judged with have changed after that batch."""
        if self.rests_on is None:
            return FactBatch.objects.filter(id__gt=batch).exists()
        changed = Q(batch_in__gt=batch) | Q(batch_out__gt=batch)
        return any(fact.objects.filter(changed).exists() for fact in (self.model, *self.rests_on))

    def prepare(self, rows: list[Row]) -> list[Row]:
        """Last look at the rows before they are compared; may set some aside."""
        return rows

    def complete(self, plan: Plan, rows: Sequence[Row], spared: set[Any]) -> list[Problem]:
        """Add what follows from what the file lacks (`--full`)."""
        return []

    def problems_after(self, plan: Plan) -> list[Problem]:
        """What is wrong with the state after the file (STATUS.md 8)."""
        return []

    def instances(self, plan: Plan, batch: FactBatch) -> Iterator[Fact]:
        """The facts to bring."""
        of_people = "person_id" in self.model.key_fields
        people = self._people({row.key[0] for row in plan.bring.values()}) if of_people else {}
        for row in plan.bring.values():
            named = dict(zip(self.model.key_fields, row.key, strict=True))
            if of_people:
                named["person_id"] = people[named["person_id"]]
            yield self.model(**named, **row.fields, batch_in=batch)

    @staticmethod
    def _people(keys: set[str]) -> dict[str, int]:
        rows = Person.objects.values_list("person_id", "pk")
        return {key: pk for key, pk in rows.iterator(chunk_size=5000) if key in keys}

    def finish(self, rows: Sequence[Row], batch: FactBatch | None) -> int:
        """What else a row says, that is no fact; gives how many such changes were made."""
        return 0

    def concerned(self, batch: FactBatch | None) -> set[int]:
        """The people about whom the import changed anything. One query, or none."""
        if batch is None or "person_id" not in self.model.key_fields:
            return self.touched
        written = self.model.objects.filter(Q(batch_in=batch) | Q(batch_out=batch))
        return self.touched.union(written.values_list("person_id", flat=True))

    def also(self, count: int) -> str:
        """What `finish` did `count` times, in words that go on from the facts' counts."""
        return ""

    def has_more(self, rows: Sequence[Row]) -> bool:
        """Whether `finish` has something to write that needs a batch."""
        return False


def interval_of(start: date, fields: Mapping[str, Any]) -> Interval:
    """The days of a fact given by its key's first day and its fields."""
    return Interval(start, fields["valid_to"] or FOREVER)


def unknown_people(plan: Plan, key_position: int = 0) -> list[Problem]:
    """Rows whose `person_id` no known employment has."""
    employed = set(
        Employment.objects.known_now().values_list("person__person_id", flat=True).distinct()
    )
    return [
        row.problem("person_id", row.key[key_position], _("a person with an employment"))
        for row in plan.bring.values()
        if row.key[key_position] not in employed
    ]


def overlaps(plan: Plan, group: int) -> Iterator[tuple[Key, Row | None, Key]]:
    """Pairs of facts after the plan that share a day, among those equal in the first `group` parts
    of their key; the last part of a key is its first day. Each pair is given once for each of its
    facts that the file brings.
    """
    groups: dict[Key, list[tuple[Interval, Key, Row | None]]] = {}
    for key, fields, row in plan.after():
        groups.setdefault(key[:group], []).append((interval_of(key[-1], fields), key, row))
    for members in groups.values():
        if len(members) < 2:
            continue
        members.sort(key=lambda member: member[0])
        for at, (interval, key, row) in enumerate(members):
            for other, other_key, other_row in members[at + 1 :]:
                if other.start >= interval.end:
                    break
                if row is not None:
                    yield key, row, other_key
                if other_row is not None:
                    yield other_key, other_row, key
