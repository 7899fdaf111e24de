"""What has its hour: scheduled publishing."""

from celery import shared_task
from django.utils import timezone

from courses.pages.scheduling import publish_due


@shared_task(name="courses.publish_scheduled", soft_time_limit=60, time_limit=120)
def publish_scheduled() -> None:
    """Publish and take down what is due."""
    publish_due(now=timezone.now())
