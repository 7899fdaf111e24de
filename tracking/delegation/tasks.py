"""Ends what a manager lent and no longer has."""

from celery import shared_task
from django.utils import timezone

from foundation.intervals import today
from tracking.delegation.actions import end_outlived


@shared_task(name="tracking.end_outlived_delegations")
def end_outlived_delegations() -> None:
    """Six times an hour: a manager who left, by a file or by the day, lends nothing any more."""
    end_outlived(on=today(), now=timezone.now())
