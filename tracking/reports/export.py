"""The matrix of Mina medarbetare as a file: small ones at once, larger ones as a job."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from io import BytesIO, StringIO

from django.http import QueryDict
from django.utils.translation import gettext, pgettext

from foundation.facts import batch_at
from foundation.formats import file_name, inert, write_csv, write_xlsx
from foundation.intervals import today
from foundation.jobs.actions import start_job
from foundation.jobs.kinds import JobFailed, Outcome, ResultFile, job_kind
from foundation.jobs.models import Job
from foundation.jobs.progress import UNWATCHED, Progress, Steps
from tracking.organisation.models import Employment, User
from tracking.organisation.queries import organisation_on
from tracking.organisation.rules import visible_to
from tracking.reports.asked import LIST, Asked, asked_staff, carried
from tracking.reports.seen import staff_exported
from tracking.reports.staff import StaffRow, file_header, file_row, outside_words
from tracking.status.queries import target_rows

KIND = "export-staff"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# People × targets that are made while the reader waits. A cell costs 0.02-0.03 ms of processor time
# to work out and write (docs/benchmarks.md), so these take half a second, and a busy or slower
# machine has another half. The largest district stays below; the whole city does not.
MOST_CELLS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class StaffFile:
    """The file, and whom it names."""

    name: str
    content: bytes
    about: list[int]


def is_large(unit: str, on: date, known_at: datetime | None = None) -> bool:
    """Whether a file about the unit is made as a job. Few queries, none of which counts cells."""
    batch = batch_at(known_at)
    tree = organisation_on(on, batch)
    there = Employment.objects.known_by(batch).on(on)
    codes = tree.counting_in(tree.subtree(unit))
    if codes is not None:
        there = there.filter(unit_code__in=codes)
    people = there.order_by().values("person").distinct().count()
    targets = sum(row.in_force.covers(on) for row in target_rows(batch))
    return people * targets > MOST_CELLS_AT_ONCE


def staff_file(asked: Asked, form: str, steps: Steps = UNWATCHED) -> StaffFile:
    """What the address shows, as `form` ("csv" or "xlsx"); `asked` must have its report."""
    assert asked.report is not None
    assert asked.filters is not None
    report = asked.report
    titles = [gettext("Name"), pgettext("employment", "Role"), gettext("Unit")]
    header = file_header(report, titles, gettext("valid through or due"))
    rows = [file_row(report, row) for row in steps.each(asked.rows, gettext("Writing rows"))]
    if report.outside and not asked.filters.filters.narrows:
        rows.append([outside_words(report.outside)])
    name = file_name(f"medarbetare-{report.unit[:64]}-{report.as_of:%Y-%m-%d}", form)
    if form == "csv":
        text = StringIO(newline="")
        # A workbook says of each cell that it is text; in CSV a spreadsheet guesses.
        harmless = [[inert(cell) for cell in row] for row in rows]
        write_csv(text, [str(inert(name)) for name in header], harmless)
        content = text.getvalue().encode("utf-8-sig")
    else:
        file = BytesIO()
        write_xlsx(file, header, rows)
        content = file.getvalue()
    return StaffFile(name, content, _named(asked.rows))


def start_staff_export(*, owner: User, asked: QueryDict, unit_name: str, form: str) -> Job:
    """A job that makes the file; the same one when it is under way already."""
    query = carried(asked, [name for name in LIST if name != "sida"])
    query.setdefault("datum", today().isoformat())
    return start_job(
        kind=KIND,
        owner=owner,
        title=gettext("Staff of %(unit)s") % {"unit": unit_name},
        arguments={"query": query.urlencode(), "form": form},
    )


def _may_read(job: Job, on: date) -> bool:
    """Whether everybody the file names is still the owner's to see, by name."""
    if job.owner is None:
        return False
    scope = visible_to(job.owner, on)
    return scope.roles.sees_staff and all(scope.sees(person) for person in job.about)


@job_kind(KIND, may_read=_may_read)
def export_staff(job: Job, progress: Progress) -> Outcome:
    """The file, by the rights its owner has when it is made."""
    owner, form = job.owner, str(job.arguments["form"])
    refused = gettext("You may not see these people any more.")
    scope = visible_to(owner, today()) if owner else None
    if owner is None or scope is None or not scope.roles.sees_staff:
        raise JobFailed(refused)
    asked = asked_staff(QueryDict(job.arguments["query"]), scope, progress)
    if asked.report is None or asked.filters is None or not asked.filters.is_valid():
        raise JobFailed(refused)
    made = staff_file(asked, form, progress)
    text = gettext("The file holds %(count)d rows.") % {"count": len(asked.rows)}
    return Outcome(
        text,
        ResultFile(made.name, made.content),
        about=made.about,
        told=partial(staff_exported, owner, scope, asked.report, asked.rows, form),
    )


def _named(rows: Iterable[StaffRow]) -> list[int]:
    return [row.person for row in rows if row.person is not None]
