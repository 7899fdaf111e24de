"""Starts, runs, cancels and sweeps jobs."""

import hashlib
import json
import logging
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import IntegrityError, InterfaceError, OperationalError, models, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext

from foundation.failures import Failure
from foundation.jobs.kinds import KINDS, JobError, JobFailed, Outcome, ResultFile
from foundation.jobs.models import UNDONE, Job, JobState, private_storage
from foundation.jobs.progress import JobCancelled, JobTakenOver, Progress
from foundation.outbox import WORKER_LOST, HandedBack, OutboxRow, State, put

log = logging.getLogger(__name__)

RUN_JOB = "foundation.run_job"
RESULT_KEPT = timedelta(days=7)
JOB_KEPT = timedelta(days=90)
SETTLED = timedelta(minutes=5)
# More errors than anybody mends by hand: the file's source is wrong, not its rows.
MOST_ERRORS = 10_000


def start_job(*, kind: str, owner: models.Model, title: str, arguments: Mapping[str, Any]) -> Job:
    """A job to be run soon; the one that waits or runs already when it is the same one."""
    KINDS[kind]
    said = json.dumps([kind, arguments], sort_keys=True)
    fingerprint = hashlib.sha256(said.encode()).hexdigest()
    while True:
        same = Job.objects.of(owner).undone().filter(fingerprint=fingerprint).first()
        if same is not None:
            return same
        try:
            with transaction.atomic():
                job = Job.objects.create(
                    kind=kind,
                    title=title[:200],
                    owner_id=owner.pk,
                    language=get_language() or "sv",
                    arguments=dict(arguments),
                    fingerprint=fingerprint,
                    created_at=timezone.now(),
                )
                put(RUN_JOB, key=str(job.public_id), job=job.pk)
        except IntegrityError:  # a double click: the other one was first
            continue
        return job


def cancel_job(*, job: Job) -> None:
    """Ask the job to end; one that has not begun ends at once."""
    now = timezone.now()
    queued = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
    if not queued.update(state=JobState.CANCELLED, cancel_asked=True, ended_at=now):
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_asked=True)


def run_job(job_id: int) -> None:
    """Do the job, from the start, unless it is over; what goes wrong is said on its page.

    Raises HandedBack when the worker is to stop, and the database's own absence: then the row of
    the outbox brings it back.
    """
    run = uuid.uuid4()
    now = timezone.now()
    undone = Job.objects.undone().filter(pk=job_id)
    if not undone.update(state=JobState.RUNNING, run=run, done=0, total=0, phase=""):
        return
    Job.objects.filter(pk=job_id, started_at=None).update(started_at=now)
    job = Job.objects.select_related("owner").get(pk=job_id)
    with translation.override(job.language):
        try:
            outcome = KINDS[job.kind].run(job, Progress(job, run))
            _end(job, run, JobState.DONE, outcome)
        except JobTakenOver:
            return
        except (HandedBack, OperationalError, InterfaceError):
            raise
        except JobCancelled:
            _end(job, run, JobState.CANCELLED, Outcome())
        except JobFailed as failed:
            _end(job, run, JobState.FAILED, Outcome(failed.text, errors=failed.errors))
        except SoftTimeLimitExceeded:
            text = gettext("It took longer than a job may, and was stopped.")
            _end(job, run, JobState.FAILED, Outcome(text), error="SoftTimeLimitExceeded")
        except Exception as error:  # said to the owner without what only we understand
            told = {"job": f"{job.kind} {job.public_id}"}
            log.error("The job with number %d failed: %s", job.pk, Failure(error), extra=told)
            text = gettext("Something went wrong on our side. Nothing was half done.")
            _end(job, run, JobState.FAILED, Outcome(text), error=type(error).__qualname__)


def _end(job: Job, run: uuid.UUID, state: JobState, outcome: Outcome, *, error: str = "") -> None:
    """Write what the job came to, once, with what is told of it: another attempt's word is left
    alone, and one that died before this has told nothing.
    """
    ended: dict[str, Any] = {
        "state": state,
        "outcome": outcome.text,
        "errors": [list(one) for one in outcome.errors[:MOST_ERRORS]],
        "error_count": len(outcome.errors),
        "about": outcome.about,
        "error": error[:120],
        "ended_at": timezone.now(),
        "run": None,
    }
    if state == JobState.DONE:
        ended["done"] = F("total")  # the last step was seldom the one that was written
    if outcome.file:
        ended |= {"result": _store(job, outcome.file), "result_name": outcome.file.name[:200]}
    with transaction.atomic():
        if Job.objects.filter(pk=job.pk, run=run).update(**ended):
            outcome.told()


def _store(job: Job, file: ResultFile) -> str:
    """The file's place; always the same for a job, so that a second attempt leaves none behind."""
    storage = private_storage()
    place = f"jobs/{job.public_id}{Path(file.name).suffix}"
    if isinstance(file.content, bytes):
        return str(storage.save(place, ContentFile(file.content)))
    with file.content.open("rb") as content:
        return str(storage.save(place, File(content)))


def fail_lost_jobs(*, now: datetime) -> int:
    """End the jobs that no row of the outbox will ever run; gives how many."""
    alive = OutboxRow.objects.exclude(state=State.DEAD).filter(task=RUN_JOB)
    # One just begun may have a row that was not there to be read a moment ago.
    settled = Job.objects.undone().filter(created_at__lt=now - SETTLED)
    lost = settled.exclude(
        pk__in=[given["job"] for given in alive.values_list("arguments", flat=True)]
    )
    text = gettext("The job was broken off again and again, and is not tried any more.")
    ended = {"outcome": text, "error": WORKER_LOST, "ended_at": now, "run": None}
    return lost.update(state=JobState.FAILED, **ended)


def tidy_jobs(*, now: datetime) -> None:
    """Sweep results after a week with all they said of people, and jobs after three months."""
    fail_lost_jobs(now=now)
    old = Job.objects.filter(swept_at=None, ended_at__lte=now - RESULT_KEPT).exclude(
        state__in=UNDONE
    )
    for job in old.light():
        if job.result:
            private_storage().delete(job.result)
        Job.objects.filter(pk=job.pk).update(
            result="", errors=[], about=[], arguments={}, swept_at=now
        )
    Job.objects.filter(ended_at__lte=now - JOB_KEPT).exclude(swept_at=None).delete()


def errors_of(job: Job) -> list[JobError]:
    """The errors that were kept."""
    return [JobError(*one) for one in job.errors]
