"""What was found last, kept for the pages that show figures."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class QualityReading(models.Model):
    """How many there are of each finding; only the last reading is kept."""

    on = models.DateField(_("day"))
    taken_at = models.DateTimeField(_("taken"))
    # By a finding's key; numbers only.
    counts = models.JSONField(_("counts"), default=dict)

    objects: "ClassVar[models.Manager[QualityReading]]" = models.Manager()

    class Meta:
        verbose_name = _("reading of the data quality")
        verbose_name_plural = _("readings of the data quality")

    def __str__(self) -> str:
        return f"reading of {self.on}"
