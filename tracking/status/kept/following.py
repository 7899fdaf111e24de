"""Keeps the current figures current: after every batch of facts, and when a day begins."""

import logging
from datetime import date

from django.db import transaction

from foundation.facts import FactBatch, Written, follows_facts, take_batch_lock
from foundation.failures import Failure
from foundation.outbox import put
from tracking.organisation.models import Person
from tracking.status.kept import rebuilding
from tracking.status.kept.changes import changes_since
from tracking.status.kept.moving import move_people
from tracking.status.models import Generation

log = logging.getLogger(__name__)

CATCH_UP = "tracking.catch_up_status"
# Concerned people who are moved in the transaction of their fact; more are a worker's.
AT_ONCE = 50
# Concerned people who are moved in place; more of them, and all is counted anew beside it.
IN_PLACE = 3000
# People a reader may wait for.
WHILE_WAITING = 300
# A city so small that all of it is counted faster than a worker would take it up.
SMALL = 5000


def last_batch() -> int:
    """The number of the last batch of facts; 0 before the first."""
    return FactBatch.objects.order_by("-id").values_list("id", flat=True).first() or 0


@follows_facts
def keep_up(written: Written) -> None:
    """Move the figures of the people written about; leave what is more to a worker.

    What is learnt is never lost because a figure could not be kept: then the figures stand for
    what they stood for, say so, and are brought up to date by the worker.
    """
    generation = Generation.objects.current()
    if generation is None:
        return
    batch = written.batch.pk
    missed = FactBatch.objects.filter(pk__gt=generation.batch, pk__lt=batch).exists()
    if written.people is None or len(written.people) > AT_ONCE or missed:
        put(CATCH_UP, key="status")
        return
    try:
        with transaction.atomic():
            move_people(generation, written.people, batch=batch, as_of=generation.as_of)
    except Exception as error:  # whatever it was, the fact stands
        log.error("The kept figures did not follow batch %d: %s", batch, Failure(error))
        put(CATCH_UP, key="status")


def is_up_to_date(generation: Generation | None, *, as_of: date, batch: int) -> bool:
    """Whether the figures stand for the day and know of the batch."""
    return generation is not None and (generation.as_of, generation.batch) == (as_of, batch)


def catch_up(*, as_of: date) -> None:
    """Bring the current figures to the day and the last batch, whatever that takes.

    In place when few are concerned; otherwise a new generation is begun, which takes the old
    one's place when the last of its parts is counted.
    """
    with transaction.atomic():
        take_batch_lock()
        if _moved_in_place(as_of, most=IN_PLACE):
            return
    rebuilding.begin(as_of=as_of)


def catch_up_if_quick(*, as_of: date) -> tuple[Generation | None, int]:
    """The current figures, brought up to date if a reader can wait for that; and the last batch.

    What they stand for may therefore be older than what was asked for; then a worker has been
    told. None when there are none yet and the city is too large to count while somebody waits.
    """
    generation, batch = Generation.objects.current(), last_batch()
    if is_up_to_date(generation, as_of=as_of, batch=batch):
        return generation, batch
    with transaction.atomic():
        take_batch_lock()
        if not _moved_in_place(as_of, most=WHILE_WAITING):
            if Person.objects.count() <= SMALL:
                rebuilding.here(as_of=as_of)
            else:
                put(CATCH_UP, key="status")
    return Generation.objects.current(), last_batch()


def _moved_in_place(as_of: date, *, most: int) -> bool:
    """Move those concerned, if that is all and they are few enough. With the lock held."""
    generation = Generation.objects.current()
    batch = last_batch()
    if generation is None:
        return False
    if is_up_to_date(generation, as_of=as_of, batch=batch):
        return True
    changes = changes_since(generation, batch=batch, as_of=as_of, most=most)
    if changes.ground or len(changes.people) > most:
        return False
    move_people(generation, changes.people, batch=batch, as_of=as_of)
    return True
