"""How a running job says how far it has come, and hears that it is to stop."""

import time
from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar
from uuid import UUID

from foundation.jobs.models import Job
from foundation.outbox import HandedBack
from foundation.stopping import stopping

Item = TypeVar("Item")
WRITES_APART_SECONDS = 0.5


class JobCancelled(Exception):
    """Its owner asked for the job to end."""


class JobTakenOver(Exception):
    """Another worker has the job: this one was silent for too long."""


class Steps(Protocol):
    """What a long action tells of its way; it may be broken off at each of these calls."""

    def begin(self, phase: str, total: int = 0) -> None:
        """A new part of the work, of `total` steps (0: not known)."""

    def each(self, items: Iterable[Item], phase: str, total: int | None = None) -> Iterator[Item]:
        """The items one by one, each a step."""


class _Unwatched:
    def begin(self, phase: str, total: int = 0) -> None:
        return

    def each(self, items: Iterable[Item], phase: str, total: int | None = None) -> Iterator[Item]:
        return iter(items)


UNWATCHED: Steps = _Unwatched()


class Progress:
    """Written to the job at most twice a second. Report outside transactions: there nobody sees it.

    Each report is a place where the job may end: what it has done so far must be whole, or undone.
    """

    def __init__(self, job: Job, run: UUID) -> None:
        self._job, self._run = job.pk, run
        self._written = 0.0
        self._done = self._total = 0

    def begin(self, phase: str, total: int = 0) -> None:
        """A new part of the work, of `total` steps (0: not known)."""
        self._done, self._total = 0, total
        self._write(phase=phase)

    def report(self, done: int, total: int | None = None) -> None:
        """So many steps are done."""
        self._done = done
        self._total = self._total if total is None else total
        if time.monotonic() - self._written >= WRITES_APART_SECONDS:
            self._write()

    def each(self, items: Iterable[Item], phase: str, total: int | None = None) -> Iterator[Item]:
        """The items one by one, each a step."""
        steps = len(items) if total is None and isinstance(items, Sized) else total or 0
        self.begin(phase, steps)
        for count, item in enumerate(items, start=1):
            yield item
            self.report(count)

    def _write(self, **more: str) -> None:
        self._written = time.monotonic()
        mine = Job.objects.filter(pk=self._job, run=self._run)
        if not mine.update(done=self._done, total=self._total, **more):
            raise JobTakenOver
        if mine.filter(cancel_asked=True).exists():
            raise JobCancelled
        if stopping.is_set():
            raise HandedBack
