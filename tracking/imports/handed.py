"""Files handed over in the browser: kept, tried, applied and removed."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext, ngettext

from foundation.intervals import today
from foundation.jobs.actions import start_job
from foundation.jobs.kinds import JobError, JobFailed, NextStep, Outcome, job_kind
from foundation.jobs.models import Job, JobState, private_storage
from foundation.jobs.progress import Progress
from tracking.imports.actions import import_files
from tracking.imports.forms import LABELS, is_workbook
from tracking.imports.keeping import details, kept_report, remove_old_reports
from tracking.imports.kinds.base import Options
from tracking.imports.models import ImportFile
from tracking.imports.problems import ImportRefused, Problem
from tracking.imports.rules import may_import
from tracking.imports.words import counts_words
from tracking.organisation.models import User

TRY, APPLY = "import-try", "import-apply"
FILE_KEPT = timedelta(days=7)


def hand_over(
    *,
    kind: str,
    file: "UploadedFile[Any]",
    partial: bool,
    actor: User,
    full: bool = False,
    force: bool = False,
) -> Job:
    """Keep the file, and try it: the job says what would change and what is wrong."""
    suffix = ".xlsx" if is_workbook(file) else ".csv"
    handed = ImportFile(
        kind=kind,
        name=harmless_name(file.name or "", suffix),
        partial=partial,
        full=full,
        force=force,
        uploaded_by=actor,
        uploaded_at=timezone.now(),
    )
    # The row first: a file that nothing knows of would never be removed.
    handed.place = f"imports/{handed.public_id}{suffix}"
    handed.save(force_insert=True)
    private_storage().save(handed.place, file)
    return _start(TRY, handed, actor)


def apply_file(*, handed: ImportFile, actor: User) -> Job:
    """Bring the file that was tried in; the same job when it is under way already."""
    return _start(APPLY, handed, actor)


def harmless_name(name: str, suffix: str) -> str:
    """A name to show: letters, digits and a few signs, without any folder."""
    stem = get_valid_filename(Path(name.replace("\\", "/")).stem or "fil")
    return f"{stem[:80].strip('._') or 'fil'}{suffix}"


def remove_old_files(*, now: datetime) -> None:
    """Files go a week after they came, applied or not."""
    for handed in ImportFile.objects.filter(uploaded_at__lte=now - FILE_KEPT):
        private_storage().delete(handed.place)
        handed.delete()
    remove_old_reports(now=now)


def _start(kind: str, handed: ImportFile, actor: User) -> Job:
    what = str(LABELS[handed.kind])
    title = gettext("Trial of %(file)s") if kind == TRY else gettext("Import of %(file)s")
    return start_job(
        kind=kind,
        owner=actor,
        title=f"{title % {'file': handed.name}} – {what}",
        arguments={"file": str(handed.public_id)},
    )


def _may_read(job: Job, on: date) -> bool:
    return job.owner is not None and may_import(job.owner, on)


def _apply_next(job: Job) -> NextStep | None:
    """After a trial that went well: the button that brings the same file in."""
    handed = ImportFile.objects.filter(public_id=job.arguments.get("file")).first()
    if job.state != JobState.DONE or handed is None:
        return None
    text = gettext("Nothing has been changed yet. This brings the same file in.")
    if job.error_count:
        text = gettext("Nothing has been changed yet. This brings in the rows without faults.")
    url = reverse("imports:apply", args=[handed.public_id])
    return NextStep(url, gettext("Bring the file in"), text)


@job_kind(TRY, may_read=_may_read, next_step=_apply_next, details=details)
def try_file(job: Job, progress: Progress) -> Outcome:
    """What the file would change, without changing it."""
    return _bring(job, progress, dry_run=True)


@job_kind(APPLY, may_read=_may_read, details=details)
def bring_in(job: Job, progress: Progress) -> Outcome:
    """The file's facts; brought twice they change nothing the second time."""
    return _bring(job, progress, dry_run=False)


def _bring(job: Job, progress: Progress, *, dry_run: bool) -> Outcome:
    handed = ImportFile.objects.filter(public_id=job.arguments["file"]).first()
    if handed is None or not private_storage().exists(handed.place):
        raise JobFailed(gettext("The file is no longer kept. Hand it over again."))
    if not _may_read(job, today()):
        raise JobFailed(gettext("You may not bring files in any more."))
    day = today()
    with _on_disk(handed) as path, kept_report(job) as look:
        try:
            result = import_files(
                handed.kind,
                [path],
                options=Options(today=day, full=handed.full, as_of=day, force=handed.force),
                actor=job.owner,
                partial=handed.partial,
                dry_run=dry_run,
                steps=progress,
                look=look,
            )
        except ImportRefused as refused:
            text = ngettext(
                "%(count)d error. Nothing was changed.",
                "%(count)d errors. Nothing was changed.",
                len(refused.problems),
            )
            said = text % {"count": len(refused.problems)}
            raise JobFailed(said, _errors(refused.problems)) from refused
    said = "\n".join([f"{counts_words(result, dry_run=dry_run)}.", *result.warnings])
    return Outcome(said, errors=_errors(result.problems))


@contextmanager
def _on_disk(handed: ImportFile) -> Iterator[Path]:
    """Within: the file under the name its owner knows, wherever it is kept."""
    with tempfile.TemporaryDirectory(prefix="kompetens-import-") as folder:
        path = Path(folder) / handed.name
        with private_storage().open(handed.place) as kept, path.open("wb") as copy:
            shutil.copyfileobj(kept, copy)
        yield path


def _errors(problems: Iterable[Problem]) -> list[JobError]:
    return [JobError(one.place, one.value, one.expected) for one in problems]
