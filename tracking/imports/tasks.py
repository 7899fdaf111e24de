"""What is done about files on their way in, now and then."""

from celery import shared_task
from django.utils import timezone

from tracking.imports.handed import remove_old_files


@shared_task(name="tracking.remove_old_import_files")
def remove_old_import_files() -> None:
    """Files go when their time is up."""
    remove_old_files(now=timezone.now())
