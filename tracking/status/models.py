"""What is kept of the status: everybody's of today, and the counts of units on the days asked for.

All of it follows from the facts and may be thrown away: `manage.py rebuild_status` makes it anew.
Rows name people and units without foreign keys: they are written by the million, and belong to
their generation.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.facts import FactBatch
from tracking.status.rules import Status

# Statuses as the rows say them: their place in the rule's order.
NUMBERS: dict[Status, int] = {status: number for number, status in enumerate(Status)}
BY_NUMBER: tuple[Status, ...] = tuple(Status)
# The columns of a count, in the same order.
COUNTED = ("exempt", "done", "expired", "overdue", "started", "not_started")
# `area` of the count over all business areas; that of one area is "=" and its folded name.
ALL_AREAS = ""


def area_key(area: str | None) -> str:
    """How a business area (folded; None: all) stands in a count."""
    return ALL_AREAS if area is None else f"={area}"


class GenerationState(models.TextChoices):
    """Where a generation is on its way."""

    BUILDING = "building", _("being counted")
    READY = "ready", _("kept")
    DROPPED = "dropped", _("on its way out")


class GenerationQuerySet(models.QuerySet["Generation"]):
    """Which generation is asked."""

    def current(self) -> "Generation | None":
        """The one that today's figures are read from; None before the first is whole."""
        return self.with_moment().filter(is_current=True).first()

    def with_moment(self) -> "GenerationQuerySet":
        """Each with the moment of its batch, so that a page need not ask for it."""
        moment = FactBatch.objects.filter(pk=models.OuterRef("batch")).values("recorded_at")
        return self.annotate(  # type: ignore[no-redef]
            batch_moment=models.Subquery(moment)
        )


class Generation(models.Model):
    """Figures made together: the day and the last batch of facts that all of its rows stand for.

    The current one has everybody's status and moves with every fact and every day. The others
    are days somebody asked for, with counts only; those that `follows` move with what becomes
    known of their day, the rest stand still.
    """

    as_of = models.DateField(_("as of"))
    batch = models.BigIntegerField(_("known through batch"))
    state = models.CharField(
        max_length=10, choices=GenerationState.choices, default=GenerationState.BUILDING
    )
    is_current = models.BooleanField(default=False)
    follows = models.BooleanField(default=False)
    # Business areas as somebody wrote them, by their folded form.
    areas = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("made"))
    used_at = models.DateTimeField(_("last asked for"))

    # Of its batch; known where it was asked for, and the batch has not moved since.
    batch_moment: datetime | None = None

    objects = GenerationQuerySet.as_manager()

    class Meta:
        verbose_name = _("generation of figures")
        verbose_name_plural = _("generations of figures")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="generation_one_current"
            ),
            models.UniqueConstraint(
                fields=["as_of", "batch", "follows"],
                condition=Q(is_current=False, state="ready"),
                name="generation_one_of_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_of} through {self.batch}"


class Part(models.Model):
    """A range of people's keys `[first, end)` of a generation that is being built."""

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="parts")
    first = models.BigIntegerField()
    end = models.BigIntegerField()
    is_done = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("part of a generation")
        verbose_name_plural = _("parts of generations")
        constraints = [
            models.UniqueConstraint(fields=["generation", "first"], name="part_once"),
        ]

    def __str__(self) -> str:
        return f"people {self.first} to {self.end}"


class TargetStatus(models.Model):
    """A person's status against a target on the generation's day."""

    generation = models.ForeignKey(
        Generation, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    person = models.BigIntegerField()
    target_code = models.CharField(max_length=64)
    status = models.SmallIntegerField()  # NUMBERS
    completed_on = models.DateField(null=True)
    valid_through = models.DateField(null=True)
    due_on = models.DateField(null=True)
    start = models.DateField()
    # [[unit, business area], …] as JSON in order: where the person counts.
    places = models.TextField()

    class Meta:
        verbose_name = _("status kept")
        verbose_name_plural = _("statuses kept")
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "person", "target_code"], name="target_status_once"
            ),
        ]
        # What midnight looks for: deadlines that pass, and validity that ends.
        indexes = [
            models.Index(
                fields=["generation", "due_on"],
                condition=Q(status__in=[NUMBERS[Status.STARTED], NUMBERS[Status.NOT_STARTED]]),
                name="target_status_due",
            ),
            models.Index(
                fields=["generation", "valid_through"],
                condition=Q(status=NUMBERS[Status.DONE]),
                name="target_status_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.person}, {self.target_code}"


class UnitCount(models.Model):
    """People of a unit and all below it in a target's audience, by status."""

    generation = models.ForeignKey(
        Generation, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    unit_code = models.CharField(max_length=64)
    target_code = models.CharField(max_length=64)
    area = models.CharField(max_length=201)  # area_key()
    exempt = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    expired = models.IntegerField(default=0)
    overdue = models.IntegerField(default=0)
    started = models.IntegerField(default=0)
    not_started = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("count kept")
        verbose_name_plural = _("counts kept")
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "unit_code", "area", "target_code"], name="unit_count_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code}, {self.target_code}"


class Verification(models.Model):
    """What came out when everything kept was compared with what follows from the facts."""

    ran_at = models.DateTimeField(_("ran"))
    seconds = models.FloatField(_("seconds it took"))
    as_of = models.DateField(_("as of"))
    batch = models.BigIntegerField(_("known through batch"))
    people = models.PositiveIntegerField(_("people compared"))
    wrong_statuses = models.PositiveIntegerField(_("statuses that differed"))
    wrong_counts = models.PositiveIntegerField(_("counts that differed"))
    repaired = models.BooleanField(_("repaired"), default=False)
    # The first of them, as {"what", "key", "kept", "expected"}; people by their primary key.
    differences: "models.JSONField[Any, Any]" = models.JSONField(default=list)

    class Meta:
        ordering = ["-ran_at"]
        verbose_name = _("comparison of kept figures")
        verbose_name_plural = _("comparisons of kept figures")

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M}"

    @property
    def is_clean(self) -> bool:
        """Whether nothing differed."""
        return not (self.wrong_statuses or self.wrong_counts)
