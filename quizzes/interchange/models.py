"""A file of questions on its way in: kept until it has been looked through and brought in."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionFile(models.Model):
    """What somebody handed over, and what became, or would become, of each of its questions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("file"), max_length=100)  # made harmless; only shown
    form = models.CharField(max_length=20)  # of quizzes.interchange.formats.FORMATS
    source = models.CharField(_("where the questions come from"), max_length=100)
    place = models.CharField(max_length=100)  # in the private storage
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    # A row of quizzes.interchange.report for each question; None until the file has been read.
    rows = models.JSONField(null=True)
    trouble = models.TextField(blank=True)  # why the file can't be read at all
    brought_in_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("file of questions")
        verbose_name_plural = _("files of questions")

    def __str__(self) -> str:
        return f"{self.form} {self.public_id}"
