"""What is done about kept reports, now and then."""

from celery import shared_task
from django.utils import timezone

from tracking.reports.comparison import kept


@shared_task(name="tracking.remove_old_comparisons")
def remove_old_comparisons() -> None:
    """Comparisons go when their time is up."""
    kept.remove_old_comparisons(now=timezone.now())
