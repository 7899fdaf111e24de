"""What is done every night and morning for the scorecards."""

from celery import shared_task
from django.utils import timezone

from foundation.intervals import today
from tracking.scorecards import making, nagging


@shared_task(name=making.TASK)
def make_reporting_periods() -> None:
    """Make the periods that are coming."""
    making.make_periods(on=today())


@shared_task(name=nagging.TASK, soft_time_limit=300, time_limit=330)
def nag_about_scorecards() -> None:
    """Every morning: remind those whose scorecard is not signed."""
    nagging.nag(on=today(), now=timezone.now())


@shared_task(name=nagging.SEND, soft_time_limit=60, time_limit=90)
def send_scorecard_nag(nag: int) -> None:
    """One reminder, to those who answer for the committee on the day it leaves."""
    nagging.send(nag=nag, on=today())
