"""Makes the periods ahead of time; the only way a period enters by itself."""

from datetime import date

from django.db import transaction

from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import User
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


@transaction.atomic
def set_report_by(*, period: ReportingPeriod, report_by: date, actor: User) -> ReportingPeriod:
    """Set the last day to report; nothing else of a period is ever changed."""
    if period.report_by == report_by:
        return period
    period.report_by = report_by
    period.save(update_fields=["report_by"])
    detail: dict[str, str | int] = {"period": period.code, "senast": report_by.isoformat()}
    record(AuditEvent.PERIOD_CHANGED, actor=actor, detail=detail)
    return period
