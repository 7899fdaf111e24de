"""What administrators see of the work in the background: names, keys, kinds of error and times.

Nothing of what a task was working on: arguments, titles and results are not read here.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import Min

from foundation.jobs.actions import RUN_JOB
from foundation.jobs.models import Job, JobState
from foundation.outbox import OutboxRow, State, put

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Background:
    """How much there is to do, since when, and what has failed."""

    waiting: int
    running: int
    oldest_due: datetime | None
    dead_rows: models.QuerySet[OutboxRow]
    failed_jobs: models.QuerySet[Job]


def background(now: datetime) -> Background:
    """The work in the background at this moment."""
    counts = dict(OutboxRow.objects.values_list("state").annotate(models.Count("pk")))
    jobs = Job.objects.filter(state=JobState.FAILED).exclude(error="").filter(swept_at=None)
    return Background(
        waiting=counts.get(State.WAITING, 0),
        running=counts.get(State.RUNNING, 0),
        oldest_due=oldest_due(now),
        dead_rows=OutboxRow.objects.dead().defer("arguments").order_by("-failed_at")[:SHOWN],
        failed_jobs=jobs.only("pk", "public_id", "kind", "error", "ended_at", "created_at")[:SHOWN],
    )


def oldest_due(now: datetime) -> datetime | None:
    """Since when something has been due; None when nothing is. Also a figure to watch over."""
    found = OutboxRow.objects.due(now).aggregate(oldest=Min("due_at"))["oldest"]
    return found if isinstance(found, datetime) else None


def retry_job(pk: int) -> bool:
    """Have a job that failed unforeseen done again; False when it can't be, or runs already."""
    try:
        with transaction.atomic():
            failed = Job.objects.filter(pk=pk, state=JobState.FAILED, swept_at=None)
            if not failed.exclude(error="").update(
                state=JobState.QUEUED,
                cancel_asked=False,
                outcome="",
                error="",
                errors=[],
                error_count=0,
                ended_at=None,
            ):
                return False
            job = Job.objects.only("pk", "public_id").get(pk=pk)
            # A row that died with the job's workers gives way to the new one.
            OutboxRow.objects.dead().filter(task=RUN_JOB, key=str(job.public_id)).delete()
            put(RUN_JOB, key=str(job.public_id), job=job.pk)
    except IntegrityError:  # its owner has started the same again meanwhile
        return False
    return True
