"""The data quality is read anew."""

from celery import shared_task
from django.utils import timezone

from foundation.intervals import today
from tracking.quality.actions import TASK, take_reading


@shared_task(name=TASK)
def read_quality() -> None:
    """Every night, and soon after every import."""
    take_reading(on=today(), now=timezone.now())
