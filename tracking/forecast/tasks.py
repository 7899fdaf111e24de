"""What workers do to keep the points of the trend."""

from celery import shared_task
from django.db import transaction

from foundation.intervals import today
from foundation.outbox import put
from tracking.forecast.foretelling import make_forecasts, missing_runs
from tracking.forecast.keeping import keep_points, missing_days

KEEP = "tracking.keep_trend"
FORETELL = "tracking.foretell"
# Days counted in one go: each takes some seconds at 50,000 people, and the queue is for others too.
AT_ONCE = 4
# Each of these counts some twenty days.
FORETOLD_AT_ONCE = 1
SOFT_SECONDS = 30 * 60
HARD_SECONDS = 31 * 60


@shared_task(name=KEEP, soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def keep_trend() -> None:
    """Count the past days that are missing, a few at a time; the rest has its turn after others.

    Six times an hour, so that a new week-end is there soon after midnight; two small queries when
    nothing is missing.
    """
    on = today()
    if missing_days(on) and keep_points(today=on, most=AT_ONCE):
        with transaction.atomic():
            put(KEEP, key="trend")


@shared_task(name=FORETELL, soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def foretell() -> None:
    """Make the week's forecasts, and look back on those of the months: one day at a time.

    Six times an hour, as the points are kept; a few small queries when nothing is missing.
    """
    on = today()
    if missing_runs(on) and make_forecasts(today=on, most=FORETOLD_AT_ONCE):
        with transaction.atomic():
            put(FORETELL, key="foretell")
