"""The status of a partition of people on a day, and where they count: the facts' second reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from django.db.models import Exists, F, OuterRef, Window
from django.db.models.functions import Mod, RowNumber

from tracking.organisation.models import Employment, Person
from tracking.status.engine.days import Numbers
from tracking.status.engine.deciding import Judge
from tracking.status.engine.facts import Facts, People, PkRange, read_facts
from tracking.status.engine.ground import Ground
from tracking.status.engine.stretches import Pieces
from tracking.status.known import Known

STATUS_TYPES = {
    "person": np.int64,
    "target": np.int16,
    "status": np.int8,
    "completed_on": np.int32,
    "valid_through": np.int32,
    "due_on": np.int32,
    "start": np.int32,
}
PLACE_TYPES = {"person": np.int64, "target": np.int16, "unit": np.int32, "area": np.int32}
PARTITION = 10_000
DENSE = 2


@dataclass(frozen=True, slots=True)
class Frames:
    """What was found of some people.

    `status`: a row for each person and each target whose audience they are in on the day: `person`
    (key), `target` (index in the ground), `status` (index in Status), and as numbers of days, 0 for
    none: `completed_on`, `valid_through`, `due_on`, `start`. By target, then person.
    `places`: where an employment meets the audience on the day: `person`, `target`, `unit` and
    `area` (indexes in the ground), without duplicates. By target, person, unit and area.
    """

    status: pd.DataFrame
    places: pd.DataFrame


def compute(ground: Ground, known: Known, people: People) -> Frames:
    """The status of these people on the ground's day. Five queries, for 10,000 keys or a range."""
    return work_out(ground, read_facts(ground, known, people))


def compute_near(ground: Ground, known: Known, people: Sequence[int]) -> Frames:
    """The same of these people, in the order of their keys, and maybe of others between them.

    A range of keys costs nothing to ask for, and reads whoever lies in it: worth it where most do.
    """
    if len(people) > DENSE and people[-1] - people[0] < DENSE * len(people):
        return compute(ground, known, PkRange(people[0], people[-1] + 1))
    return compute(ground, known, people)


def work_out(ground: Ground, facts: Facts) -> Frames:
    """The same, of facts that have been read. Asks nothing."""
    pieces = Pieces(ground, facts.held)
    judge = Judge(pieces.people, facts, ground.day)
    of_audience = dict(zip(ground.audiences.different, pieces.members(), strict=True))
    status: list[tuple[Numbers, ...]] = []
    places: list[tuple[Numbers, ...]] = []
    for number, target in enumerate(ground.targets):
        members = of_audience[target.audience]
        start = np.maximum(members.start, target.in_force.start.toordinal())
        found = judge.decide(number, target, members.person, start)
        status.append(
            (
                pieces.people[members.person],
                np.full(len(start), number),
                found.status,
                found.best.on,
                found.best.through,
                found.due,
                start,
            )
        )
        places.append(
            (
                pieces.people[members.placed],
                np.full(len(members.placed), number),
                members.unit,
                members.area,
            )
        )
    return Frames(_frame(status, STATUS_TYPES), _frame(places, PLACE_TYPES))


def _frame(parts: list[tuple[Numbers, ...]], types: Mapping[str, type]) -> pd.DataFrame:
    """The parts one after the other, as columns of these types."""
    columns = zip(*parts, strict=True) if parts else [[np.zeros(0)]] * len(types)
    return pd.DataFrame(
        {
            name: np.concatenate([part.astype(kind) for part in column])
            for (name, kind), column in zip(types.items(), columns, strict=True)
        },
        copy=False,
    )


def partitions(known: Known, size: int = PARTITION) -> list[PkRange]:
    """Ranges of keys that each hold `size` people of whom some employment is known. Two queries.

    Together they reach from the first of them to the last, whoever is in between.
    """
    employments = Employment.objects.known_by(known.employments)
    employed = Person.objects.filter(Exists(employments.filter(person=OuterRef("pk"))))
    numbered = employed.annotate(number=Window(RowNumber(), order_by=F("pk").asc()) - 1)
    firsts = list(
        numbered.annotate(place=Mod("number", size))
        .filter(place=0)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    last = employments.order_by("-person_id").values_list("person_id", flat=True).first()
    if last is None:
        return []
    return [PkRange(*pair) for pair in pairwise([*firsts, last + 1])]
