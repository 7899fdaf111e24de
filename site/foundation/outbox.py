"""The outbox: what must happen after a commit is a row written in the same transaction.

A row names a Celery task and the primitives it takes. A worker claims the row, runs the task and
takes the row away; what fails is tried again later and later, and in the end lies dead until an
administrator looks at it. Whoever dies while holding a row loses it when the lease runs out, and
the task is run again: every task is written so that twice is the same as once.
"""

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from celery import Task, current_app
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.failures import Failure
from foundation.tracing import request_id, traced

log = logging.getLogger(__name__)

# Failures before a row lies dead, and how long it waits after each: 10 s, 30 s, 90 s … an hour.
# Together a little over nine hours: a night without a mail server loses nothing.
MOST_ATTEMPTS = 15
FIRST_WAIT = timedelta(seconds=10)
WAITS_GROW_BY = 3
LONGEST_WAIT = timedelta(hours=1)
# Workers that died while they held the row: whatever kills its worker must not do so for ever.
MOST_CRASHES = 5
WORKER_LOST = "WorkerLost"


class HandedBack(Exception):
    """The worker is to stop: the row goes back as it was, for the next worker."""


class State(models.TextChoices):
    """A row that is done is no more."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DEAD = "dead", _("failed")


class OutboxQuerySet(models.QuerySet["OutboxRow"]):
    """Rows by what is to be done with them."""

    def due(self, now: datetime) -> "OutboxQuerySet":
        """Rows to run: their time has come, or whoever held them has not been heard of."""
        waiting = Q(state=State.WAITING, due_at__lte=now)
        return self.filter(waiting | Q(state=State.RUNNING, lease_until__lte=now))

    def dead(self) -> "OutboxQuerySet":
        """Rows nobody tries any more."""
        return self.filter(state=State.DEAD)


class OutboxRow(models.Model):
    """Something to be done once the transaction that wrote it has been committed."""

    task = models.CharField(_("task"), max_length=120)
    key = models.CharField(_("key"), max_length=200, blank=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("due"))
    attempts = models.PositiveSmallIntegerField(_("failures"), default=0)
    crashes = models.PositiveSmallIntegerField(_("crashes"), default=0)
    # Who holds a running row, and until when nobody else may.
    holder = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    # When it was last handed to the broker; a message may be lost, the row is not.
    handed_at = models.DateTimeField(null=True, blank=True)
    # The class of what went wrong and nothing else: messages quote the data that caused them.
    error = models.CharField(_("error"), max_length=120, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    # The request that caused it, so that the log lines of both can be found together.
    request_id = models.CharField(max_length=36, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of the outbox")
        verbose_name_plural = _("rows of the outbox")
        constraints = [
            # A running row does not count: what it read may be older than what is asked for now.
            models.UniqueConstraint(
                fields=["task", "key"],
                condition=Q(state=State.WAITING) & ~Q(key=""),
                name="outbox_one_waiting",
            )
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="outbox_state_due")]

    def __str__(self) -> str:
        return f"{self.task} {self.key}".strip()


def put(
    task: str, *, key: str = "", not_before: datetime | None = None, **arguments: int | str
) -> None:
    """Have `task` run with `arguments` after the commit; call it inside the transaction.

    `task` is the name of a registered Celery task (KeyError otherwise). With a `key` one row waits
    at a time: a second one takes the first one's place, with the earlier of both moments. Put what
    has a key last in the transaction: others who put the same wait until it ends.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The outbox is written in a transaction.")
    current_app.tasks[task]
    now = timezone.now()
    due = not_before or now
    handed = bool(settings.BROKER_URL) and due <= now
    fresh = OutboxRow(
        task=task,
        key=key,
        arguments=arguments,
        created_at=now,
        due_at=due,
        handed_at=now if handed else None,
        request_id=request_id(),
    )
    if _took_place(fresh):
        return
    if handed:
        from foundation.working import messenger

        transaction.on_commit(lambda: messenger.send(fresh), robust=True)


def _took_place(fresh: OutboxRow) -> bool:
    """Whether one with the same key waits and says the same now; otherwise `fresh` is written."""
    same = OutboxRow.objects.filter(task=fresh.task, key=fresh.key, state=State.WAITING)
    due_at = Least(F("due_at"), models.Value(fresh.due_at, models.DateTimeField()))
    # Held until the transaction ends: nobody claims it before what it is about is committed.
    while not (fresh.key and same.update(arguments=fresh.arguments, due_at=due_at)):
        try:
            with transaction.atomic():
                fresh.save(force_insert=True)
        except IntegrityError:  # somebody else's was committed this very moment: take that one
            continue
        return False
    return True


def wait_after(attempts: int) -> timedelta:
    """How long a row waits after its `attempts`-th failure."""
    grown = FIRST_WAIT.total_seconds() * WAITS_GROW_BY ** min(attempts - 1, 20)
    return min(timedelta(seconds=grown), LONGEST_WAIT)


def lease() -> timedelta:
    """How long a worker may be silent before its rows are taken from it."""
    return timedelta(seconds=settings.WORK_LEASE_SECONDS)


def claim(pk: int, now: datetime) -> OutboxRow | None:
    """The row, held by the caller; None when it is gone, not due, or somebody else's."""
    holder = uuid.uuid4()
    held = {"state": State.RUNNING, "holder": holder, "lease_until": now + lease()}
    row = OutboxRow.objects.filter(pk=pk)
    waiting = row.filter(state=State.WAITING, due_at__lte=now)
    lost = row.filter(state=State.RUNNING, lease_until__lte=now)
    if waiting.update(**held) == 1 or lost.update(**held, crashes=F("crashes") + 1) == 1:
        return row.filter(holder=holder).first()
    return None


def run(pk: int) -> bool:
    """Claim the row and run its task; whether it was this call that ran it.

    What goes wrong in the task is the row's to remember and never raised; only the database's
    own absence is.
    """
    row = claim(pk, timezone.now())
    if row is None:
        return False
    if row.crashes > MOST_CRASHES:
        _bury(row, WORKER_LOST)
        return False
    with traced(row.request_id):
        _run(row)
    return True


def _run(row: OutboxRow) -> None:
    try:
        with _kept(row):
            _task(row).apply(kwargs=row.arguments, throw=True)
    except HandedBack:
        _let_go(row, attempts=row.attempts, due_at=row.due_at)
    except Exception as error:  # whatever it is: the row must not be lost over it
        _failed(row, error)
    else:
        _held(row).delete()


def retry(pk: int) -> bool:
    """Take a dead row up again, at once; whether there was one."""
    row = OutboxRow.objects.dead().filter(pk=pk).first()
    if row is None:
        return False
    _wait_again(
        OutboxRow.objects.dead().filter(pk=pk),
        attempts=0,
        crashes=0,
        due_at=timezone.now(),
        handed_at=None,
    )
    return True


def _task(row: OutboxRow) -> "Task[Any, Any]":
    return current_app.tasks[row.task]


def _held(row: OutboxRow) -> OutboxQuerySet:
    """The row, as long as it is still this worker's."""
    return OutboxRow.objects.filter(pk=row.pk, holder=row.holder)


def _failed(row: OutboxRow, error: Exception) -> None:
    attempts = row.attempts + 1
    name = type(error).__qualname__[:120]
    failure = Failure(error)
    log.warning("Task %s failed (%d of %d): %s", row.task, attempts, MOST_ATTEMPTS, failure)
    if attempts >= MOST_ATTEMPTS:
        _bury(row, name)
        return
    now = timezone.now()
    _let_go(row, attempts=attempts, due_at=now + wait_after(attempts), error=name, failed_at=now)


def _bury(row: OutboxRow, error: str) -> None:
    log.error("Task %s is given up: %s", row.task, error)
    _held(row).update(
        state=State.DEAD,
        attempts=F("attempts") + int(error != WORKER_LOST),
        error=error,
        failed_at=timezone.now(),
        holder=None,
        lease_until=None,
    )


def _let_go(row: OutboxRow, **changes: Any) -> None:
    _wait_again(_held(row), handed_at=None, **changes)


def _wait_again(row: OutboxQuerySet, **changes: Any) -> None:
    """Let the row wait; one with the same key that waits already stands for both."""
    try:
        with transaction.atomic():
            row.update(state=State.WAITING, holder=None, lease_until=None, **changes)
    except IntegrityError:
        row.delete()


@contextmanager
def _kept(row: OutboxRow) -> Iterator[None]:
    """Within: the lease is renewed for as long as this process lives."""
    done = threading.Event()
    threading.Thread(target=_renew, args=(row, done), daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _renew(row: OutboxRow, done: threading.Event) -> None:
    used = False
    while not done.wait(settings.WORK_LEASE_SECONDS / 4):
        used = True
        try:
            if not _held(row).update(lease_until=timezone.now() + lease()):
                break
        except DatabaseError:  # busy or away: the next time, or the lease is lost
            log.warning("The lease of task %s could not be renewed", row.task)
    if used:
        connection.close()
