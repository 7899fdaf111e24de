"""What has its hour is done at that hour, also where there is no beat."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.schedules import crontab
from django.utils import timezone

from foundation.outbox import OutboxRow, put
from foundation.stopping import stopping
from foundation.working import Hours, run_due

DONE: list[str] = []


@shared_task(name="tests.hourly")
def hourly() -> None:
    DONE.append("hourly")


@shared_task(name="tests.nightly")
def nightly() -> None:
    DONE.append("nightly")


@shared_task(name="tests.faulty")
def faulty() -> None:
    raise LookupError


@shared_task(name="tests.too_long", soft_time_limit=0.05, time_limit=5)
def too_long() -> None:
    while True:
        pass


@pytest.fixture(autouse=True)
def hours(settings: Any) -> None:
    DONE.clear()
    stopping.clear()
    settings.CELERY_BEAT_SCHEDULE = {
        "faulty": {"task": "tests.faulty", "schedule": 60.0},
        "hourly": {"task": "tests.hourly", "schedule": 3600.0},
        "nightly": {"task": "tests.nightly", "schedule": crontab(hour=2, minute=0)},
        "sweep": {"task": "foundation.sweep_outbox", "schedule": 10.0},
    }


def done_at(kept: Hours, moment: str) -> list[str]:
    DONE.clear()
    with time_machine.travel(moment, tick=False):
        kept.run_those_due()
    return list(DONE)


def test_each_has_its_hour_and_a_faulty_one_stops_nobody() -> None:
    with time_machine.travel("2026-03-14 12:00:00+01:00", tick=False):
        kept = Hours()
    assert done_at(kept, "2026-03-14 12:00:00+01:00") == ["hourly"]
    assert done_at(kept, "2026-03-14 12:59:59+01:00") == []
    assert done_at(kept, "2026-03-14 13:00:01+01:00") == ["hourly"]
    assert done_at(kept, "2026-03-15 02:00:01+01:00") == ["hourly", "nightly"]
    assert done_at(kept, "2026-03-15 02:30:00+01:00") == []


@pytest.mark.django_db
def test_what_takes_longer_than_it_may_is_broken_off() -> None:
    put("tests.too_long")
    assert run_due() == 1
    row = OutboxRow.objects.get()
    assert (row.attempts, row.error) == (1, SoftTimeLimitExceeded.__qualname__)
    assert row.due_at > timezone.now() + timedelta(seconds=5)
