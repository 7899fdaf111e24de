"""The registry of kinds: what a job of each does, and who may still have what it made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.safestring import SafeString

from foundation.jobs.models import Job
from foundation.jobs.progress import Progress


class JobError(NamedTuple):
    """One thing that was wrong: where, what stood there, and what was expected."""

    place: str
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A file for the owner: its name, and where it lies now or what it says."""

    name: str
    content: bytes | Path


def _nothing_told() -> None:
    return


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job came to. `told` is called where the job ends, in the transaction that ends it:
    what has to be written down of the file exactly once, however often the job was begun.
    """

    text: str = ""
    file: ResultFile | None = None
    errors: list[JobError] = field(default_factory=list)
    about: list[int] = field(default_factory=list)  # people named in the file
    told: Callable[[], None] = _nothing_told


class JobFailed(Exception):
    """It could not be done, for a reason its owner understands."""

    def __init__(self, text: str, errors: list[JobError] | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.errors = errors or []


@dataclass(frozen=True, slots=True)
class NextStep:
    """What may follow a job: a button that posts to `url`, or leads there, after `text`."""

    url: str
    label: str
    text: str = ""
    posts: bool = True


Run = Callable[[Job, Progress], Outcome]
MayRead = Callable[[Job, date], bool]
Next = Callable[[Job], NextStep | None]
Details = Callable[[Job, HttpRequest], SafeString]


def _anything(_job: Job, _on: date) -> bool:
    return True


def _nothing(_job: Job) -> NextStep | None:
    return None


def no_details(_job: Job, _request: HttpRequest) -> SafeString:
    """Nothing beside what every job says."""
    return SafeString("")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job. `may_read`: whether the owner may have the result on a day, whenever asked."""

    name: str
    run: Run
    may_read: MayRead = _anything
    next_step: Next = _nothing
    # What its page shows of one that is over, below what every job says; asked for by its owner.
    details: Details = no_details


KINDS: dict[str, Kind] = {}


def job_kind(
    name: str,
    *,
    may_read: MayRead = _anything,
    next_step: Next = _nothing,
    details: Details = no_details,
) -> Callable[[Run], Run]:
    """`@job_kind("export-staff")`: registers the function that does such a job.

    It is run again from the start when its worker dies, and so must be safe to run twice.
    """

    def register(run: Run) -> Run:
        KINDS[name] = Kind(name, run, may_read, next_step, details)
        return run

    return register
