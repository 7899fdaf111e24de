"""Gathers the foundation's tasks for Celery."""

from foundation.jobs.tasks import run_job, tidy_jobs
from foundation.working import run_outbox_row, sweep_outbox

__all__ = ["run_job", "run_outbox_row", "sweep_outbox", "tidy_jobs"]
