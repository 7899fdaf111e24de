"""A job as its owner's pages show it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext

from foundation.components.numbers import number
from foundation.jobs.actions import RESULT_KEPT, errors_of
from foundation.jobs.kinds import KINDS, JobError, NextStep
from foundation.jobs.models import Job, JobState

ERRORS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ShownJob:
    """What the component `job` shows; without `may_read` nothing of what it found."""

    title: str
    state: str
    label: str
    words: str  # how far it has come
    done: int
    total: int
    is_over: bool
    is_cancelling: bool
    created_at: datetime
    ended_at: datetime | None
    may_read: bool
    outcome: str
    errors: list[JobError]
    error_count: int
    kept_until: datetime | None  # None: nothing there to fetch
    is_swept: bool  # there was, but no more
    next_step: NextStep | None
    page_url: str
    state_url: str
    cancel_url: str
    result_url: str
    errors_url: str
    file_name: str


def shown_job(job: Job, on: date) -> ShownJob:
    """The job on the day it is looked at: whether the owner may have what it made is asked anew."""
    kind, may_read = KINDS.get(job.kind), may_read_result(job, on)

    def url(name: str) -> str:
        return reverse(f"jobs:{name}", args=[job.public_id])

    return ShownJob(
        title=job.title,
        state=job.state,
        label=str(JobState(job.state).label).capitalize(),
        words=progress_words(job),
        done=job.done,
        total=job.total,
        is_over=job.is_over,
        is_cancelling=job.cancel_asked and not job.is_over,
        created_at=job.created_at,
        ended_at=job.ended_at,
        may_read=may_read,
        outcome=job.outcome if may_read else "",
        errors=errors_of(job)[:ERRORS_SHOWN] if may_read else [],
        error_count=job.error_count if may_read else 0,
        kept_until=job.ended_at + RESULT_KEPT if job.result and job.ended_at else None,
        is_swept=job.swept_at is not None and bool(job.result_name or job.error_count),
        next_step=kind.next_step(job) if kind and may_read and not job.swept_at else None,
        page_url=url("page"),
        state_url=url("state"),
        cancel_url=url("cancel"),
        result_url=url("result"),
        errors_url=url("errors"),
        file_name=job.result_name,
    )


def may_read_result(job: Job, on: date) -> bool:
    """Whether the owner may have what the job found, on the day it is asked for."""
    kind = KINDS.get(job.kind)
    return kind is not None and job.is_over and kind.may_read(job, on)


def progress_words(job: Job) -> str:
    """ "Läser rader: 1 200 av 3 400", or what there is to say before anybody knows how many."""
    if job.state == JobState.QUEUED:
        return gettext("Waiting for its turn.")
    if not job.total:
        return f"{job.phase} …" if job.phase else gettext("Beginning …")
    counts = {"phase": job.phase, "done": number(job.done), "total": number(job.total)}
    return gettext("%(phase)s: %(done)s of %(total)s") % counts
