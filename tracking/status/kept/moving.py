"""Moves the kept figures on: the people concerned, in the transaction of what concerns them.

Whoever moves holds the lock of fact writing, so that what is known now is what the batch says.
"""

import json
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from tracking.organisation.models import Employment
from tracking.status.audience import Place
from tracking.status.computing import computed_table
from tracking.status.kept import counts
from tracking.status.models import BY_NUMBER, NUMBERS, Generation, TargetStatus
from tracking.status.results import TargetResult
from tracking.targets.expressions import folded

Key = tuple[int, str]
WRITTEN = ("status", "completed_on", "valid_through", "due_on", "start", "places")
PEOPLE_AT_ONCE = 500


def move_people(
    generation: Generation, people: Collection[int], *, batch: int, as_of: date
) -> None:
    """Bring these people's rows and their units' counts to (`as_of`, `batch`), and the generation
    with them: nobody else is concerned by the way there.
    """
    keys = sorted(people)
    for at in range(0, len(keys), PEOPLE_AT_ONCE):
        _move(generation, keys[at : at + PEOPLE_AT_ONCE], as_of)
    generation.batch, generation.as_of = batch, as_of
    generation.save(update_fields=["batch", "as_of", "areas"])


def _move(generation: Generation, people: list[int], as_of: date) -> None:
    table = computed_table(as_of=as_of, persons=people)
    old = {
        (row.person, row.target_code): row
        for row in TargetStatus.objects.filter(generation=generation, person__in=people)
    }
    new = {(one.person, one.target): one for one in table.results}
    changed = {key for key, one in new.items() if key not in old or _differs(old[key], one)}
    gone = old.keys() - new.keys()
    before = [result(old[key]) for key in {*gone, *(changed & old.keys())}]
    after = [new[key] for key in changed]
    difference = counts.differences(
        counts.contributions(after, table.units), counts.contributions(before, table.units)
    )
    _write(generation, after)
    if gone:
        TargetStatus.objects.filter(pk__in=[old[key].pk for key in gone]).delete()
    _learn_areas(generation, after)
    counts.add(generation, difference)


def rewrite(generation: Generation, people: list[int]) -> None:
    """Make these people's rows what the facts say, whatever stands there. Counts are left."""
    table = computed_table(as_of=generation.as_of, persons=people)
    rows = TargetStatus.objects.filter(generation=generation, person__in=people)
    rows.delete()
    _write(generation, table.results)


def result(row: TargetStatus) -> TargetResult:
    """What a kept row says."""
    return TargetResult(
        person=row.person,
        target=row.target_code,
        status=BY_NUMBER[row.status],
        completed_on=row.completed_on,
        valid_through=row.valid_through,
        due_on=row.due_on,
        start=row.start,
        places=places_of(row.places),
    )


@lru_cache(maxsize=10_000)  # few by far: as many as units, times the areas of each
def places_of(text: str) -> frozenset[Place]:
    """The places a kept row names."""
    return frozenset(Place(unit, area) for unit, area in json.loads(text))


def row_of(one: TargetResult) -> tuple[Any, ...]:
    """What the row of a result says after its person and target, days as ISO texts."""
    days = (one.completed_on, one.valid_through, one.due_on, one.start)
    said = (day.isoformat() if day else None for day in days)
    return (NUMBERS[one.status], *said, places_text(one.places))


def places_text(places: Iterable[Place]) -> str:
    """Places as a row says them: the same ones always in the same words."""
    return json.dumps([list(place) for place in sorted(places)], ensure_ascii=False)


def _differs(row: TargetStatus, one: TargetResult) -> bool:
    return result(row) != one


def _write(generation: Generation, results: Iterable[TargetResult]) -> None:
    TargetStatus.objects.bulk_create(
        [
            TargetStatus(
                generation=generation,
                person=one.person,
                target_code=one.target,
                status=NUMBERS[one.status],
                completed_on=one.completed_on,
                valid_through=one.valid_through,
                due_on=one.due_on,
                start=one.start,
                places=places_text(one.places),
            )
            for one in results
        ],
        update_conflicts=True,
        unique_fields=["generation", "person", "target_code"],
        update_fields=WRITTEN,
    )


def _learn_areas(generation: Generation, results: Iterable[TargetResult]) -> None:
    held = {place.area for one in results for place in one.places if place.area}
    if not held <= generation.areas.keys():
        generation.areas = area_names()


def area_names(batch: int | None = None) -> dict[str, str]:
    """Business areas as somebody wrote them, by their folded form; the first by code point.

    Those of employments known through the batch (None: now).
    """
    written = Employment.objects.known_by(batch).values_list("business_area", flat=True)
    names: dict[str, str] = {}
    for name in written.order_by("business_area").distinct():
        if folded(name):
            names.setdefault(folded(name), name)
    return names
