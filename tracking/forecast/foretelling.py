"""Makes the forecasts that pages show, and looks back on those of past month-ends: by night.

Units are those whose points stay (the city, committees, departments): in a smaller one a single
person is too large a part. Everything follows from the facts and may be thrown away.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, islice

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from foundation.bulk import Value, insert_rows
from foundation.facts import FactBatch, batch_at
from foundation.intervals import STOCKHOLM
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.forecast.hindsight import hindsight, outlooks_of
from tracking.forecast.keeping import end_of, larger_units, month_ends, week_ends
from tracking.forecast.models import Forecast, ForecastRun, ForecastTried
from tracking.forecast.outlook import Counting
from tracking.forecast.prognosis import WEEKS, prognosis
from tracking.forecast.verdict import (
    NOTHING,
    TRIED_DAYS,
    TRIED_WEEKS,
    Tried,
    Verdict,
    tried_for,
    verdict_of,
)
from tracking.organisation.queries import organisation_on
from tracking.status.rules import TargetRow
from tracking.status.target_rows import target_rows
from tracking.targets.models import Level

Run = tuple[date, int]  # as ForecastRun has it
WEEK = timedelta(weeks=1)
TRIED_FIELDS = (
    *("day", "weeks", "unit_code", "target_code"),
    *("error", "line_error", "as_is_error", "held"),
)
FORECAST_FIELDS = (
    *("unit_code", "target_code", "made_on", "due_on", "share"),
    *("low", "middle", "high", "chance", "per_week", "needed_per_week", "weeks_left"),
    *("base", "done"),
    *("tried_weeks", "tried", "error", "line_error", "as_is_error", "held"),
)


def make_forecasts(*, today: date, most: int | None = None, steps: Steps = UNWATCHED) -> int:
    """Make what is missing, the looking back first; gives how much is still missing.

    `most`: so many days at once.
    """
    missing = missing_runs(today)
    now = missing if most is None else missing[:most]
    for day, weeks in steps.each(now, gettext("Making forecasts")):
        if weeks:
            _look_back(day, weeks)
        else:
            _foretell(day)
    _forget_unwanted(today)
    return len(missing) - len(now)


def missing_runs(today: date) -> list[Run]:
    """What is to be made, in order: deadlines last, for they are told with what was found."""
    made = {(run.day, run.weeks): run.batch for run in ForecastRun.objects.all()}
    wanted = wanted_runs(today)
    batches = {day: batch_at(end_of(day)) for day, _weeks in wanted}
    return [run for run in wanted if made.get(run) != batches[run[0]]]


def wanted_runs(today: date) -> list[Run]:
    """The same, made or not: looked back on only as far as anything was known to tell rates of."""
    first = FactBatch.objects.order_by("id").values_list("recorded_at", flat=True).first()
    if first is None:
        return []
    since = first.astimezone(STOCKHOLM).date()
    looked_back = [
        (day, weeks)
        for day in islice(month_ends(today), TRIED_DAYS)
        for weeks in TRIED_WEEKS
        if day - (weeks + WEEKS) * WEEK >= since
    ]
    return [*looked_back, *((day, 0) for day in islice(week_ends(today), 1) if day >= since)]


def _look_back(day: date, weeks: int) -> None:
    batch = batch_at(end_of(day)) or 0
    counting, codes = _counting(day, batch), frozenset(required_targets(batch, day))
    rows: list[list[Value]] = [
        [
            *(day.isoformat(), weeks, one.unit, one.target),
            *(one.error, one.line_error, one.as_is_error, one.held),
        ]
        for one in hindsight(counting, day, weeks, codes)
    ]
    try:
        with transaction.atomic():
            _forget(day, weeks)
            ForecastRun.objects.create(day=day, weeks=weeks, batch=batch, made_at=timezone.now())
            insert_rows(ForecastTried, TRIED_FIELDS, rows)
    except IntegrityError:  # somebody else has just made it
        return


def _foretell(day: date) -> None:
    batch = batch_at(end_of(day)) or 0
    rows = list(_foretold(day, batch))
    try:
        with transaction.atomic():
            Forecast.objects.all().delete()
            ForecastRun.objects.filter(weeks=0).delete()
            ForecastRun.objects.create(day=day, weeks=0, batch=batch, made_at=timezone.now())
            insert_rows(Forecast, FORECAST_FIELDS, rows)
    except IntegrityError:
        return


def _foretold(day: date, batch: int) -> Iterator[list[Value]]:
    """The forecasts of every deadline to come, as rows."""
    counting, verdicts = _counting(day, batch), _verdicts()
    targets = [
        one for one in required_targets(batch, day).values() if one.due_on and one.due_on > day
    ]
    targets.sort(key=lambda one: (str(one.due_on), one.code))
    for due_on, group in groupby(targets, key=lambda one: one.due_on):
        assert due_on is not None
        shares = {one.code: one.share for one in group}
        codes = frozenset(shares)
        for where, standing in sorted(counting.of(due_on, day, codes).items()):
            unit, code = where
            found = prognosis(
                outlooks_of(counting, where, due_on, day, codes), due_on, shares[code]
            )
            if found is None:
                continue
            weeks = tried_for(found.weeks_left)
            verdict = verdicts.get((unit, code, weeks or 0), NOTHING)
            told = (found.low, found.middle, found.high, found.chance)
            paces = (found.per_week, found.needed_per_week, found.weeks_left)
            days = (day.isoformat(), due_on.isoformat())
            yield [unit, code, *days, shares[code], *told, *paces, *standing, *verdict]


def _verdicts() -> dict[tuple[str, str, int], Verdict]:
    """What was found looking back, by unit, target and weeks ahead."""
    tried: dict[tuple[str, str, int], list[Tried]] = {}
    rows = ForecastTried.objects.order_by("day").values_list(*TRIED_FIELDS[1:])
    for weeks, unit, target, *numbers in rows.iterator():
        tried.setdefault((unit, target, weeks), []).append(Tried(*numbers))
    return {where: verdict_of(where[2], made) for where, made in tried.items()}


def _counting(day: date, batch: int) -> Counting:
    return Counting(larger_units(organisation_on(day, batch)))


def required_targets(batch: int, day: date) -> dict[str, TargetRow]:
    """The targets that have a goal to reach, in force on the day."""
    return {
        row.code: row
        for row in target_rows(batch)
        if row.level != Level.OFFERED and row.in_force.covers(day)
    }


def _forget_unwanted(today: date) -> None:
    wanted = set(wanted_runs(today))
    for run in ForecastRun.objects.exclude(weeks=0):
        if (run.day, run.weeks) not in wanted:
            with transaction.atomic():
                _forget(run.day, run.weeks)


def _forget(day: date, weeks: int) -> None:
    ForecastTried.objects.filter(day=day, weeks=weeks).delete()
    ForecastRun.objects.filter(day=day, weeks=weeks).delete()


@transaction.atomic
def forget_forecasts() -> None:
    """Take all of it away; it follows from the facts and is made anew."""
    for model in (Forecast, ForecastTried, ForecastRun):
        model.objects.all().delete()
