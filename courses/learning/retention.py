"""What of somebody's way through courses goes with their account."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from courses.learning.models import Enrolment, LessonProgress
from tracking.organisation.models import User
from tracking.retention.people import register_trace


def register_traces() -> None:
    """Add it; called once, when the app is ready."""
    register_trace(forget_progress)


def forget_progress(user: User, pseudonym: str) -> None:
    """Where they were in courses, and what the admin's history calls their account."""
    Enrolment.objects.filter(user=user).delete()
    LessonProgress.objects.filter(user=user).delete()
    accounts = ContentType.objects.get_for_model(User)
    history = ModelLogEntry.objects.filter(content_type=accounts, object_id=str(user.pk))
    history.update(label=pseudonym, data={})
