"""The tasks that run and tidy jobs."""

from celery import shared_task
from django.utils import timezone

from foundation.jobs import actions

# Half an hour, and a minute to put things in order.
SOFT_LIMIT_SECONDS = 30 * 60
HARD_LIMIT_SECONDS = 31 * 60


@shared_task(
    name=actions.RUN_JOB, soft_time_limit=SOFT_LIMIT_SECONDS, time_limit=HARD_LIMIT_SECONDS
)
def run_job(job: int) -> None:
    """One job by its number."""
    actions.run_job(job)


@shared_task(name="foundation.tidy_jobs")
def tidy_jobs() -> None:
    """Old results go; jobs nobody will run are ended."""
    actions.tidy_jobs(now=timezone.now())
