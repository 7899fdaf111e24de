"""A file on its way in, kept in a private place until it has been tried and applied."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportFile(models.Model):
    """What somebody handed over, and how it is to be read. Nothing of it is known yet."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)  # of tracking.imports.kinds.KINDS
    name = models.CharField(_("file"), max_length=100)  # made harmless; only shown
    place = models.CharField(max_length=100)  # in the private storage
    partial = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file on its way in")
        verbose_name_plural = _("files on their way in")

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
