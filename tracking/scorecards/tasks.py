"""What is done every night for the scorecards."""

from celery import shared_task

from foundation.intervals import today
from tracking.scorecards import making


@shared_task(name=making.TASK)
def make_reporting_periods() -> None:
    """Make the periods that are coming."""
    making.make_periods(on=today())
