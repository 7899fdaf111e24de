"""Where a person is in a course. What is completed stands in the ledger, not here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Enrolment(models.Model):
    """A person has begun a course."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments"
    )
    course_code = models.CharField(_("course"), max_length=64)
    started_at = models.DateTimeField(_("started"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "course_code"], name="enrolment_once")
        ]

    def __str__(self) -> str:
        return f"enrolment {self.pk}"


class LessonProgress(models.Model):
    """How far a person has come in a lesson, the same in every language of it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lesson_progress"
    )
    course_code = models.CharField(_("course"), max_length=64)
    lesson_key = models.UUIDField(_("lesson"))
    # Where to go on: the screen after the last one that was finished.
    resume_screen = models.PositiveSmallIntegerField(_("screen to go on from"), default=1)
    resumed_at = models.DateTimeField(_("last there"))
    # The last screen was read while something of the lesson was left to do.
    read_at = models.DateTimeField(_("last screen read"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "lesson_key"], name="lesson_progress_once")
        ]
        indexes = [
            models.Index(fields=["user", "course_code"], name="lesson_progress_course"),
            # Those of a lesson whose author takes a demand away: few, however many have read it.
            models.Index(
                fields=["lesson_key"],
                name="lesson_progress_waiting",
                condition=Q(read_at__isnull=False, completed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"lesson progress {self.pk}"

    @property
    def waits(self) -> bool:
        """Read to its last screen, and something of it is left to do."""
        return self.read_at is not None and self.completed_at is None
