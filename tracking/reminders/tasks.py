"""What workers do for reminders."""

from celery import shared_task
from django.utils import timezone

from tracking.reminders import sending
from tracking.reminders.actions import SEND

SOFT_SECONDS = 20 * 60
HARD_SECONDS = 21 * 60


@shared_task(name=SEND, soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def send_reminders(batch: int) -> None:
    """Let the mails of a batch leave; twice is once."""
    sending.send_batch(batch, clock=timezone.now)
