"""Whom a line of an account is about, as far as the reader may see; and the facts behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy

from foundation.sorting import swedish
from tracking.organisation.models import Person
from tracking.organisation.rules import PersonScope
from tracking.reports.comparison.facts import FactWords
from tracking.status.compare.causes import CAUSES, Cause
from tracking.status.compare.comparison import Comparison, Moved
from tracking.status.compare.evidence import evidence
from tracking.status.compare.moves import OUTSIDE
from tracking.status.compare.reading import STATUSES

KEYS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class MovedPerson:
    """Somebody seen by name, and which of the moves is theirs."""

    person: int
    name: str
    public_id: UUID
    move: int


@dataclass(frozen=True, slots=True)
class MovedPeople:
    """Everybody a line is about: those the reader sees, by name, and how many others there are.

    Protected people are among the others: a list by cause is a way to filter down to somebody.
    """

    moves: Moved
    seen: list[MovedPerson]

    @property
    def outside(self) -> int:
        """How many are not the reader's to see."""
        return len(self.moves.person) - len(self.seen)


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A row of the list: from where to where, as status codes (empty: outside), and why."""

    name: str
    public_id: UUID
    before: str
    after: str
    facts: list[str]


def moved_people(
    comparison: Comparison, scope: PersonScope, *, target: str, cause: Cause
) -> MovedPeople:
    """Those whose standing against the target has the cause, by name."""
    moves = comparison.moves
    if target in comparison.scope.targets:
        wanted = moves.target == comparison.scope.targets.index(target)
    else:
        wanted = moves.target < 0
    mine = moves.only(wanted & (moves.cause == CAUSES.index(cause)))
    at = {int(person): place for place, person in enumerate(mine.person)}
    shown = [person for person in at if scope.sees(person)]
    found = [
        MovedPerson(pk, f"{first} {last}".strip() or key, public_id, at[pk])
        for first_key in range(0, len(shown), KEYS_AT_ONCE)
        for pk, key, first, last, public_id in _names(shown[first_key : first_key + KEYS_AT_ONCE])
    ]
    found.sort(key=lambda one: (swedish(one.name), one.person))
    return MovedPeople(mine, found)


def rows(
    comparison: Comparison, people: MovedPeople, page: Sequence[MovedPerson]
) -> list[MovedRow]:
    """The rows of a page, with the facts behind each."""
    moves = people.moves.only(numpy.array([one.move for one in page], dtype=numpy.int64))
    behind = evidence(comparison, moves)
    words = FactWords(comparison, behind)
    return [
        MovedRow(
            one.name,
            one.public_id,
            _code(moves.before[at]),
            _code(moves.after[at]),
            words.said(facts),
        )
        for at, (one, facts) in enumerate(zip(page, behind, strict=True))
    ]


def _names(people: list[int]) -> Iterable[tuple[int, str, str, str, UUID]]:
    return Person.objects.filter(pk__in=people).values_list(
        "pk", "person_id", "first_name", "last_name", "public_id"
    )


def _code(standing: int) -> str:
    return "" if standing == OUTSIDE else STATUSES[standing].value
