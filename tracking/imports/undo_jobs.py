"""Undoing an import from its page: tried first, as files are."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from foundation.facts import FactBatch
from foundation.intervals import today
from foundation.jobs.actions import start_job
from foundation.jobs.kinds import JobError, JobFailed, NextStep, Outcome, job_kind
from foundation.jobs.models import Job, JobState
from foundation.jobs.progress import Progress
from tracking.imports.forms import LABELS
from tracking.imports.problems import ImportRefused
from tracking.imports.rules import may_import
from tracking.imports.undoing import kind_of, undo_import
from tracking.imports.words import undo_words
from tracking.organisation.models import User

TRY, UNDO = "import-undo-try", "import-undo"


def try_undoing(*, batch: FactBatch, actor: User) -> Job:
    """Say what undoing would change, and whether anything stands in its way."""
    return _start(TRY, batch, actor)


def undo(*, batch: FactBatch, actor: User) -> Job:
    """Undo it; the same job when it is under way already."""
    return _start(UNDO, batch, actor)


def _start(kind: str, batch: FactBatch, actor: User) -> Job:
    what = str(LABELS[kind_of(batch) or ""])
    title = gettext("Trial of undoing %(file)s") if kind == TRY else gettext("Undoing %(file)s")
    named = {"file": batch.file_name or str(batch.pk)}
    return start_job(
        kind=kind, owner=actor, title=f"{title % named} – {what}", arguments={"batch": batch.pk}
    )


def _may_read(job: Job, on: date) -> bool:
    return job.owner is not None and may_import(job.owner, on)


def _then(job: Job) -> NextStep | None:
    """After a trial that nothing stood in the way of: the button."""
    if job.state != JobState.DONE or "batch" not in job.arguments:
        return None
    url = reverse("imports:undo", args=[job.arguments["batch"]])
    text = gettext(
        "Nothing has been changed. What was known while the import stood can still be asked for."
    )
    return NextStep(url, gettext("Undo the import"), text)


@job_kind(TRY, may_read=_may_read, next_step=_then)
def try_to_undo(job: Job, progress: Progress) -> Outcome:
    """What undoing would change."""
    return _undo(job, progress, dry_run=True)


@job_kind(UNDO, may_read=_may_read)
def undo_it(job: Job, progress: Progress) -> Outcome:
    """A second time it says that it is done."""
    return _undo(job, progress, dry_run=False)


def _undo(job: Job, progress: Progress, *, dry_run: bool) -> Outcome:
    if not _may_read(job, today()):
        raise JobFailed(gettext("You may not bring files in any more."))
    batch = FactBatch.objects.get(pk=job.arguments["batch"])
    try:
        result = undo_import(batch, actor=job.owner, dry_run=dry_run, steps=progress)
    except ImportRefused as refused:
        text = ngettext(
            "The import can't be undone: %(count)d thing stands in the way. Nothing was changed.",
            "The import can't be undone: %(count)d things stand in the way. Nothing was changed.",
            len(refused.problems),
        )
        said = text % {"count": len(refused.problems)}
        errors = [JobError(one.place, one.value, one.expected) for one in refused.problems]
        raise JobFailed(said, errors) from refused
    return Outcome(f"{undo_words(result, dry_run=dry_run)}.")
