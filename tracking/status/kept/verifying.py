"""Compares everything kept with what follows from the facts, and repairs what differs.

Facts may be written while it runs: what is kept of the people they are about is compared at the
end, under the lock of fact writing, together with the counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from foundation.facts import take_batch_lock
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.status.computing import computed_table
from tracking.status.engine import PkRange, compute, count, ground_at, partitions
from tracking.status.kept.changes import changes_since
from tracking.status.kept.counts import Counts, Where, contributions, differences
from tracking.status.kept.moving import rewrite, row_of
from tracking.status.kept.rows import STATUS_FIELDS, named_counts, status_rows
from tracking.status.known import Known
from tracking.status.models import (
    COUNTED,
    Generation,
    TargetStatus,
    UnitCount,
    Verification,
)
from tracking.status.results import TargetResult

# Differences that are told one by one; the rest are counted.
MOST_TOLD = 1000
# When the ground moves under the comparison it is begun again, so many times.
ATTEMPTS = 3

Key = tuple[int, str]  # person, target
Row = tuple[Any, ...]  # what STATUS_FIELDS say after them


class NothingKept(LookupError):
    """There are no kept figures to compare."""


class MovedAway(RuntimeError):
    """Units or targets changed, or a day began, while the figures were compared."""


@dataclass(slots=True)
class Found:
    """Where what is kept differs from what follows from the facts."""

    people: int = 0
    statuses: dict[Key, tuple[Row | None, Row | None]] = field(default_factory=dict)
    counts: dict[Where, tuple[list[int], list[int]]] = field(default_factory=dict)


def verify(*, repair: bool = False, steps: Steps = UNWATCHED) -> Verification:
    """Compare the current figures with the facts, and keep what came out.

    Raises NothingKept before the first figures are kept, and MovedAway when something that
    concerns everybody happened each time it was tried.
    """
    began = monotonic()
    for _attempt in range(ATTEMPTS):
        generation = Generation.objects.current()
        if generation is None:
            raise NothingKept
        found, expected = _compared(generation, steps)
        with transaction.atomic():
            take_batch_lock()
            now = Generation.objects.current()
            if now is None or not _settled(found, expected, generation, now):
                continue
            if repair:
                _repair(now, found)
            return _remember(now, found, repaired=repair, seconds=monotonic() - began)
    raise MovedAway


def _compared(generation: Generation, steps: Steps) -> tuple[Found, Counts]:
    """The statuses that differ, and what the counts should be, at the generation's stand."""
    known = Known.through(generation.batch)
    ground = ground_at(generation.as_of, known)
    found = Found()
    expected: Counts = {}
    parts = partitions(known)
    for part in steps.each([*parts, _outside(parts)], gettext("Comparing")):
        frames = compute(ground, known, part)
        found.people += int(frames.status["person"].nunique())
        right = {row[1:3]: row[3:] for row in status_rows(generation, ground, frames)}
        kept = _kept(generation, part)
        for key in right.keys() | kept.keys():
            if right.get(key) != kept.get(key):
                found.statuses[key] = kept.get(key), right.get(key)
        for where, numbers in named_counts(ground, count(ground, frames)):
            row = expected.setdefault(where, [0] * len(COUNTED))
            row[:] = map(sum, zip(row, numbers, strict=True))
    return found, expected


def _outside(parts: list[PkRange]) -> PkRange:
    """Keys above the last part's: rows kept there are of nobody."""
    return PkRange(parts[-1].end if parts else 0, 2**62)


def _kept(generation: Generation, part: PkRange) -> dict[Key, Row]:
    rows = TargetStatus.objects.filter(
        generation=generation, person__gte=part.first, person__lt=part.end
    )
    return {(row[0], row[1]): tuple(map(_said, row[2:])) for row in rows.values_list(*FIELDS)}


FIELDS = STATUS_FIELDS[1:]


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _settled(found: Found, expected: Counts, then: Generation, now: Generation) -> bool:
    """Bring what was found to the stand that the figures have now, and compare the counts.

    False when that can't be done person by person. With the lock held.
    """
    if now.pk != then.pk or now.as_of != then.as_of:
        return False
    changes = changes_since(then, batch=now.batch, as_of=then.as_of)
    if changes.ground:
        return False
    touched = changes.people
    for key in [key for key in found.statuses if key[0] in touched]:
        del found.statuses[key]
    before = computed_table(as_of=then.as_of, batch=then.batch, persons=touched)
    after = computed_table(as_of=now.as_of, batch=now.batch, persons=touched)
    for where, numbers in differences(
        contributions(after.results, after.units),
        contributions(before.results, before.units),
    ).items():
        row = expected.setdefault(where, [0] * len(COUNTED))
        row[:] = map(sum, zip(row, numbers, strict=True))
    found.statuses |= _differing(now, touched, after.results)
    kept = {
        (unit, target, area): list(numbers)
        for unit, target, area, *numbers in UnitCount.objects.filter(generation=now)
        .values_list("unit_code", "target_code", "area", *COUNTED)
        .iterator(chunk_size=20_000)
    }
    nobody = [0] * len(COUNTED)
    for where in kept.keys() | expected.keys():
        sides = kept.get(where, nobody), expected.get(where, nobody)
        if sides[0] != sides[1]:
            found.counts[where] = sides
    return True


def _differing(
    generation: Generation, people: frozenset[int], results: list[TargetResult]
) -> dict[Key, tuple[Row | None, Row | None]]:
    right = {(one.person, one.target): row_of(one) for one in results}
    rows = TargetStatus.objects.filter(generation=generation, person__in=people)
    kept = {(row[0], row[1]): tuple(map(_said, row[2:])) for row in rows.values_list(*FIELDS)}
    return {
        key: (kept.get(key), right.get(key))
        for key in right.keys() | kept.keys()
        if kept.get(key) != right.get(key)
    }


def _repair(generation: Generation, found: Found) -> None:
    """Write what should stand; with the lock held. Counts are set, not moved: they were wrong."""
    people = {person for person, _target in found.statuses}
    for some in _at_once(sorted(people)):
        rewrite(generation, some)
    rows = UnitCount.objects.filter(generation=generation)
    for (unit, target, area), (_kept_counts, right) in found.counts.items():
        rows.update_or_create(
            generation=generation,
            unit_code=unit,
            target_code=target,
            area=area,
            defaults=dict(zip(COUNTED, right, strict=True)),
        )


def _at_once(keys: list[int], size: int = 500) -> Iterator[list[int]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _remember(
    generation: Generation, found: Found, *, repaired: bool, seconds: float
) -> Verification:
    told: list[dict[str, Any]] = [
        {"what": "status", "key": list(key), "kept": kept, "expected": right}
        for key, (kept, right) in sorted(found.statuses.items())
    ]
    told += [
        {"what": "count", "key": list(where), "kept": kept, "expected": right}
        for where, (kept, right) in sorted(found.counts.items())
    ]
    return Verification.objects.create(
        ran_at=timezone.now(),
        seconds=round(seconds, 3),
        as_of=generation.as_of,
        batch=generation.batch,
        people=found.people,
        wrong_statuses=len(found.statuses),
        wrong_counts=len(found.counts),
        repaired=repaired and bool(told),
        differences=told[:MOST_TOLD],
    )
