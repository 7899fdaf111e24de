"""Keeps the points of the trend: counts the days that are missing, a few at a time.

Week-ends of the last quarter for every unit; before that month-ends, for committees and
departments. A day is counted as known at its end, and so comes out the same whenever it is made.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from foundation.bulk import insert_rows
from foundation.facts import FactBatch, batch_at
from foundation.intervals import STOCKHOLM
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.forecast.models import TREND_FIELDS, TrendCount, TrendDay
from tracking.organisation.queries import OrganisationDay, organisation_on
from tracking.status.kept.counts import Counts
from tracking.status.kept.snapshots import counted
from tracking.status.models import ALL_AREAS
from tracking.status.queries import target_rows

# So long every week-end is kept, of every unit: the pace looks back over eight of them.
WEEK_ENDS = timedelta(weeks=13)
# So many month-ends are kept: a programme's five years.
MONTH_ENDS = 60
# Units whose points stay: the city, its committees and their departments.
DEPTH = 3
SUNDAY = 6


def keep_points(*, today: date, most: int | None = None, steps: Steps = UNWATCHED) -> int:
    """Count and keep the missing days, the latest first; gives how many are still missing.

    `most`: so many at once. Days that are not wanted any more go, and what is kept of older ones
    is thinned.
    """
    _forget_overtaken()
    missing = missing_days(today)
    now = missing if most is None else missing[:most]
    for day in steps.each(now, gettext("Counting past days")):
        keep_day(day, is_thinned=day < today - WEEK_ENDS)
    _thin(today)
    return len(missing) - len(now)


def missing_days(today: date) -> list[date]:
    """The wanted days that are not kept yet, the latest first. Two queries."""
    kept = set(TrendDay.objects.values_list("day", flat=True))
    return [day for day in wanted_days(today) if day not in kept]


def wanted_days(today: date) -> list[date]:
    """The days to keep, the latest first: none on whose evening nothing was known yet."""
    first = FactBatch.objects.order_by("id").values_list("recorded_at", flat=True).first()
    if first is None:
        return []
    since = first.astimezone(STOCKHOLM).date()
    days = {*week_ends(today), *month_ends(today)}
    return sorted((day for day in days if day >= since), reverse=True)


def week_ends(today: date) -> Iterator[date]:
    """The Sundays of the last quarter, the latest first, before `today`."""
    sunday = today - timedelta(days=(today.weekday() - SUNDAY) % 7 or 7)
    while sunday >= today - WEEK_ENDS:
        yield sunday
        sunday -= timedelta(weeks=1)


def month_ends(today: date) -> Iterator[date]:
    """The last days of the months before `today`, the latest first."""
    for back in range(MONTH_ENDS):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        day = date(year, month + 1, monthrange(year, month + 1)[1])
        if day < today:
            yield day


def keep_day(day: date, *, is_thinned: bool) -> None:
    """Count one day as known at its end, and keep it; once, whoever else does the same."""
    batch = batch_at(end_of(day)) or 0
    sums = counted(as_of=day, batch=batch)
    tree = organisation_on(day, batch)
    shares = {row.code: row.share for row in target_rows(batch)}
    kept = larger_units(tree) if is_thinned else None
    try:
        with transaction.atomic():
            TrendDay.objects.create(
                day=day, batch=batch, is_thinned=is_thinned, made_at=timezone.now()
            )
            insert_rows(TrendCount, TREND_FIELDS, _rows(day, sums, shares, kept))
    except IntegrityError:  # somebody else has just kept it
        return


def end_of(day: date) -> datetime:
    """The day's last moment in Stockholm."""
    return datetime.combine(day, time.max, STOCKHOLM)


def _rows(
    day: date, sums: Counts, shares: dict[str, int], kept: frozenset[str] | None
) -> Iterator[list[int | str]]:
    for (unit, target, area), numbers in sorted(sums.items()):
        if area == ALL_AREAS and (kept is None or unit in kept):
            yield [day.isoformat(), unit, target, shares[target], *numbers]


def larger_units(tree: OrganisationDay) -> frozenset[str]:
    """The units whose points stay."""
    return frozenset(code for code in tree.units if len(tree.path(code)) <= DEPTH)


def _thin(today: date) -> None:
    """Take away the days nobody wants any more, and the small units of days long ago."""
    wanted = set(wanted_days(today))
    for kept in TrendDay.objects.all():
        if kept.day not in wanted:
            _forget(kept)
        elif not kept.is_thinned and kept.day < today - WEEK_ENDS:
            large = larger_units(organisation_on(kept.day, kept.batch))
            with transaction.atomic():
                rows = TrendCount.objects.filter(day=kept.day)
                rows.exclude(unit_code__in=large).delete()
                TrendDay.objects.filter(pk=kept.pk).update(is_thinned=True)


def _forget_overtaken() -> None:
    """History moved over from an earlier system may be recorded before days that are kept.

    Only behind the last batch that is known of (foundation.facts): so only the days that know of
    no later one can be concerned.
    """
    last = TrendDay.objects.order_by("-batch").values_list("batch", flat=True).first()
    for kept in TrendDay.objects.filter(batch=last) if last else ():
        if batch_at(end_of(kept.day)) != kept.batch:
            _forget(kept)


def forget_everything() -> None:
    """Take all points away; they follow from the facts and are counted anew."""
    for kept in TrendDay.objects.all():
        _forget(kept)


@transaction.atomic
def _forget(kept: TrendDay) -> None:
    TrendCount.objects.filter(day=kept.day).delete()
    kept.delete()
