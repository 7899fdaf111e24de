"""Decisions to dispose of data: without one, nothing is."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class RetentionDecision(models.Model):
    """By this decision what a rule names is disposed of after so many months."""

    rule = models.CharField(_("what"), max_length=40, unique=True)
    months = models.PositiveSmallIntegerField(
        _("months it is kept"), validators=[MinValueValidator(1)]
    )
    reference = models.CharField(
        _("document number"),
        max_length=100,
        help_text=_("Of the decision to dispose of it, as the register of documents has it."),
    )
    decided_by = models.CharField(_("decided by"), max_length=200)
    decided_on = models.DateField(_("decided"))
    is_daily = models.BooleanField(
        _("every night"),
        default=False,
        help_text=_("Otherwise only when somebody runs manage.py retention --apply."),
    )

    class Meta:
        ordering = ["rule"]
        verbose_name = _("retention decision")
        verbose_name_plural = _("retention decisions")

    def __str__(self) -> str:
        return f"{self.rule}: {self.reference}"
