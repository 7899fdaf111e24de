"""Reads the facts of a partition of people as columns, through the batches they are known by.

Rows go straight from the cursor into columns: days arrive as numbers, texts become numbers as
they are met. One query a kind of fact, whatever the number of people.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce

from foundation.facts import FactQuerySet
from tracking.ledger.models import Completion, Start
from tracking.organisation.models import Absence, Employment
from tracking.status.engine.days import FOREVER, DayNumber, Days, Flags, Numbers
from tracking.status.engine.ground import Ground
from tracking.status.known import Known
from tracking.targets.models import Exemption

ROWS_AT_ONCE = 20_000
KEYS_AT_ONCE = 10_000
COURSES_NAMED = 500
OTHER = -1
NOTHING: Mapping[str, Any] = MappingProxyType({})


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
    """The latest completion of each course on or before the day; `course` by index."""

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
    course = sorted({code for row in ground.targets for code in row.course_codes})
    return Facts(
        held=_held(ground, known.employments, people),
        away=_away(known.absences, people),
        exempt=_exempt(ground, known.exemptions, people),
        done=_done(ground, known.completions, people, course),
        begun=_begun(ground, known.starts, people, course),
        courses=course,
    )


def _held(ground: Ground, batch: int | None, people: People) -> Held:
    positions, areas = _Numbering(), _Numbering()
    units = _Known(ground.unit_number, len(ground.unit_number))
    person, start, end, unit, position, area, is_manager = _columns(
        Employment.objects.known_by(batch).filter(valid_from__lte=ground.as_of),
        people,
        ("person_id", "start", "end", "unit_code", "position", "business_area", "is_manager"),
        {"unit_code": units, "position": positions, "business_area": areas},
        start=DayNumber("valid_from"),
        end=_END,
    )
    return Held(
        person,
        start,
        end,
        unit,
        position,
        area,
        is_manager.astype(bool),
        list(positions),
        list(areas),
    )


def _away(batch: int | None, people: People) -> Away:
    return Away(
        *_columns(
            Absence.objects.known_by(batch),
            people,
            ("person_id", "start", "end"),
            {},
            start=DayNumber("valid_from"),
            end=_END,
        )
    )


def _exempt(ground: Ground, batch: int | None, people: People) -> Exempt:
    number = {row.code: at for at, row in enumerate(ground.targets)}
    person, target = _columns(
        Exemption.objects.known_by(batch).on(ground.as_of),
        people,
        ("person_id", "target_code"),
        {"target_code": _Known(number, OTHER)},
    )
    mine = target != OTHER
    return Exempt(person[mine], target[mine])


def _done(ground: Ground, batch: int | None, people: People, courses: list[str]) -> Done:
    person, course, day = _columns(
        _of_courses(Completion.objects.known_by(batch), courses).filter(on__lte=ground.as_of),
        people,
        ("person_id", "course_code", "last"),
        {"course_code": _Known({code: at for at, code in enumerate(courses)}, OTHER)},
        {"last": DayNumber(Max("on"))},
    )
    mine = course != OTHER
    return Done(person[mine], course[mine], day[mine])


def _begun(ground: Ground, batch: int | None, people: People, courses: list[str]) -> Begun:
    person, course = _columns(
        _of_courses(Start.objects.known_by(batch), courses).filter(on__lte=ground.as_of),
        people,
        ("person_id", "course_code"),
        {"course_code": _Known({code: at for at, code in enumerate(courses)}, OTHER)},
    )
    mine = course != OTHER
    return Begun(person[mine], course[mine])


_END = Coalesce(DayNumber("valid_to"), FOREVER)


def _of_courses(facts: FactQuerySet, courses: list[str]) -> FactQuerySet:
    """Only of these courses, as long as naming them all is no burden."""
    return facts.filter(course_code__in=courses) if len(courses) <= COURSES_NAMED else facts


def _columns(
    facts: FactQuerySet,
    people: People,
    names: Sequence[str],
    texts: Mapping[str, Mapping[str, int]],
    over: Mapping[str, Any] = NOTHING,
    **computed: Any,
) -> list[Numbers]:
    """The columns `names` of the facts of these people; those in `texts` as their numbers.

    `computed` says what is not a field; `over`, last of `names`, is for each group of the others.
    """
    keys = [name for name in names if name not in over]
    blocks = [[np.zeros(0, dtype=np.int64) for _name in names]]
    for some in _portions(people):
        rows = facts.filter(some).annotate(**computed).order_by().values_list(*keys)
        if over:
            rows = rows.annotate(**over)
        for block in _blocks(rows):
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
