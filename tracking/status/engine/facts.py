"""Reads the facts of a partition of people as columns, through the batches they are known by.

What is all numbers the database packs into one number a row, and those of all rows into one text:
numpy reads that in no time, where half a million rows as objects would take half a second. Rows
with texts of their own, the employments, go from the cursor straight into columns. Days arrive as
numbers. One query a kind of fact, whatever the number of people.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    Aggregate,
    BigIntegerField,
    Case,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from foundation.facts import FactQuerySet
from tracking.ledger.models import Completion, Start
from tracking.organisation.models import Absence, Employment
from tracking.status.engine.days import FOREVER, SPAN, DayNumber, Days, Flags, Numbers
from tracking.status.engine.ground import Ground
from tracking.status.known import Known
from tracking.targets.models import Exemption

ROWS_AT_ONCE = 1_000
KEYS_AT_ONCE = 10_000
CODES_AT_ONCE = 200


class PkRange(NamedTuple):
    """People whose primary keys lie in `[first, end)`."""

    first: int
    end: int


EVERYBODY = PkRange(0, 2**63 - 1)
People = PkRange | Collection[int]


class Held(NamedTuple):
    """Employments that had begun on the day. Texts as numbers, `positions` and `areas` say which.

    `unit`: the number of its code in the organisation, the last number for an unknown one.
    """

    person: Numbers
    start: Days
    end: Days
    unit: Numbers
    position: Numbers
    area: Numbers
    is_manager: Flags
    positions: list[str]
    areas: list[str]


class Away(NamedTuple):
    """Absences of any day: one that begins later may be what makes a leave long enough."""

    person: Numbers
    start: Days
    end: Days


class Exempt(NamedTuple):
    """Exemptions on the day; `target` by index in the ground."""

    person: Numbers
    target: Numbers


class Done(NamedTuple):
    """Completions on or before the day; `course` by index."""

    person: Numbers
    course: Numbers
    day: Days


class Begun(NamedTuple):
    """Courses begun on or before the day."""

    person: Numbers
    course: Numbers


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known of some people that their status on a day follows from."""

    held: Held
    away: Away
    exempt: Exempt
    done: Done
    begun: Begun
    courses: list[str]  # every course that some target needs


class _Numbering(dict[str, int]):
    """A number for each text, in the order they are met."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


class _Known(dict[str, int]):
    """The number of each known text; of any other, `other`."""

    def __init__(self, numbers: dict[str, int], other: int) -> None:
        super().__init__(numbers)
        self._other = other

    def __missing__(self, text: str) -> int:
        return self._other


def read_facts(ground: Ground, known: Known, people: People) -> Facts:
    """The facts of these people as known. Five queries, for every ten thousand keys given."""
    courses = sorted({code for row in ground.targets for code in row.course_codes})
    done = Completion.objects.known_by(known.completions).filter(on__lte=ground.as_of)
    begun = Start.objects.known_by(known.starts).filter(on__lte=ground.as_of)
    exempt = Exemption.objects.known_by(known.exemptions).on(ground.as_of)
    targets = [row.code for row in ground.targets]
    return Facts(
        held=_held(ground, known.employments, people),
        away=_away(Absence.objects.known_by(known.absences), people),
        exempt=Exempt(*_coded(exempt, people, "target_code", targets)),
        done=Done(*_coded(done, people, "course_code", courses, DayNumber("on"))),
        begun=Begun(*_coded(begun, people, "course_code", courses)),
        courses=courses,
    )


def _held(ground: Ground, batch: int | None, people: People) -> Held:
    positions, areas = _Numbering(), _Numbering()
    known = Employment.objects.known_by(batch).filter(valid_from__lte=ground.as_of)
    columns = _columns(
        known.annotate(began=_with_person(DayNumber("valid_from")), end=_END),
        people,
        ("began", "end", "is_manager", "unit_code", "position", "business_area"),
        {
            "unit_code": _Known(ground.unit_number, len(ground.unit_number)),
            "position": positions,
            "business_area": areas,
        },
    )
    began, end, is_manager, unit, position, area = columns
    return Held(
        person=began // SPAN,
        start=began % SPAN,
        end=end,
        unit=unit,
        position=position,
        area=area,
        is_manager=is_manager.astype(bool),
        positions=list(positions),
        areas=list(areas),
    )


def _away(known: FactQuerySet, people: People) -> Away:
    began, end = _packed(known, people, _with_person(DayNumber("valid_from")), _END)
    return Away(began // SPAN, began % SPAN, end)


def _coded(
    known: FactQuerySet,
    people: People,
    name: str,
    codes: Sequence[str],
    day: DayNumber | None = None,
) -> list[Numbers]:
    """Person, number of the code in this field, and maybe a day; of other codes nothing."""
    count = len(codes)
    found: list[Numbers] = [np.zeros(0, dtype=np.int64)]
    for begin in range(0, count, CODES_AT_ONCE):
        some = codes[begin : begin + CODES_AT_ONCE]
        number = Case(
            *(When(**{name: code}, then=Value(begin + at)) for at, code in enumerate(some)),
            output_field=IntegerField(),
        )
        whose = _whole(F("person_id") * count + number)
        packed = whose if day is None else _whole(whose * SPAN + day)
        found += _packed(known.filter(**{f"{name}__in": some}), people, packed)
    packed_numbers = np.concatenate(found)
    if day is None:
        return [packed_numbers // max(count, 1), packed_numbers % max(count, 1)]
    whose_numbers = packed_numbers // SPAN
    return [whose_numbers // max(count, 1), whose_numbers % max(count, 1), packed_numbers % SPAN]


def _whole(expression: Any) -> Combinable:
    return ExpressionWrapper(expression, output_field=BigIntegerField())


def _with_person(day: DayNumber) -> Combinable:
    """A person and a day as one number."""
    return _whole(F("person_id") * SPAN + day)


_END = Coalesce(DayNumber("valid_to"), FOREVER)


class _Joined(Aggregate):
    """The numbers of all rows as one text, with spaces between."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "GROUP_CONCAT(%(expressions)s, ' ')"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "STRING_AGG((%(expressions)s)::text, ' ')"
        return self.as_sql(compiler, connection, template=template, **more)


def _packed(known: FactQuerySet, people: People, *numbers: Any) -> list[Numbers]:
    """These numbers of the facts of these people, in one order."""
    named = {f"number_{at}": _Joined(each) for at, each in enumerate(numbers)}
    parts = [[np.zeros(0, dtype=np.int64)] for _each in numbers]
    for some in _portions(people):
        texts = known.filter(some).aggregate(**named)
        for name, part in zip(named, parts, strict=True):
            part.append(np.fromstring(texts[name] or "", dtype=np.int64, sep=" "))
    return [np.concatenate(part) for part in parts]


def _columns(
    known: FactQuerySet,
    people: People,
    names: Sequence[str],
    texts: Mapping[str, Mapping[str, int]],
) -> list[Numbers]:
    """The columns `names` of the facts of these people; those in `texts` as their numbers."""
    blocks = [[np.zeros(0, dtype=np.int64) for _name in names]]
    for some in _portions(people):
        for block in _blocks(known.filter(some).order_by().values_list(*names)):
            blocks.append(
                [
                    np.fromiter(
                        map(texts[name].__getitem__, column) if name in texts else column,
                        dtype=np.int64,
                        count=len(column),
                    )
                    for name, column in zip(names, block, strict=True)
                ]
            )
    return [np.concatenate(parts) for parts in zip(*blocks, strict=True)]


def _portions(people: People) -> Iterator[Q]:
    if isinstance(people, PkRange):
        yield Q(person__gte=people.first, person__lt=people.end)
        return
    keys = sorted(people)
    for at in range(0, len(keys), KEYS_AT_ONCE):
        yield Q(person__in=keys[at : at + KEYS_AT_ONCE])


def _blocks(rows: QuerySet[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """The columns of some thousand rows at a time, as the database gives them."""
    try:
        statement, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        while block := cursor.fetchmany(ROWS_AT_ONCE):
            yield list(zip(*block, strict=True))
