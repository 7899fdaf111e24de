"""What is done about files on their way in, now and then."""

from celery import shared_task
from django.utils import timezone

from tracking.imports.actions import remove_arrivals
from tracking.imports.handed import remove_old_files
from tracking.imports.staging import remove_abandoned


@shared_task(name="tracking.remove_old_import_files")
def remove_old_import_files() -> None:
    """Files go when their time is up, and what imports left that died."""
    now = timezone.now()
    remove_old_files(now=now)
    remove_arrivals(now=now)
    remove_abandoned()
