"""Facts: dated, append-only rows that remember when the platform came to know them.

A fact has a valid interval (what was true when) and a known interval (what the platform knew
when). Each write is one `FactBatch`; a fact names the batch that brought it and, once corrected
or withdrawn, the batch that took it away (STATUS.md 1). Batches are taken under one lock, so the
order of their ids is the order of their moments and of their commits.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.intervals import DAWN, FOREVER, Interval

# Any constant will do, as long as everybody who writes facts takes the same one.
BATCH_LOCK = 7_316_204


class EarlierThanLast(ValueError):
    """A batch was to be recorded at a moment before that of the last one."""


class FactBatch(models.Model):
    """One write of facts: its moment, who wrote it and where it came from."""

    recorded_at = models.DateTimeField(_("recorded at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("actor"),
    )
    origin = models.CharField(_("origin"), max_length=60)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    brought = models.PositiveIntegerField(_("facts brought"), default=0)
    taken_away = models.PositiveIntegerField(_("facts taken away"), default=0)

    class Meta:
        ordering = ["id"]
        verbose_name = _("fact batch")
        verbose_name_plural = _("fact batches")

    def __str__(self) -> str:
        return f"{self.origin} {self.recorded_at:%Y-%m-%d %H:%M}"


def take_batch_lock() -> None:
    """Hold the one lock of fact writing until the transaction ends.

    On SQLite a write transaction is alone already (`transaction_mode=IMMEDIATE`).
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Facts are written inside a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [BATCH_LOCK])


def open_batch(
    *,
    origin: str,
    actor: models.Model | None = None,
    recorded_at: datetime | None = None,
    file_name: str = "",
) -> FactBatch:
    """Take the lock and begin a batch.

    `recorded_at` (default: now) may equal the last batch's moment; an earlier one raises
    EarlierThanLast. Without one, a clock that went backwards is held at the last moment.
    """
    take_batch_lock()
    last = FactBatch.objects.order_by("-id").values_list("recorded_at", flat=True).first()
    if recorded_at is None:
        moment = timezone.now()
        moment = max(moment, last) if last else moment
    elif last and recorded_at < last:
        raise EarlierThanLast(last)
    else:
        moment = recorded_at
    return FactBatch.objects.create(
        recorded_at=moment,
        actor_id=actor.pk if actor else None,
        origin=origin,
        file_name=file_name[:255],
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch wrote about whom. `people`: primary keys; None when they were not counted."""

    batch: FactBatch
    people: frozenset[int] | None


Follower = Callable[[Written], None]
FOLLOWERS: list[Follower] = []


def follows_facts(follower: Follower) -> Follower:
    """Registers what happens in the transaction of every batch, once its facts are written."""
    FOLLOWERS.append(follower)
    return follower


def close_batch(
    batch: FactBatch,
    *,
    brought: int = 0,
    taken_away: int = 0,
    people: Collection[int] | None = None,
) -> None:
    """End a write of facts: note how many there were, and let what is kept of them follow.

    `people`: primary keys of those whose facts changed, and nothing else did (neither units nor
    targets); None when that was not counted. Called inside the transaction that opened the batch.
    """
    batch.brought, batch.taken_away = brought, taken_away
    batch.save(update_fields=["brought", "taken_away"])
    written = Written(batch, None if people is None else frozenset(people))
    for follower in FOLLOWERS:
        follower(written)


def batch_at(moment: datetime | None) -> int | None:
    """Id of the last batch recorded at or before `moment`; 0 when none; None for "now"."""
    if moment is None:
        return None
    known = FactBatch.objects.filter(recorded_at__lte=moment).order_by("-id")
    return known.values_list("id", flat=True).first() or 0


class FactQuerySet(models.QuerySet[Any]):
    """Questions every fact answers: known when, valid when."""

    def known_now(self) -> Self:
        """Facts not corrected or withdrawn."""
        return self.filter(batch_out=None)

    def known_by(self, batch: int | None) -> Self:
        """Facts known after batch number `batch` was written (None: now)."""
        if batch is None:
            return self.known_now()
        return self.filter(batch_in_id__lte=batch).filter(
            Q(batch_out=None) | Q(batch_out_id__gt=batch)
        )

    def known_at(self, moment: datetime | None) -> Self:
        """Facts the platform knew at `moment` (None: now)."""
        return self.known_by(batch_at(moment))

    def on(self, day: date) -> Self:
        """Facts whose valid interval covers `day`; only for facts that have one."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day)).filter(
            Q(valid_to=None) | Q(valid_to__gt=day)
        )


class Fact(models.Model):
    """A row that is never overwritten; only its `batch_out` is filled in, once."""

    batch_in = models.ForeignKey(FactBatch, on_delete=models.PROTECT, related_name="+")
    batch_out = models.ForeignKey(
        FactBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    # Names of the fields that identify the fact and of those that say something about it.
    key_fields: tuple[str, ...] = ()
    value_fields: tuple[str, ...] = ()


class DatedFact(Fact):
    """A fact that holds during `[valid_from, valid_to)`; an empty end is open."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to (exclusive)"), null=True, blank=True)

    class Meta(Fact.Meta):
        abstract = True

    @property
    def interval(self) -> Interval:
        """The days on which the fact holds."""
        return Interval(self.valid_from or DAWN, self.valid_to or FOREVER)


def ends_after_start(name: str) -> models.CheckConstraint:
    """The database's own refusal of an interval without a day."""
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gt=F("valid_from")),
        name=name,
    )


def one_known(name: str, *fields: str) -> models.UniqueConstraint:
    """At most one fact with this key is known at any moment from now on."""
    return models.UniqueConstraint(fields=fields, condition=Q(batch_out=None), name=name)


def edges(name: str) -> list[models.Index]:
    """Finds the facts known now that begin or end on some days, as every midnight asks."""
    return [
        models.Index(fields=[field], condition=Q(batch_out=None), name=f"{name}_{field[6:]}")
        for field in ("valid_from", "valid_to")
    ]
