"""What ends soon, of many people: deadlines of what is not reached, and validity of what is."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from tracking.status.computing import computed_table
from tracking.status.kept.following import is_up_to_date, last_batch
from tracking.status.models import BY_NUMBER, NUMBERS, Generation, TargetStatus
from tracking.status.rules import Status

OPEN = (Status.STARTED, Status.NOT_STARTED)


class EndsSoon(NamedTuple):
    """A target that a person is to reach through `until`, or has reached and that holds so long."""

    person: int  # Person's primary key
    target: str
    status: Status
    until: date


def ending_soon(*, people: Sequence[int], as_of: date, through: date) -> Iterator[EndsSoon]:
    """What ends from `as_of` through a later day, of these people (keys, in order).

    Read where today is kept, in two queries whatever their number; worked out otherwise.
    """
    generation = Generation.objects.current()
    if generation is None or not is_up_to_date(generation, as_of=as_of, batch=last_batch()):
        yield from _computed(people, as_of, through)
        return
    days = (as_of, through)
    open_now = Q(status__in=[NUMBERS[one] for one in OPEN], due_on__range=days)
    valid = Q(status=NUMBERS[Status.DONE], valid_through__range=days)
    rows = TargetStatus.objects.filter(open_now | valid, generation=generation)
    # A range: the keys themselves would be thousands of parameters.
    rows = rows.filter(person__gte=people[0], person__lte=people[-1]) if people else rows.none()
    wanted = frozenset(people)
    columns = ("person", "target_code", "status", "due_on", "valid_through")
    for person, target, number, due, valid_through in rows.values_list(*columns).iterator():
        status = BY_NUMBER[number]
        until = valid_through if status is Status.DONE else due
        if person in wanted and until is not None:
            yield EndsSoon(person, target, status, until)


def _computed(people: Sequence[int], as_of: date, through: date) -> Iterator[EndsSoon]:
    for one in computed_table(as_of=as_of, persons=people).results:
        until = None
        if one.status is Status.DONE:
            until = one.valid_through
        elif one.status in OPEN:
            until = one.due_on
        if until is not None and as_of <= until <= through:
            yield EndsSoon(one.person, one.target, one.status, until)
