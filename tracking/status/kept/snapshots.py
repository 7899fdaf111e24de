"""The counts of other days than today, or of what was known then: counted once, and kept."""

from collections.abc import Iterator
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from foundation.bulk import insert_rows
from foundation.facts import take_batch_lock
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.status.computing import computed_table
from tracking.status.engine import compute, count, ground_at, partitions
from tracking.status.kept import counts
from tracking.status.kept.changes import changes_since
from tracking.status.kept.following import WHILE_WAITING
from tracking.status.kept.moving import area_names
from tracking.status.kept.rows import COUNT_FIELDS, named_counts
from tracking.status.known import Known
from tracking.status.models import COUNTED, Generation, GenerationState, UnitCount


def kept_snapshot(*, as_of: date, batch: int, follows: bool) -> Generation | None:
    """The counts of the day through the batch, if they are kept or nearly so.

    `follows`: asked for as known now; then one that knows a little less is brought up to date.
    """
    ready = Generation.objects.with_moment().filter(as_of=as_of, state=GenerationState.READY)
    found = ready.filter(batch=batch).order_by("-is_current").first()
    if found is None and follows:
        older = ready.filter(is_current=False, follows=True, batch__lt=batch)
        candidate = older.order_by("-batch").first()
        if candidate is not None and _moved(candidate, batch):
            found = candidate
    if found is not None and not found.is_current:
        _remember_use(found)
    return found


def make_snapshot(
    *, as_of: date, batch: int, follows: bool, steps: Steps = UNWATCHED
) -> Generation:
    """Count the day as known through the batch, and keep it. Memory does not grow with people."""
    sums = counted(as_of=as_of, batch=batch, steps=steps)
    now = timezone.now()
    try:
        with transaction.atomic():
            generation = Generation.objects.create(
                as_of=as_of,
                batch=batch,
                follows=follows,
                state=GenerationState.READY,
                areas=area_names(batch),
                made_at=now,
                used_at=now,
            )
            insert_rows(UnitCount, COUNT_FIELDS, _rows(generation, sums))
    except IntegrityError:  # somebody else asked for the same day in the same moment
        return Generation.objects.get(
            as_of=as_of,
            batch=batch,
            follows=follows,
            is_current=False,
            state=GenerationState.READY,
        )
    return generation


def counted(*, as_of: date, batch: int, steps: Steps = UNWATCHED) -> counts.Counts:
    """The counts of the day as known through the batch, of everybody; nothing is kept."""
    known = Known.through(batch)
    ground = ground_at(as_of, known)
    sums: counts.Counts = {}
    for part in steps.each(partitions(known), gettext("Working out status")):
        frames = compute(ground, known, part)
        for where, numbers in named_counts(ground, count(ground, frames)):
            row = sums.setdefault(where, [0] * len(COUNTED))
            for at, number in enumerate(numbers):
                row[at] += number
    return sums


def _rows(generation: Generation, sums: counts.Counts) -> Iterator[list[int | str]]:
    for where, numbers in sorted(sums.items()):
        yield [generation.pk, *where, *numbers]


def _moved(generation: Generation, batch: int) -> bool:
    """Whether the counts could be moved to the batch: what few people were and are instead."""
    with transaction.atomic():
        take_batch_lock()
        generation.refresh_from_db()
        if generation.batch >= batch or generation.state != GenerationState.READY:
            return generation.batch == batch and generation.state == GenerationState.READY
        if Generation.objects.filter(
            as_of=generation.as_of, batch=batch, follows=True, is_current=False
        ).exists():
            return False
        changes = changes_since(generation, batch=batch, as_of=generation.as_of, most=WHILE_WAITING)
        if changes.ground or len(changes.people) > WHILE_WAITING:
            return False
        sides = [
            computed_table(as_of=generation.as_of, batch=known, persons=changes.people)
            for known in (generation.batch, batch)
        ]
        was, now = (counts.contributions(side.results, side.units) for side in sides)
        counts.add(generation, counts.differences(now, was))
        generation.batch, generation.areas = batch, area_names(batch)
        generation.batch_moment = None
        generation.save(update_fields=["batch", "areas"])
    return True


def _remember_use(generation: Generation) -> None:
    """Once a day: what nobody asks for goes."""
    now = timezone.now()
    if (now - generation.used_at).days >= 1:
        Generation.objects.filter(pk=generation.pk).update(used_at=now)
