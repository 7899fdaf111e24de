"""An effect and a job, safe to run twice; the first attempt hangs half-way where it is told to."""

import os
import signal
from pathlib import Path

from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from foundation.jobs.kinds import Outcome, ResultFile, job_kind
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def hang_once(marker: str) -> None:
    """Wait for the kill that comes; whoever comes after goes on."""
    try:
        Path(marker).touch(exist_ok=False)
    except FileExistsError:
        return
    say("hangs")
    while True:
        signal.pause()


@shared_task(name="tests.effect")
def effect(key: str, marker: str) -> None:
    # Any row will do: an effect that twice is the same as once.
    Session.objects.get_or_create(
        session_key=key, defaults={"session_data": "", "expire_date": timezone.now()}
    )
    if marker:
        hang_once(marker)
    say("effect")


@job_kind("tests-slow")
def slow(job: Job, progress: Progress) -> Outcome:
    for number in progress.each(range(10), "Räknar"):
        if number == 5:
            hang_once(job.arguments["marker"])
    say("job")
    return Outcome("klart", ResultFile("tio.txt", b"10"))


@job_kind("tests-endless")
def endless(job: Job, progress: Progress) -> Outcome:
    """Ends only when it hears that it is to stop."""
    say("endless")
    while True:
        progress.begin("Väntar")
