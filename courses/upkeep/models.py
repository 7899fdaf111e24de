"""A lesson that cites a law which has been replaced, waiting for its author."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.pages.models import LessonPage
from courses.sources.models import LegalReference

USER = settings.AUTH_USER_MODEL


class LessonFlag(models.Model):
    """Raised when a law's replacement is entered; closed by publishing without it, or decided."""

    lesson = models.ForeignKey(
        LessonPage, verbose_name=_("lesson"), on_delete=models.CASCADE, related_name="flags"
    )
    law = models.ForeignKey(
        LegalReference, verbose_name=_("law"), on_delete=models.CASCADE, related_name="flags"
    )
    # Who is to look at it; nobody's is every trainer's.
    author = models.ForeignKey(
        USER,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    raised_at = models.DateTimeField(_("raised"))
    told_at = models.DateTimeField(_("told by mail"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        USER,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Empty where the lesson was published without the law.
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("flagged lesson")
        verbose_name_plural = _("flagged lessons")
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "law"],
                condition=Q(closed_at__isnull=True),
                name="lesson_flag_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"flag {self.pk}"
