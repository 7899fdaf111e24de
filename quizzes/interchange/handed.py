"""Files of questions handed over in the browser: kept, looked through, brought in and removed.

What is small is done at once, and what is large by a job; both ways through the same functions.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from foundation.jobs.actions import start_job
from foundation.jobs.kinds import JobFailed, Outcome, job_kind
from foundation.jobs.models import Job, private_storage
from foundation.jobs.progress import UNWATCHED, Progress, Steps
from quizzes.interchange.actions import bring_in
from quizzes.interchange.drafts import drafts_of
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.models import QuestionFile
from quizzes.interchange.plan import plan
from quizzes.interchange.report import Row, rows_of, summary_of
from quizzes.interchange.rules import may_exchange
from quizzes.interchange.source import FileRefused
from tracking.organisation.models import User

LOOK, BRING = "questions-look", "questions-bring"
FILE_KEPT = timedelta(days=7)
# What is read in a request; more is read by a job.
SMALL = 200 * 1024


def hand_over(
    *, file: "UploadedFile[Any]", name: str, form: str, source: str, actor: User, now: datetime
) -> QuestionFile:
    """Keep the file and look through it. Nothing of it comes into the bank."""
    handed = QuestionFile(name=name, form=form, source=source, uploaded_by=actor, uploaded_at=now)
    # The row first: a file that nothing knows of would never be removed.
    handed.place = f"questions/{handed.public_id}.{FORMATS[form].ending}"
    handed.save(force_insert=True)
    private_storage().save(handed.place, file)
    if (file.size or 0) <= SMALL:
        look_through(handed=handed)
    else:
        _start(LOOK, handed, actor, gettext("Looking through %(file)s"))
    return handed


def look_through(*, handed: QuestionFile, steps: Steps = UNWATCHED) -> None:
    """Work out what each question would become; raises nothing for what is wrong in the file."""
    try:
        drafts = drafts_of(_data(handed), handed.form, steps)
    except FileRefused as refused:
        handed.trouble = str(refused)
        handed.save(update_fields=["trouble"])
        return
    handed.rows = [row.plain() for row in rows_of(plan(drafts, source=handed.source))]
    handed.save(update_fields=["rows"])


def confirm(*, handed: QuestionFile, actor: User) -> None:
    """Bring in the file that was looked through; done twice is the same as once."""
    if len(handed.rows or []) and _size(handed) <= SMALL:
        bring_file_in(handed=handed, actor=actor, now=timezone.now())
    else:
        _start(BRING, handed, actor, gettext("Bringing in the questions of %(file)s"))


def bring_file_in(*, handed: QuestionFile, actor: User | None, now: datetime) -> None:
    """Write its questions as drafts, all at once, and keep what became of each."""
    # Read before anything is locked: others wait only for what is written.
    drafts = drafts_of(_data(handed), handed.form)
    with transaction.atomic():
        locked = QuestionFile.objects.select_for_update().get(pk=handed.pk)
        if locked.brought_in_at is not None:
            return
        planned = plan(drafts, source=locked.source)
        done = bring_in(planned=planned, source=locked.source, actor=actor)
        locked.rows = [row.plain() for row in rows_of(done)]
        locked.brought_in_at = now
        locked.save(update_fields=["rows", "brought_in_at"])


def rows_in(handed: QuestionFile) -> list[Row]:
    """What became, or would become, of each question."""
    return [Row(**row) for row in handed.rows or []]


def remove_old_files(*, now: datetime) -> None:
    """Files go a week after they came, brought in or not."""
    for handed in QuestionFile.objects.filter(uploaded_at__lte=now - FILE_KEPT):
        private_storage().delete(handed.place)
        handed.delete()


def _data(handed: QuestionFile) -> bytes:
    with private_storage().open(handed.place) as file:
        data: bytes = file.read()
        return data


def _size(handed: QuestionFile) -> int:
    return int(private_storage().size(handed.place))


def _start(kind: str, handed: QuestionFile, actor: User, title: str) -> Job:
    return start_job(
        kind=kind,
        owner=actor,
        title=title % {"file": handed.name},
        arguments={"file": str(handed.public_id)},
    )


def _may_read(job: Job, _on: date) -> bool:
    return isinstance(job.owner, User) and may_exchange(job.owner)


def _handed(job: Job, on: date) -> QuestionFile:
    handed = QuestionFile.objects.filter(public_id=job.arguments["file"]).first()
    if handed is None or not private_storage().exists(handed.place):
        raise JobFailed(gettext("The file is no longer kept. Hand it over again."))
    if not _may_read(job, on):
        raise JobFailed(gettext("You may not bring files in any more."))
    return handed


@job_kind(LOOK, may_read=_may_read)
def look(job: Job, progress: Progress) -> Outcome:
    """What a large file would change, without changing it."""
    handed = _handed(job, timezone.localdate())
    look_through(handed=handed, steps=progress)
    if handed.trouble:
        raise JobFailed(handed.trouble)
    said = gettext("Nothing has been changed yet. Go back to the file's page to bring it in.")
    return Outcome(f"{summary_of(rows_in(handed))} {said}")


@job_kind(BRING, may_read=_may_read)
def bring(job: Job, progress: Progress) -> Outcome:
    """A large file's questions; brought twice they change nothing the second time."""
    handed = _handed(job, timezone.localdate())
    progress.begin(gettext("Writing the questions"))
    owner = job.owner if isinstance(job.owner, User) else None
    bring_file_in(handed=handed, actor=owner, now=timezone.now())
    handed.refresh_from_db()
    return Outcome(summary_of(rows_in(handed)))
