"""What people's results come to in units, and adding it to the counts that are kept."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection

from tracking.organisation.queries import OrganisationDay
from tracking.status.models import ALL_AREAS, COUNTED, NUMBERS, Generation, UnitCount, area_key
from tracking.status.results import TargetResult

Where = tuple[str, str, str]  # unit, target, area key
Counts = dict[Where, list[int]]  # one number for each status


def contributions(
    results: Iterable[TargetResult], tree: OrganisationDay
) -> Counter[tuple[str, str, str, int]]:
    """How many people each unit, target, area and status (its number) has of these results.

    A person counts once in a unit with all below it, and once in each area held there.
    """
    found: Counter[tuple[str, str, str, int]] = Counter()
    for result in results:
        counted = set()
        for place in result.places:
            for unit in tree.path(place.unit):
                counted.add((unit, ALL_AREAS))
                counted.add((unit, area_key(place.area)))
        number = NUMBERS[result.status]
        for unit, area in counted:
            found[unit, result.target, area, number] += 1
    return found


def differences(
    new: Mapping[tuple[str, str, str, int], int], old: Mapping[tuple[str, str, str, int], int]
) -> Counts:
    """What has to be added to the counts for `old` to become `new`."""
    found: Counts = {}
    for sign, side in ((1, new), (-1, old)):
        for (unit, target, area, number), count in side.items():
            row = found.setdefault((unit, target, area), [0] * len(COUNTED))
            row[number] += sign * count
    return {where: row for where, row in found.items() if any(row)}


def add(generation: Generation, counts: Counts) -> None:
    """Add to the counts kept. In order, so that two writers never wait for each other in a ring.

    Inside the transaction that writes what the counts are of.
    """
    table = UnitCount._meta.db_table
    names = ("generation_id", "unit_code", "target_code", "area", *COUNTED)
    sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in COUNTED)
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks}) "  # nosec B608
            f"ON CONFLICT (generation_id, unit_code, area, target_code) DO UPDATE SET {sums}",
            [(generation.pk, *where, *counts[where]) for where in sorted(counts)],
        )
