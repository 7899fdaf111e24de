"""What reports offer as files: each a document, made at once or, when it is long, as a job.

Whoever asks has the rights of the moment: they are asked when the file is made and again when it is
fetched. A report registers itself with an instance of `Offer`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from foundation.components.numbers import number
from foundation.documents import Document, write
from foundation.formats import file_name
from foundation.jobs.actions import start_job
from foundation.jobs.kinds import JobFailed, Outcome, ResultFile, job_kind
from foundation.jobs.models import Job
from foundation.jobs.progress import UNWATCHED, Progress, Steps
from tracking.organisation.models import User

KIND = "export-document"
# Cells that are made while the reader waits. A cell costs 0.02-0.03 ms of processor time to work
# out and write (docs/benchmarks.md), so these take half a second, and a busy or slower machine has
# another half. The largest district stays below; the whole city does not.
MOST_CELLS_AT_ONCE = 20_000
# A page is set, not only written.
SET = {"pdf": 3, "docx": 6}


class Unanswerable(Exception):
    """The address asks for what its page has to explain."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a file would be called, and about how many cells it has."""

    title: str
    cells: int = 0

    def is_large(self, form: str) -> bool:
        """Whether it takes longer than a reader waits."""
        return self.cells * SET.get(form, 1) > MOST_CELLS_AT_ONCE


def _nothing(_form: str) -> None:
    return


@dataclass(frozen=True, slots=True)
class Made:
    """A report worked out. `about`: keys of the people it names; `told` writes down that the file
    was made, in the form it is given.
    """

    document: Document
    stem: str
    rows: int
    about: list[int] = field(default_factory=list)
    told: Callable[[str], None] = _nothing


class Offer(ABC):
    """A report that can be had as a file. `page` is the name of the page's address, `carries` the
    parameters of it that say what is asked for.
    """

    code: ClassVar[str]
    page: ClassVar[str]
    carries: ClassVar[tuple[str, ...]]
    forms: ClassVar[tuple[str, ...]] = ("xlsx", "csv", "pdf")

    @abstractmethod
    def weigh(self, user: User, query: QueryDict) -> Weight:
        """How large it would be, at the price of few queries.

        Raises PermissionDenied, or Unanswerable where the page has to say why.
        """

    @abstractmethod
    def make(self, user: User, query: QueryDict, steps: Steps = UNWATCHED) -> Made:
        """Exactly what the page of this address shows to this reader; raises as `weigh`."""

    @abstractmethod
    def may_read(self, user: User, query: QueryDict, about: list[int], on: date) -> bool:
        """Whether a file made before, about these people, is still the reader's to have."""


OFFERS: dict[str, Offer] = {}


def offer(kind: type[Offer]) -> type[Offer]:
    """`@offer`: registers a report."""
    OFFERS[kind.code] = kind()
    return kind


def document_bytes(made: Made, form: str) -> bytes:
    """The file, while its reader waits."""
    file = BytesIO()
    write(_stamped(made.document, timezone.now()), form, file)
    return file.getvalue()


def name_of(made: Made, form: str) -> str:
    """What the file is called."""
    return file_name(made.stem, form)


def start_document_job(*, owner: User, report: str, query: QueryDict, form: str) -> Job:
    """A job that makes the file; the same one when it is under way already.

    `query` must say its day: the job may run tomorrow.
    """
    title = OFFERS[report].weigh(owner, query).title
    return start_job(
        kind=KIND,
        owner=owner,
        title=title,
        arguments={"report": report, "query": query.urlencode(), "form": form},
    )


def _may_read(job: Job, on: date) -> bool:
    """Whether everything the file says is still the owner's to see."""
    report = OFFERS.get(job.arguments.get("report", ""))
    if job.owner is None or report is None:
        return False
    return report.may_read(job.owner, QueryDict(job.arguments["query"]), job.about, on)


@job_kind(KIND, may_read=_may_read)
def export_document(job: Job, progress: Progress) -> Outcome:
    """The file, by the rights its owner has when it is made."""
    form, report = str(job.arguments["form"]), OFFERS[job.arguments["report"]]
    refused = JobFailed(gettext("You may not see this any more."))
    if job.owner is None:
        raise refused
    try:
        made = report.make(job.owner, QueryDict(job.arguments["query"]), progress)
    except (PermissionDenied, Unanswerable) as error:
        raise refused from error
    text = ngettext(
        "The file holds %(count)s row.", "The file holds %(count)s rows.", made.rows
    ) % {"count": number(made.rows)}
    file = ResultFile(name_of(made, form), document_bytes(made, form))
    return Outcome(text, file, about=made.about, told=partial(made.told, form))


def _stamped(document: Document, now: datetime) -> Document:
    return replace(document, about=replace(document.about, made_at=now))
