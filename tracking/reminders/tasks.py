"""What workers do for reminders."""

from celery import shared_task
from django.utils import timezone

from tracking.reminders import gathering, sending, summaries
from tracking.reminders.actions import SEND

SOFT_SECONDS = 20 * 60
HARD_SECONDS = 21 * 60


@shared_task(name=SEND, soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def send_reminders(batch: int) -> None:
    """Let the mails of a batch leave; twice is once."""
    sending.send_batch(batch, clock=timezone.now)


@shared_task(name="tracking.begin_reminders", soft_time_limit=60, time_limit=120)
def begin_reminders() -> None:
    """Every morning: begin the rule's round, and the week's summary, if mails leave that day."""
    now = timezone.now()
    gathering.begin(now=now)
    summaries.begin(now=now)


@shared_task(name=gathering.GATHER, soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def gather_reminders(run: int) -> None:
    """Go on with a round; twice is once."""
    gathering.gather(run, now=timezone.now())


@shared_task(name=summaries.SUMMARISE, soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def summarise_week(run: int) -> None:
    """Write to the managers among whose people something has happened; twice is once."""
    summaries.summarise(run, now=timezone.now())
