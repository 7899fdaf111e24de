"""Where the report of an import lies, between the worker that wrote it and the page of it."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, cast, overload

from django.core.files import File
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from foundation.jobs.models import Job, private_storage
from tracking.imports.actions import Look
from tracking.imports.changes import labels, seen, shown, surprises
from tracking.imports.report import ORDER, PER_PAGE, Change, Report, write_report

FOLDER = "import-reports"
KEPT = timedelta(days=7)


def place_of(job: Job) -> str:
    """Always the same for a job, so that a second attempt leaves none behind."""
    return f"{FOLDER}/{job.public_id}.zip"


@contextmanager
def kept_report(job: Job) -> Iterator[Look]:
    """Within: what writes the report; it is kept also when the import is then refused."""
    with tempfile.TemporaryDirectory(prefix="kompetens-report-") as folder:
        path = Path(folder) / "report.zip"

        def look(kind: Any, table: Any, sheets: Any, problems: Any) -> None:
            write_report(path, kind, table, sheets, problems)

        try:
            yield look
        finally:
            if path.exists():
                _store(path, place_of(job))


def _store(path: Path, place: str) -> None:
    storage = private_storage()
    storage.delete(place)
    with path.open("rb") as content:
        storage.save(place, File(content))


def remove_old_reports(*, now: datetime) -> None:
    """Reports go when files do."""
    storage = private_storage()
    with suppress(FileNotFoundError):
        for name in storage.listdir(FOLDER)[1]:
            place = f"{FOLDER}/{name}"
            if storage.get_modified_time(place) <= now - KEPT:
                storage.delete(place)


class _Kept(Sequence[Change]):
    """One way of changing, page by page, as a paginator asks for it."""

    def __init__(self, report: Report, what: str) -> None:
        self.report, self.what = report, what

    def __len__(self) -> int:
        return self.report.summary["counts"].get(self.what, 0)

    @overload
    def __getitem__(self, at: int) -> Change: ...
    @overload
    def __getitem__(self, at: slice) -> list[Change]: ...
    def __getitem__(self, at: int | slice) -> Change | list[Change]:
        if isinstance(at, int):
            return self.report.changes(self.what, at // PER_PAGE + 1)[at % PER_PAGE]
        return self.report.changes(self.what, (at.start or 0) // PER_PAGE + 1) if len(self) else []


def details(job: Job, request: HttpRequest) -> SafeString:
    """What the job's page shows below: the changes, page by page, and the bad rows in place."""
    try:
        file = private_storage().open(place_of(job))
    except FileNotFoundError:
        return SafeString("")
    with file:
        report = Report(cast(IO[bytes], file.file))
        summary = report.summary
        present = [what for what in ORDER if summary["counts"].get(what)]
        chosen = request.GET.get("visa", "")
        chosen = chosen if chosen in present else (present[0] if present else "")
        page = Paginator(_Kept(report, chosen), PER_PAGE).get_page(request.GET.get("sida"))
        rows = shown(summary["kind"], list(page.object_list)) if chosen else []
        seen(request, rows)
        context = {
            "places": report.places(),
            "summary": summary,
            "surprises": surprises(summary),
            "tabs": [(what, labels()[what], summary["counts"][what]) for what in present],
            "chosen": chosen,
            "chosen_label": labels().get(chosen, ""),
            "page": page,
            "rows": rows,
            "query": f"visa={chosen}&",
        }
        return SafeString(render_to_string("imports/_report.html", context, request))  # nosec B703
