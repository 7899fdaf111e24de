"""Counts attempts in the database: the same for all processes on all machines.

A bucket holds `burst` attempts and drains one every `every`: when it is full the next attempt
waits for a drop to leave, never for all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

AT_ONCE = timedelta()
FORGOTTEN_AT_A_TIME = 100


class Brake(models.Model):
    """How full one bucket of attempts is: it is empty again at `empty_at`.

    The key is a keyed hash: neither names nor addresses are kept.
    """

    key = models.CharField(max_length=64, primary_key=True)
    empty_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "config_brake"  # where it stood before others than the log-in braked
        verbose_name = _("brake on attempts")
        verbose_name_plural = _("brakes on attempts")

    def __str__(self) -> str:
        return self.key[:8]


@dataclass(frozen=True, slots=True)
class Limit:
    """A kind of bucket."""

    name: str
    burst: int
    every: timedelta

    def bucket(self, *of: str) -> "Bucket":
        """The bucket of this kind for these words, which are kept nowhere but in its hash."""
        said = "\x1f".join((self.name, *of))
        key = salted_hmac("config.sign_in.brake", said, algorithm="sha256").hexdigest()
        return Bucket(key=key, limit=self)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One of them."""

    key: str
    limit: Limit


@transaction.atomic
def attempt(buckets: Sequence[Bucket], *, now: datetime) -> timedelta:
    """Count an attempt in each bucket; or, when one is full, in none, and say how long to wait.

    Counted before it is known how it ends, so that a thousand at once are a thousand.
    """
    _forget(now)
    wanted = sorted(buckets, key=lambda bucket: bucket.key)
    Brake.objects.bulk_create(
        [Brake(key=bucket.key, empty_at=now) for bucket in wanted], ignore_conflicts=True
    )
    rows = {
        row.key: row
        for row in Brake.objects.select_for_update()
        .filter(key__in=[bucket.key for bucket in wanted])
        .order_by("key")
    }
    waits = [_wait(bucket, rows[bucket.key].empty_at, now) for bucket in wanted]
    if any(wait > AT_ONCE for wait in waits):
        return max(waits)
    for bucket in wanted:
        row = rows[bucket.key]
        row.empty_at = max(row.empty_at, now) + bucket.limit.every
        row.save(update_fields=["empty_at"])
    return AT_ONCE


def _wait(bucket: Bucket, empty_at: datetime, now: datetime) -> timedelta:
    limit = bucket.limit
    return max(empty_at - now - (limit.burst - 1) * limit.every, AT_ONCE)


@transaction.atomic
def succeeded(*, own: Bucket, shared: Sequence[Bucket] = ()) -> None:
    """Empty the bucket that is one person's; take one attempt back from those of many."""
    Brake.objects.filter(key=own.key).delete()
    for bucket in sorted(shared, key=lambda one: one.key):
        row = Brake.objects.select_for_update().filter(key=bucket.key).first()
        if row is not None:
            row.empty_at -= bucket.limit.every
            row.save(update_fields=["empty_at"])


def _forget(now: datetime) -> None:
    """Buckets that are empty are as if they had never been. Never waits for another's."""
    empty = Brake.objects.filter(empty_at__lt=now).select_for_update(skip_locked=True)
    keys = list(empty.values_list("key", flat=True)[:FORGOTTEN_AT_A_TIME])
    Brake.objects.filter(key__in=keys).delete()
