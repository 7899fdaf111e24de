"""Takes the reading that the pages of figures show, every night and after every import."""

from datetime import date, datetime

from django.core.cache import cache
from django.db import transaction

from foundation.facts import Written, follows_facts
from foundation.outbox import put
from tracking.imports.kinds.base import ORIGIN
from tracking.quality.kinds import counts
from tracking.quality.look import Look
from tracking.quality.models import QualityReading
from tracking.quality.queries import KEPT_AS

TASK = "tracking.read_quality"


def take_reading(*, on: date, now: datetime) -> QualityReading:
    """Count everything, and keep it in place of the last reading. Twice is the same as once."""
    found = {one.finding.key: one.count for one in counts(Look(on))}
    with transaction.atomic():
        QualityReading.objects.all().delete()
        transaction.on_commit(lambda: cache.delete(KEPT_AS))
        return QualityReading.objects.create(on=on, taken_at=now, counts=found)


@follows_facts
def read_again(written: Written) -> None:
    """What changed more than single people may have changed how many there are to look at."""
    if written.people is None or written.batch.origin.startswith(ORIGIN):
        put(TASK, key="all")
