"""Targets being made: kept for whoever makes them, until it is published or thrown away."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracking.targets.models import Target


class Purpose(models.TextChoices):
    """What publishing a draft does (STATUS.md 2)."""

    NEW = "ny", _("a new target")
    CORRECT = "ratta", _("a correction: the target says this instead")
    SUCCEED = "ersatt", _("a new target from a day on; the old one ends the day before")


class TargetDraft(models.Model):
    """What somebody has filled in so far, as they typed it; nobody else sees it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="target_drafts"
    )
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    # The version it was built on; none for a new target.
    base = models.ForeignKey(
        Target, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts"
    )
    typed = models.JSONField(_("filled in"), default=dict)
    begun_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        ordering = ["-changed_at", "pk"]
        verbose_name = _("draft of a target")
        verbose_name_plural = _("drafts of targets")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "base", "purpose"],
                condition=models.Q(base__isnull=False),
                name="target_draft_one_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} of a target"
