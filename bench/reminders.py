"""`python -m bench.reminders`: what a morning's round of reminders takes in the environment's city.

Everybody is gone through, and what is to be sent is written; nothing leaves. Then the week's
summary is compared and written. Make a city first: `python -m bench.city 50000`.
"""

import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bench.plan import start


def main() -> None:
    """Print seconds of the clock and of CPU, queries, mails and the most memory of each."""
    start()
    from django.db import transaction

    from foundation.intervals import STOCKHOLM, today
    from tracking.organisation.models import Person
    from tracking.reminders import gathering, summaries
    from tracking.reminders.hours import is_working_day
    from tracking.reminders.models import Kind, ReminderRun
    from tracking.status.kept import following, rebuilding
    from tracking.status.models import Generation

    people = Person.objects.count()
    if not people:
        sys.exit("There is no city: python -m bench.city 50000")
    if Generation.objects.current() is None:
        rebuilding.here(as_of=today())
    following.catch_up(as_of=today())
    # A round of today that writes, whatever day it is: nobody else's address is looked up here.
    Person.objects.filter(email="").update(email="ingen@exempel.invalid")
    day = today()
    now = datetime(day.year, day.month, day.day, 5, 40, tzinfo=STOCKHOLM)
    before = day - timedelta(days=7)
    for kind in Kind:
        ReminderRun.objects.filter(kind=kind, day=day).delete()
    ReminderRun.objects.get_or_create(
        kind=Kind.SUMMARY,
        day=before,
        defaults={"began_at": now, "ended_at": now, "batch": following.last_batch()},
    )
    print(f"{people} people, {'a working day' if is_working_day(day) else 'a day off'}")
    for title, kind, work in (
        ("the rule's round", Kind.RULE, gathering.gather),
        ("the Monday summary", Kind.SUMMARY, summaries.summarise),
    ):
        with transaction.atomic():
            run = ReminderRun.objects.create(
                kind=kind, day=day, began_at=now, total=people, batch=following.last_batch()
            )
        _measured(title, lambda work=work, run=run: work(run.pk, now=now))  # type: ignore[misc]
        run.refresh_from_db()
        print(f"  {run.mails} mails; looked at {run.seen} of {run.total}")


def _measured(title: str, work: Callable[[], None]) -> None:
    from django.db import connection

    count = 0

    def counted(execute: Callable[..., object], *given: object) -> object:
        nonlocal count
        count += 1
        return execute(*given)

    began, worked = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        work()
    clock, cpu = time.perf_counter() - began, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{title}: {clock:.1f} s ({cpu:.1f} s of CPU), {count} queries, {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
