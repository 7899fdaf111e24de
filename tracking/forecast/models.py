"""Kept points of the past: the counts of units on some days, each as it was known that day.

Unlike a snapshot somebody asked for (tracking.status.models.Generation) they stay, and there is
none for each business area. All of it follows from the facts and may be thrown away.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracking.status.models import COUNTED


class TrendDay(models.Model):
    """A day whose counts are kept, through the last batch of facts that was known at its end."""

    day = models.DateField(_("day"), primary_key=True)
    batch = models.BigIntegerField(_("known through batch"))
    is_thinned = models.BooleanField(_("only larger units"), default=False)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("day of the trend")
        verbose_name_plural = _("days of the trend")

    def __str__(self) -> str:
        return f"{self.day} through {self.batch}"


class TrendCount(models.Model):
    """People of a unit and all below it in a target's audience on the day, by status."""

    day = models.DateField()
    unit_code = models.CharField(max_length=64)
    target_code = models.CharField(max_length=64)
    target_share = models.SmallIntegerField()  # the goal, as it was that day
    exempt = models.IntegerField()
    done = models.IntegerField()
    expired = models.IntegerField()
    overdue = models.IntegerField()
    started = models.IntegerField()
    not_started = models.IntegerField()

    class Meta:
        verbose_name = _("count of the trend")
        verbose_name_plural = _("counts of the trend")
        constraints = [
            models.UniqueConstraint(
                fields=["unit_code", "target_code", "day"], name="trend_count_once"
            ),
        ]
        # What a night of keeping takes away.
        indexes = [models.Index(fields=["day"], name="trend_count_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.unit_code}, {self.target_code}"


TREND_FIELDS = ("day", "unit_code", "target_code", "target_share", *COUNTED)
