"""Reads the kept points of units and targets, for the lines of the trend."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from tracking.forecast.models import TrendCount
from tracking.forecast.points import Point
from tracking.status.models import COUNTED
from tracking.status.results import UnitSummary
from tracking.status.rules import Status

Trends = dict[tuple[str, str], list[Point]]


def trend(
    units: Collection[str],
    targets: Collection[str],
    until: date,
    *,
    since: date | None = None,
    whole: Collection[str] = (),
) -> Trends:
    """Points by unit and target, in order of their days, through `until`. One query.

    Each is as it was known on its own day, and so never changes. A unit has points of the days on
    which anybody in it was in the target's audience; without any it is not among them.

    `since`: points from that day on; of the units in `whole` all there are.
    """
    rows = TrendCount.objects.filter(unit_code__in=units, target_code__in=targets, day__lte=until)
    if since is not None:
        rows = rows.filter(Q(day__gte=since) | Q(unit_code__in=whole))
    found: Trends = {}
    fields = ("day", "unit_code", "target_code", "target_share", *COUNTED)
    for day, unit, target, share, *numbers in rows.order_by("day").values_list(*fields):
        counts = UnitSummary(unit, target, share, dict(zip(Status, numbers, strict=True)))
        found.setdefault((unit, target), []).append(Point(day, counts))
    return found
