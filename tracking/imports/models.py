"""What is on its way in: files that were handed over, and people whose facts are yet to come."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.facts import FactBatch


class ImportFile(models.Model):
    """What somebody handed over, and how it is to be read. Nothing of it is known yet."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)  # of tracking.imports.kinds.KINDS
    name = models.CharField(_("file"), max_length=100)  # made harmless; only shown
    place = models.CharField(max_length=100)  # in the private storage
    partial = models.BooleanField(default=False)
    full = models.BooleanField(default=False)  # all of the workforce on the day it is read
    force = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file on its way in")
        verbose_name_plural = _("files on their way in")

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Arriving(models.Model):
    """A person that an import under way has brought ahead of their facts. Nothing shows them yet.

    When the import has died they go again (tracking.imports.actions.remove_arrivals).
    """

    person = models.OneToOneField("tracking.Person", primary_key=True, on_delete=models.CASCADE)
    since = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("person on their way in")
        verbose_name_plural = _("people on their way in")

    def __str__(self) -> str:
        return f"person {self.pk}"


class UndoneImport(models.Model):
    """That a batch was undone, and by which."""

    batch = models.OneToOneField(
        FactBatch, primary_key=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    by = models.OneToOneField(FactBatch, on_delete=models.PROTECT, related_name="undoes")

    class Meta:
        verbose_name = _("undone import")
        verbose_name_plural = _("undone imports")

    def __str__(self) -> str:
        return f"batch {self.pk}, undone"
