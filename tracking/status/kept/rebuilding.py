"""Counts everything anew beside what is kept, part by part, and swaps it in whole.

Facts are known through one batch for all parts, so that it does not matter when, where and how
often each of them is counted, or what is written meanwhile: that is caught up with afterwards.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from foundation.facts import FactBatch, take_batch_lock
from foundation.jobs.progress import UNWATCHED, Steps
from foundation.outbox import put
from tracking.status.engine import PkRange, compute, count, ground_at, partitions
from tracking.status.kept import counts
from tracking.status.kept.moving import area_names
from tracking.status.kept.rows import insert_statuses, named_counts
from tracking.status.known import Known
from tracking.status.models import Generation, GenerationState, Part, TargetStatus, UnitCount

BUILD_PART = "tracking.build_status_part"
FINISH = "tracking.finish_status"
SWEEP = "tracking.sweep_status"
# One that has stood still so long was given up by its workers.
GIVEN_UP = timedelta(hours=2)
SNAPSHOTS_KEPT = timedelta(days=30)
SWEPT_AT_ONCE = 20_000
# Each part adds to the counts of nearly every unit: few and large ones cost least.
PEOPLE_OF_A_PART = 25_000


@transaction.atomic
def begin(*, as_of: date) -> Generation:
    """A new generation of the day and the last batch, its parts handed to the workers.

    One that is being built for the same day is left to be finished: what it does not know of is
    caught up with when it stands.
    """
    take_batch_lock()
    fresh = timezone.now() - GIVEN_UP
    building = Generation.objects.filter(state=GenerationState.BUILDING, follows=False)
    under_way = building.filter(as_of=as_of, made_at__gt=fresh).first()
    if under_way is not None:
        return under_way
    for given_up in building:
        _drop(given_up)
    generation = _begin(as_of)
    for part in generation.parts.all():
        put(BUILD_PART, key=str(part.pk), part=part.pk)
    if not generation.parts.exists():
        put(FINISH, key=str(generation.pk), generation=generation.pk)
    return generation


def here(*, as_of: date, steps: Steps = UNWATCHED) -> Generation:
    """The same, counted by this process, whatever workers may be building."""
    with transaction.atomic():
        take_batch_lock()
        for other in Generation.objects.filter(state=GenerationState.BUILDING):
            _drop(other)
        generation = _begin(as_of)
    for part in steps.each(generation.parts.order_by("first"), gettext("Working out status")):
        build_part(part.pk, is_handed_on=False)
    finish(generation.pk)
    generation.refresh_from_db()
    return generation


def _begin(as_of: date) -> Generation:
    batch = FactBatch.objects.order_by("-id").values_list("id", flat=True).first() or 0
    now = timezone.now()
    generation = Generation.objects.create(
        as_of=as_of, batch=batch, areas=area_names(), made_at=now, used_at=now
    )
    Part.objects.bulk_create(
        Part(generation=generation, first=some.first, end=some.end)
        for some in partitions(Known.through(batch), PEOPLE_OF_A_PART)
    )
    return generation


def build_part(pk: int, *, is_handed_on: bool = True) -> None:
    """Count one part and write it, once however often it is asked for.

    `is_handed_on`: whoever writes the last one has a worker let the generation take its place.
    """
    part = Part.objects.select_related("generation").filter(pk=pk, is_done=False).first()
    if part is None or part.generation.state != GenerationState.BUILDING:
        return
    generation = part.generation
    known = Known.through(generation.batch)
    ground = ground_at(generation.as_of, known)
    frames = compute(ground, known, PkRange(part.first, part.end))
    counted = dict(named_counts(ground, count(ground, frames)))
    with transaction.atomic():
        building = Generation.objects.select_for_update(of=("self",)).filter(
            pk=generation.pk, state=GenerationState.BUILDING
        )
        if not building.exists() or not Part.objects.filter(pk=pk, is_done=False).update(
            is_done=True
        ):
            return
        insert_statuses(generation, ground, frames)
        counts.add(generation, counted)
        if is_handed_on and not generation.parts.filter(is_done=False).exists():
            put(FINISH, key=str(generation.pk), generation=generation.pk)


@transaction.atomic
def finish(pk: int) -> bool:
    """Let the generation take the current one's place if all of it is counted; whether it did."""
    take_batch_lock()
    generation = Generation.objects.filter(pk=pk, state=GenerationState.BUILDING).first()
    if generation is None or generation.parts.filter(is_done=False).exists():
        return False
    for old in Generation.objects.filter(is_current=True):
        _drop(old)
    generation.parts.all().delete()
    generation.state, generation.is_current = GenerationState.READY, True
    generation.save(update_fields=["state", "is_current"])
    return True


def _drop(generation: Generation) -> None:
    """Nobody reads it from now on; its rows go little by little."""
    generation.state, generation.is_current = GenerationState.DROPPED, False
    generation.save(update_fields=["state", "is_current"])
    put(SWEEP, key="status")


def sweep() -> None:
    """Delete the rows of dropped generations, and drop the days nobody has asked for lately."""
    unused = timezone.now() - SNAPSHOTS_KEPT
    ready = Generation.objects.filter(is_current=False, state=GenerationState.READY)
    ready.filter(used_at__lt=unused).update(state=GenerationState.DROPPED)
    for generation in Generation.objects.filter(state=GenerationState.DROPPED):
        for model in (TargetStatus, UnitCount):
            rows = model.objects.filter(generation=generation).order_by("pk")
            while keys := list(rows.values_list("pk", flat=True)[:SWEPT_AT_ONCE]):
                rows.filter(pk__lte=keys[-1]).delete()
        generation.delete()
