"""What was published of a period: made once, and never otherwise."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracking.scorecards.models import PeriodClosing


class Publication(models.Model):
    """The cells of a closed period as everybody is told them. The database refuses to change it.

    `hash` is over everything else in the row (tracking.publication.frozen).
    """

    closing = models.OneToOneField(
        PeriodClosing, on_delete=models.PROTECT, related_name="publication"
    )
    cells = models.JSONField(_("cells"))  # a list of objects by the names of COLUMNS
    made_at = models.DateTimeField(_("made"))
    hash = models.CharField(max_length=64)

    objects: "ClassVar[models.Manager[Publication]]" = models.Manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return f"publication of {self.closing_id}"
