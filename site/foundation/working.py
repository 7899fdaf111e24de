"""Runs the outbox: in `manage.py work`, or through Celery where there is a broker.

The rows are the truth. A message that is lost costs a minute; one that comes twice finds nothing
to claim.
"""

import contextlib
import logging
import os
import queue
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from celery import Task, current_app, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.schedules import BaseSchedule, crontab, maybe_schedule
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections
from django.db.models import Q
from django.utils import timezone

from foundation import outbox
from foundation.failures import Failure
from foundation.outbox import OutboxRow
from foundation.stopping import stopping

log = logging.getLogger(__name__)

HAND_AGAIN_AFTER = timedelta(seconds=60)
HAND_AT_ONCE = 500
# After the broker refused it is left alone for so long.
BROKER_REST_SECONDS = 10.0
IDLE_SECONDS = 1.0

_broker_away_until = 0.0


@shared_task(
    name="foundation.run_outbox_row",
    autoretry_for=(OperationalError, InterfaceError),
    retry_backoff=True,
    max_retries=5,
)
def run_outbox_row(pk: int) -> None:
    """One row by its number; the database being away is tried again, and swept in the end."""
    outbox.run(pk)


@shared_task(name="foundation.sweep_outbox")
def sweep_outbox() -> None:
    """Hand the rows that are due to the broker: those that waited, and those lost on the way."""
    now = timezone.now()
    forgotten = Q(handed_at=None) | Q(handed_at__lte=now - HAND_AGAIN_AFTER)
    due = OutboxRow.objects.due(now).filter(forgotten).order_by("due_at", "pk")
    for row in due[:HAND_AT_ONCE]:
        free = OutboxRow.objects.filter(forgotten, pk=row.pk)
        if free.update(handed_at=now) and not hand_over(row):
            return


def hand_over(row: OutboxRow) -> bool:
    """Send the row's number to the broker, with its task's time limits; whether that went well."""
    global _broker_away_until  # noqa: PLW0603 (one broker a process)
    if time.monotonic() < _broker_away_until:
        return False
    # A name this process does not know is the worker's to judge.
    task = current_app.tasks.get(row.task, run_outbox_row)
    try:
        run_outbox_row.apply_async(
            (row.pk,),
            soft_time_limit=task.soft_time_limit or settings.CELERY_TASK_SOFT_TIME_LIMIT,
            time_limit=task.time_limit or settings.CELERY_TASK_TIME_LIMIT,
            retry=False,
        )
    except Exception as error:  # each transport has errors of its own; the sweep takes it up
        _broker_away_until = time.monotonic() + BROKER_REST_SECONDS
        log.warning("The broker did not take a row: %s", type(error).__qualname__)
        return False
    return True


class Messenger:
    """Hands rows over in a thread of its own: no request waits for the broker, dead or slow.

    What it holds when the process ends is lost, as a message may be; the sweep takes it up.
    """

    def __init__(self) -> None:
        self._process = 0
        self._waiting: queue.Queue[OutboxRow] = queue.Queue(HAND_AT_ONCE)
        self._starting = threading.Lock()

    def send(self, row: OutboxRow) -> None:
        """Hand the row over soon; when there are too many already, it is left to the sweep."""
        with self._starting:
            if self._process != os.getpid():  # threads do not live on in a process that forked
                self._process = os.getpid()
                self._waiting = queue.Queue(HAND_AT_ONCE)
                threading.Thread(target=self._hand_on, args=(self._waiting,), daemon=True).start()
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(row)

    def wait(self) -> None:
        """Until all of them have been tried."""
        self._waiting.join()

    @staticmethod
    def _hand_on(waiting: "queue.Queue[OutboxRow]") -> None:
        while True:
            hand_over(waiting.get())
            waiting.task_done()


messenger = Messenger()


def next_due(now: datetime) -> int | None:
    """Number of the row that has been due the longest."""
    due = OutboxRow.objects.due(now).order_by("due_at", "pk")
    return due.values_list("pk", flat=True).first()


def run_due() -> int:
    """Run what is due until nothing is, or the worker is to stop; gives how many rows."""
    count = 0
    while not stopping.is_set():
        pk = next_due(timezone.now())
        if pk is None:
            break
        row = OutboxRow.objects.filter(pk=pk).first()
        with _limited(current_app.tasks.get(row.task if row else "")):
            count += outbox.run(pk)
    return count


def work() -> None:
    """Run what is due and what has its hour, and rest in between, until told to stop."""
    hours = Hours()
    while not stopping.is_set():
        close_old_connections()
        try:
            run_due()
            hours.run_those_due()
        except (DatabaseError, InterfaceError) as error:
            # The database is away, or busy for longer than anybody waits. It comes back.
            log.warning("The worker waits for the database: %s", type(error).__qualname__)
            stopping.wait(IDLE_SECONDS * 2)
        stopping.wait(IDLE_SECONDS)


def _hour(entry: Any) -> BaseSchedule:
    hour = maybe_schedule(entry, app=current_app)
    assert isinstance(hour, BaseSchedule), "Seconds are made into a schedule"
    return hour


class Hours:
    """Runs what beat runs where there is one, but for handing rows to the broker."""

    def __init__(self) -> None:
        self._entries: dict[str, BaseSchedule] = {
            str(entry["task"]): _hour(entry["schedule"])
            for entry in settings.CELERY_BEAT_SCHEDULE.values()
            if entry["task"] != sweep_outbox.name
        }
        # What comes every so many seconds comes at the start too.
        began = current_app.now()
        self._last = {
            name: began if isinstance(hour, crontab) else began - timedelta(days=365)
            for name, hour in self._entries.items()
        }

    def run_those_due(self) -> None:
        """One after the other; a task that fails has its next turn, and its name in the log."""
        for name, hour in self._entries.items():
            if not stopping.is_set() and hour.is_due(self._last[name]).is_due:
                self._last[name] = current_app.now()
                task = current_app.tasks[name]
                try:
                    with _limited(task):
                        task.apply(throw=True)
                except (OperationalError, InterfaceError):
                    raise
                except Exception as error:  # the others go on; this one has its next turn
                    log.error("Task %s failed: %s", name, Failure(error))


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Within: the first signal asks to stop after what is being done, or at its next step."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _limited(task: "Task[Any, Any] | None") -> Iterator[None]:
    """Within: the time limits Celery's pool would keep, of which `.apply()` knows nothing."""
    soft = float(getattr(task, "soft_time_limit", None) or settings.CELERY_TASK_SOFT_TIME_LIMIT)
    hard = float(getattr(task, "time_limit", None) or settings.CELERY_TASK_TIME_LIMIT)
    rest = max(hard - soft, 1.0)

    def too_long(_number: int, _frame: FrameType | None) -> None:
        # Told and not listening: the row is another worker's when the lease runs out.
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, rest)
        raise SoftTimeLimitExceeded

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, soft)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
