"""A job, and the file it leaves behind for a week."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class JobState(models.TextChoices):
    """Where a job is."""

    QUEUED = "queued", _("waiting to begin")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


UNDONE = (JobState.QUEUED, JobState.RUNNING)


def private_storage() -> Storage:
    """Where files lie that no address leads to."""
    return storages["private"]


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by owner and state."""

    def of(self, owner: "models.Model | AnonymousUser | None") -> "JobQuerySet":
        """Jobs of this account; nobody else ever sees them."""
        return self.filter(owner_id=owner.pk) if owner and owner.pk else self.none()

    def undone(self) -> "JobQuerySet":
        """Jobs that wait or run."""
        return self.filter(state__in=UNDONE)

    def light(self) -> "JobQuerySet":
        """Without what can be long: errors, and whom the file is about."""
        return self.defer("errors", "about")


class Job(models.Model):
    """Something a person started that takes a while."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    language = models.CharField(max_length=10, default="sv")
    arguments = models.JSONField(default=dict)
    # What was asked for, as one word: the same is not begun twice beside itself.
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    # The attempt that may write here. One that lost its lease finds another's name, and stops.
    run = models.UUIDField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)  # 0: not known yet
    phase = models.CharField(max_length=100, blank=True)
    cancel_asked = models.BooleanField(default=False)
    outcome = models.TextField(blank=True)  # what happened, for its owner
    error = models.CharField(_("error"), max_length=120, blank=True)  # class of an unforeseen one
    errors = models.JSONField(default=list)  # [place, value, expected]
    error_count = models.PositiveIntegerField(default=0)
    about = models.JSONField(default=list)  # keys of the people whose names the result says
    result = models.CharField(max_length=200, blank=True)  # its place in the private storage
    result_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(_("asked for"))
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    swept_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "fingerprint"],
                condition=Q(state__in=UNDONE),
                name="job_same_once_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="job_owner_created"),
            models.Index(fields=["state", "ended_at"], name="job_state_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in UNDONE

    @property
    def errors_left_out(self) -> int:
        """How many errors there were beyond those kept."""
        return self.error_count - len(self.errors)
