"""What every kind of file has: columns, a key, the facts it becomes, and what it refuses."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from foundation.cells import Column, day, ends_too_early
from foundation.facts import Fact, FactBatch
from foundation.intervals import FOREVER, Interval
from tracking.imports.problems import Problem
from tracking.imports.staging import Staging, packed
from tracking.organisation.models import Employment

Key = tuple[Any, ...]
ORIGIN = "import "  # how the origin of a file's batch begins
AT_ONCE = 900  # values that one question to the database names


@dataclass(slots=True)
class Row:
    """A row of a file, read: its key, and the fields of the fact it asks for."""

    file: str
    line: int
    key: Key
    fields: dict[str, Any]  # of the fact, without its key; empty when withdrawn
    values: dict[str, Any]  # by column
    withdrawn: bool = False

    @property
    def of(self) -> str:
        """Whose or what's it is: the first part of its key."""
        return str(self.key[0])

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
    also: dict[str, Any] = field(default_factory=dict)  # what the row holds beside the fact


@dataclass(slots=True)
class Plan:
    """What an import would change, by key."""

    known: dict[Key, Known]
    bring: dict[Key, Row] = field(default_factory=dict)
    take_away: set[Key] = field(default_factory=set)  # withdrawn, or replaced by a brought one
    withdrawn_by: dict[Key, Row] = field(default_factory=dict)
    ended: set[Key] = field(default_factory=set)  # those that a full file ends or withdraws
    unchanged: int = 0

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


@dataclass(slots=True)
class Part:
    """A part of an import that is judged by itself: some people, or everything of a small kind."""

    people: dict[str, int] = field(default_factory=dict)  # those known, by HR's key
    spared: set[str] = field(default_factory=set)  # of whom the file has a row that is left out
    unread: list[Mapping[str, str]] = field(default_factory=list)  # cells of rows nobody could read
    also: dict[Key, dict[str, Any]] = field(default_factory=dict)  # beside the facts to be brought
    effects: list[tuple[str, str, Any]] = field(default_factory=list)

    def note(self, of: str, name: str, data: Any = None) -> None:
        """Something to be done or said beside the facts, because of this person or code."""
        self.effects.append((of, name, data))


class Kind(ABC):
    """A kind of file. Subclasses declare; `tracking.imports` does the work."""

    name: ClassVar[str]
    model: ClassVar[type[Fact]]
    columns: ClassVar[tuple[Column, ...]]
    key_columns: ClassVar[tuple[str, ...]]
    # Columns of which a file must have at least one: `epost` may stand for `person_id`.
    either: ClassVar[tuple[str, ...]] = ()
    may_be_partial: ClassVar[bool] = True
    # Facts of other kinds that `problems_after` reads; None: whatever anybody writes may matter.
    rests_on: ClassVar[tuple[type[Fact], ...] | None] = None
    # Fields that a row of facts has beside the fact.
    beside: ClassVar[tuple[str, ...]] = ()
    # Effects that are written with a batch, also when no fact is.
    need_a_batch: ClassVar[tuple[str, ...]] = ()
    # The effect that the counts tell of beside the facts.
    counted: ClassVar[str] = ""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.files = ""  # names of the files, for what no single row is to blame for
        self.names_a_row = {*self.key_columns, *self.either}
        self._dates = {column.name for column in self.columns if column.read is day}

    @property
    def is_of_people(self) -> bool:
        """Whether each fact is somebody's, so that people can be judged one by one."""
        return "person_id" in self.model.key_fields

    @abstractmethod
    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The fact's fields, without its key, from a row's values."""

    def key(self, values: Mapping[str, Any]) -> Key:
        """The row's key, as STATUS.md 2 lists it."""
        return tuple(values[column] for column in self.key_columns)

    def look_up(self, some: Sequence[Mapping[str, str]]) -> None:
        """What these rows, which are read next, need to know of the database. By their cells."""
        return

    def row(self, file: str, line: int, values: dict[str, Any], *, withdrawn: bool) -> Row:
        """The row that such values are."""
        fields = {} if withdrawn else self.fields(values)
        return Row(file, line, self.key(values), fields, values, withdrawn)

    def packed_values(self, row: Row) -> str:
        """A row's values as they wait in the table."""
        return packed([row.values.get(column.name) for column in self.columns])

    def unpacked(self, file: str, line: int, key: str, cells: str, withdrawn: int) -> Row:
        """The row that waited in the table."""
        names = [column.name for column in self.columns]
        values = dict(zip(names, json.loads(cells), strict=True))
        for name in self._dates:
            if values[name]:
                values[name] = date.fromisoformat(values[name])
        if withdrawn:
            values = {name: values[name] for name in self.names_a_row}
        # The person was looked up by address when the row was read: what was found then holds.
        parts = tuple(json.loads(key))
        named = (parts[0], *(values[name] for name in self.key_columns[1:]))
        fields = {} if withdrawn else self.fields(values)
        return Row(file, line, named, fields, values, bool(withdrawn))

    def row_problems(self, row: Row) -> list[Problem]:
        """What is wrong within one row, beyond its single cells."""
        found = ends_too_early(row.values)
        return [Problem(row.file, row.line, *found)] if found else []

    def known(self, people: Mapping[str, int] | None) -> dict[Key, Known]:
        """Facts of this kind known now, by key: these people's, or (None) all there are."""
        rows: QuerySet[Any] = self.model.objects.known_now()
        if people is None:
            return dict(self._known(rows, {}))
        found: dict[Key, Known] = {}
        keys = {pk: key for key, pk in people.items()}
        for some in _ranges(sorted(keys)):
            found.update(self._known(rows.filter(some), keys))
        return found

    def _known(
        self, rows: "QuerySet[Any]", people: Mapping[int, str]
    ) -> Iterator[tuple[Key, Known]]:
        keys, fields = self.model.key_fields, self.model.value_fields
        asked = rows.values_list("pk", *keys, *fields, *self.beside)
        more = len(keys) + len(fields)
        for pk, *values in asked.iterator(chunk_size=5000):
            if self.is_of_people:
                if values[0] not in people:
                    continue
                values[0] = people[values[0]]
            yield (
                tuple(values[: len(keys)]),
                Known(
                    pk,
                    dict(zip(fields, values[len(keys) : more], strict=True)),
                    dict(zip(self.beside, values[more:], strict=True)),
                ),
            )

    def has_moved_since(self, batch: int) -> bool:
        """Whether facts that were compared or judged with have changed after that batch."""
        if self.rests_on is None:
            return FactBatch.objects.filter(id__gt=batch).exists()
        changed = Q(batch_in__gt=batch) | Q(batch_out__gt=batch)
        return any(fact.objects.filter(changed).exists() for fact in (self.model, *self.rests_on))

    def prepare(self, rows: list[Row], part: Part) -> list[Row]:
        """Last look at the rows of a part before they are compared; may set some aside."""
        return rows

    def leave_out(self, places: set[tuple[str, int | None]]) -> bool:
        """Forget those of the rows that were set aside; whether there were any."""
        return False

    def complete(self, plan: Plan, rows: Sequence[Row], part: Part) -> None:
        """Add what follows from what the file lacks (`--full`)."""
        return

    def problems_after(self, plan: Plan, part: Part) -> list[Problem]:
        """What is wrong with the state after the file (STATUS.md 8)."""
        return []

    def follow(self, plan: Plan, rows: Sequence[Row], part: Part) -> None:
        """Note what else the rows say, that is no fact."""
        return

    def problems_in_all(self, table: Staging) -> list[Problem]:
        """What is wrong with all that was judged, and with no row by itself."""
        return []

    def warnings(self, table: Staging) -> list[str]:
        """What whoever brings the file in should know."""
        rows = table.db.execute("SELECT data FROM effect WHERE name = 'warning' ORDER BY id")
        return list(dict.fromkeys(json.loads(data) for (data,) in rows))

    def write_effects(self, table: Staging, batch: FactBatch | None) -> None:
        """Do what was noted, in the transaction that brings the facts."""
        return

    def also(self, count: int) -> str:
        """What was done `count` times beside the facts, in words that go on from their counts."""
        return ""


def _ranges(numbers: Sequence[int]) -> Iterator[Q]:
    """Questions for the facts of these people: by the range they fill, or one by one."""
    if numbers and numbers[-1] - numbers[0] < 4 * len(numbers):
        yield Q(person__gte=numbers[0], person__lte=numbers[-1])
        return
    for at in range(0, len(numbers), AT_ONCE):
        yield Q(person__in=numbers[at : at + AT_ONCE])


def interval_of(start: date, fields: Mapping[str, Any]) -> Interval:
    """The days of a fact given by its key's first day and its fields."""
    return Interval(start, fields["valid_to"] or FOREVER)


def unknown_people(plan: Plan) -> list[Problem]:
    """Rows whose `person_id` no known employment has."""
    keys = sorted({row.of for row in plan.bring.values()})
    employed: set[str] = set()
    for at in range(0, len(keys), AT_ONCE):
        some = Employment.objects.known_now().filter(person__person_id__in=keys[at : at + AT_ONCE])
        employed.update(some.values_list("person__person_id", flat=True))
    return [
        row.problem("person_id", row.of, _("a person with an employment"))
        for row in plan.bring.values()
        if row.of not in employed
    ]


def overlaps(plan: Plan, group: int) -> Iterator[tuple[Key, Row | None, Key]]:
    """Pairs of facts after the plan that share a day, among those equal in the first `group` parts
    of their key; the last part of a key is its first day. Each pair is given once for each of its
    facts that the file brings.
    """
    groups: dict[Key, list[tuple[Interval, Key, Row | None]]] = {}
    brought = {key[:group] for key in plan.bring}
    for key, fields, row in plan.after():
        if key[:group] in brought:
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
