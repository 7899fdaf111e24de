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


class ForecastRun(models.Model):
    """Forecasts that have been made: of what day, and how far ahead.

    `weeks` 0: those of every target's deadline, made on the evening of `day`. Otherwise those of
    `day` itself, made so many weeks before it, and looked back on.
    """

    day = models.DateField()
    weeks = models.SmallIntegerField()
    batch = models.BigIntegerField(_("known through batch"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("forecasts made")
        verbose_name_plural = _("forecasts made")
        constraints = [
            models.UniqueConstraint(fields=["day", "weeks"], name="forecast_run_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day}, {self.weeks} weeks"


class ForecastTried(models.Model):
    """What a forecast of a past day was, in percentage points, when the day had come."""

    day = models.DateField()
    weeks = models.SmallIntegerField()
    unit_code = models.CharField(max_length=64)
    target_code = models.CharField(max_length=64)
    error = models.FloatField()
    line_error = models.FloatField()  # the straight line's
    as_is_error = models.FloatField()  # that of "as it stands"
    held = models.BooleanField()  # whether the interval held what came

    class Meta:
        verbose_name = _("forecast looked back on")
        verbose_name_plural = _("forecasts looked back on")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "weeks", "unit_code", "target_code"], name="forecast_tried_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}, {self.weeks} weeks: {self.unit_code}, {self.target_code}"


class Forecast(models.Model):
    """What a unit's share is going to be on the target's day, and what such forecasts are worth.

    As `tracking.forecast.prognosis` has it; counts of people only, and only of larger units.
    """

    unit_code = models.CharField(max_length=64)
    target_code = models.CharField(max_length=64)
    made_on = models.DateField()  # what was known on the evening of
    due_on = models.DateField()
    share = models.SmallIntegerField()  # the goal
    low = models.FloatField()
    middle = models.FloatField()
    high = models.FloatField()
    chance = models.FloatField()
    per_week = models.FloatField()
    needed_per_week = models.FloatField()
    weeks_left = models.FloatField()
    # The outlook: how the day comes out if nothing more becomes known.
    base = models.IntegerField()
    done = models.IntegerField()
    # What such forecasts have been: nothing where none so far ahead could be tried.
    tried_weeks = models.SmallIntegerField(default=0)
    tried = models.SmallIntegerField(default=0)
    error = models.FloatField(default=0)
    line_error = models.FloatField(default=0)
    as_is_error = models.FloatField(default=0)
    held = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        constraints = [
            models.UniqueConstraint(fields=["unit_code", "target_code"], name="forecast_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code}, {self.target_code} on {self.due_on}"
