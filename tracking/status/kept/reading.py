"""Reads the results of people that are kept."""

from collections.abc import Collection
from datetime import date

from tracking.status.computing import people_there
from tracking.status.engine import ground_at
from tracking.status.kept.following import is_up_to_date, last_batch
from tracking.status.kept.moving import places_of
from tracking.status.known import Known
from tracking.status.models import BY_NUMBER, Generation, TargetStatus
from tracking.status.results import StatusTable, TargetResult

# In the order of TargetResult's fields.
READ = (
    *("person", "target_code", "status"),
    *("completed_on", "valid_through", "due_on", "start", "places"),
)
ROWS_AT_ONCE = 5000


def kept_table(
    *,
    as_of: date,
    unit: str | None = None,
    persons: Collection[int] | None = None,
    targets: Collection[str] | None = None,
) -> StatusTable | None:
    """What `computed_table` would say of the day as known now; None when that is not kept."""
    generation = Generation.objects.current()
    if generation is None or not is_up_to_date(generation, as_of=as_of, batch=last_batch()):
        return None
    ground = ground_at(as_of, Known.through(generation.batch), targets)
    rows = TargetStatus.objects.filter(generation=generation)
    if targets is not None:
        rows = rows.filter(target_code__in=targets)
    inside = None if unit is None else ground.tree.subtree(unit)
    if inside is not None:
        there = people_there(generation.batch, as_of, ground.tree, inside, persons)
        rows = rows.filter(person__in=there.values("person"))
    elif persons is not None:
        rows = rows.filter(person__in=persons)
    results = [
        TargetResult(person, code, BY_NUMBER[status], done, through, due, start, places_of(places))
        for person, code, status, done, through, due, start, places in rows.order_by(
            "person", "target_code"
        )
        .values_list(*READ)
        .iterator(chunk_size=ROWS_AT_ONCE)
    ]
    if inside is not None:
        results = [
            one for one in results if not inside.isdisjoint(place.unit for place in one.places)
        ]
    return StatusTable(
        as_of, results, {target.code: target for target in ground.targets}, ground.tree
    )
