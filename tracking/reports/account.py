"""A unit's account of a target: who counts, who is exempt, whom it does not concern; nobody twice.

The numbers are those of the reports. Each is a list: of the very people it counts, as far as the
reader's rights go (STATUS.md 6).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import numpy as np
from django.db.models import QuerySet

from foundation.facts import FactQuerySet
from foundation.sorting import swedish
from tracking.organisation.models import Employment, Person
from tracking.organisation.rules import PersonScope
from tracking.status.engine import EVERYBODY, compute, ground_at
from tracking.status.figures import Figures
from tracking.status.known import Known
from tracking.status.queries import UnitSummary
from tracking.status.rules import Status, TargetRow
from tracking.targets.expressions import folded

# So many people are asked for by their keys; of more than that everybody's facts are read.
MOST_KEYS = 5_000
STATUSES = list(Status)


class Part(StrEnum):
    """A list of the account: everybody, who counts, a status, or who is outside the audience."""

    EVERYBODY = "alla"
    COUNTED = "raknas"
    DONE = Status.DONE
    EXPIRED = Status.EXPIRED
    OVERDUE = Status.OVERDUE
    STARTED = Status.STARTED
    NOT_STARTED = Status.NOT_STARTED
    EXEMPT = Status.EXEMPT
    OUTSIDE = "utanfor"


@dataclass(frozen=True, slots=True)
class Account:
    """The numbers of one target in one unit, with all below it. `headcount` is all who work there.

    With a business area: all who work there in that area.
    """

    unit: str
    target: TargetRow
    counts: UnitSummary
    headcount: int

    @property
    def outside(self) -> int:
        """People who work there and are not in the audience through it."""
        return self.headcount - self.counts.audience

    def number(self, part: Part) -> int:
        """How many people the list of this part has."""
        match part:
            case Part.EVERYBODY:
                return self.headcount
            case Part.COUNTED:
                return self.counts.base
            case Part.OUTSIDE:
                return self.outside
            case _:
                return self.counts.counts[Status(part)]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a list whom the reader may see by name."""

    person: int  # Person's key
    name: str
    public_id: UUID


@dataclass(frozen=True, slots=True)
class Members:
    """A list of the account: who is seen by name, and how many more there are."""

    part: Part
    shown: list[Member]
    outside: int


def account(found: Figures, unit: str, code: str, *, area: str = "") -> Account | None:
    """The account of the target `code` in `unit`; None when either was not there on the day.

    `area` (folded): only who works there in that business area. Two queries, or three.
    """
    target = found.targets.get(code)
    if target is None or unit not in found.tree.units:
        return None
    counts = found.of([unit], targets=[code], area=area or None).get((unit, code))
    people = _employed(found, unit, area).order_by().values("person").distinct()
    nobody = UnitSummary(unit, code, target.share, area=area)
    return Account(unit, target, counts or nobody, people.count())


def people_of(found: Figures, account: Account, part: Part, *, area: str = "") -> set[int]:
    """Keys of exactly the people whom the account's number counts."""
    if part is Part.EVERYBODY:
        return _people_there(found, account, area)
    return people_by_part(found, account, area=area)[part]


def people_by_part(found: Figures, account: Account, *, area: str = "") -> dict[Part, set[int]]:
    """The same of every part. Worked out over columns, whoever and however many they are."""
    everybody = _people_there(found, account, area)
    by_status = _by_status(found, account, everybody, area)
    counted = (people for status, people in by_status.items() if status is not Status.EXEMPT)
    return {
        Part.EVERYBODY: everybody,
        Part.COUNTED: set[int]().union(*counted),
        Part.OUTSIDE: everybody.difference(*by_status.values()),
        **{Part(status): people for status, people in by_status.items()},
    }


def _people_there(found: Figures, account: Account, area: str) -> set[int]:
    return set(_employed(found, account.unit, area).values_list("person_id", flat=True))


def members(scope: PersonScope, part: Part, people: Collection[int]) -> Members:
    """The people as a list shows them, by name; who may not be seen is only counted.

    Protected people are among those counted, also where a page without a filter has a row that
    says so: a list of one status leads to nobody.
    """
    seen = [person for person in people if scope.sees(person)]
    shown = [
        Member(pk, f"{first} {last}".strip() or key, public_id)
        for rows in _in_chunks(seen)
        for pk, first, last, key, public_id in rows
    ]
    shown.sort(key=lambda one: (*swedish(one.name), str(one.public_id)))
    return Members(part, shown, len(people) - len(shown))


def _in_chunks(people: list[int]) -> list[QuerySet[Person, tuple[int, str, str, str, UUID]]]:
    fields = ("pk", "first_name", "last_name", "person_id", "public_id")
    return [
        Person.objects.filter(pk__in=people[at : at + MOST_KEYS]).values_list(*fields)
        for at in range(0, len(people), MOST_KEYS)
    ]


def _employed(found: Figures, unit: str, area: str) -> FactQuerySet:
    """Employments that count in the unit or below it on the day, as known."""
    tree = found.tree
    there = Employment.objects.known_by(found.stand.batch).on(found.stand.as_of)
    codes = tree.counting_in(tree.subtree(unit))
    if codes is not None:
        there = there.filter(unit_code__in=codes)
    if area:
        # No database folds as the rule does: the spellings there are, folded here.
        written = there.order_by().values_list("business_area", flat=True).distinct()
        there = there.filter(business_area__in=[one for one in written if folded(one) == area])
    return there


def _by_status(
    found: Figures, account: Account, there: set[int], area: str
) -> dict[Status, set[int]]:
    """Keys of those in the audience through the unit, by status."""
    stand, known = found.stand, Known.through(found.stand.batch)
    ground = ground_at(stand.as_of, known, [account.target.code])
    frames = compute(ground, known, sorted(there) if len(there) <= MOST_KEYS else EVERYBODY)
    inside = found.tree.subtree(account.unit)
    reaches = np.array([code in inside for code in ground.units], dtype=bool)
    places = frames.places[reaches[frames.places["unit"].to_numpy()]]
    if area:
        of_area = np.array([one == area for one in ground.areas], dtype=bool)
        places = places[of_area[places["area"].to_numpy()]]
    counted = frames.status[frames.status["person"].isin(places["person"])]
    return {
        status: set(counted.loc[counted["status"] == number, "person"].tolist())
        for number, status in enumerate(STATUSES)
    }
