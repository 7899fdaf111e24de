"""Makes the periods ahead of time; the only way a period enters by itself."""

from datetime import date

from django.db import transaction

from tracking.scorecards.models import ReportingPeriod
from tracking.scorecards.periods import periods_around

TASK = "tracking.make_reporting_periods"


@transaction.atomic
def make_periods(*, on: date) -> int:
    """Make the periods around the day that are missing; gives how many. Twice is as once.

    What a coordinator has set for a period that is there stays.
    """
    wanted = periods_around(on)
    rows = [ReportingPeriod(**one._asdict()) for one in wanted]
    there = ReportingPeriod.objects.filter(code__in=[one.code for one in wanted])
    missing = len(wanted) - there.count()
    ReportingPeriod.objects.bulk_create(rows, ignore_conflicts=True)
    return missing
