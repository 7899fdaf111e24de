"""Whom new facts and passing days concern: all others' status is what it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from tracking.ledger.models import Completion, Start
from tracking.organisation.models import Absence, Employment, Unit
from tracking.status.models import NUMBERS, Generation, TargetStatus
from tracking.status.rules import Status
from tracking.targets.models import Exemption, Target

DATED = (Employment, Absence, Exemption)
MOMENTARY = (Completion, Start)


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed between two stands.

    `ground`: units or targets, and so possibly everybody; `people`: primary keys of the others
    concerned, as far as they were looked for.
    """

    ground: bool
    people: frozenset[int]


def changes_since(
    generation: Generation, *, batch: int, as_of: date, most: int | None = None
) -> Changes:
    """Whom the way from the generation's stand to (`as_of`, `batch`) concerns.

    At most `most` + 1 people of each kind are looked for: then it is known to be more.
    """
    written = Q(batch_in__gt=generation.batch, batch_in__lte=batch) | Q(
        batch_out__gt=generation.batch, batch_out__lte=batch
    )
    back = as_of < generation.as_of
    if back or _ground(written) or _ground_moves(generation.as_of, as_of):
        return Changes(True, frozenset())
    people: set[int] = set()
    for found in _concerned(generation, written, as_of):
        people.update(found if most is None else found[: most + 1])
        if most is not None and len(people) > most:
            break
    return Changes(False, frozenset(people))


def _ground(written: Q) -> bool:
    return any(kind.objects.filter(written).exists() for kind in (Unit, Target))


def _ground_moves(since: date, until: date) -> bool:
    """Whether on some day after `since`, through `until`, a unit or a target begins or ends."""
    if since == until:
        return False
    edges = _edges(since, until)
    return any(kind.objects.known_now().filter(edges).exists() for kind in (Unit, Target))


def _edges(since: date, until: date) -> Q:
    return Q(valid_from__gt=since, valid_from__lte=until) | Q(
        valid_to__gt=since, valid_to__lte=until
    )


def _concerned(generation: Generation, written: Q, as_of: date) -> Iterator[QuerySet[Any, int]]:
    for kind in (*DATED, *MOMENTARY):
        yield kind.objects.filter(written).values_list("person_id", flat=True).distinct()
    if as_of == generation.as_of:
        return
    edges = _edges(generation.as_of, as_of)
    for dated in DATED:
        known = dated.objects.known_now().filter(edges)
        yield known.values_list("person_id", flat=True).distinct()
    for momentary in MOMENTARY:
        done = momentary.objects.known_now().filter(on__gt=generation.as_of, on__lte=as_of)
        yield done.values_list("person_id", flat=True).distinct()
    rows = TargetStatus.objects.filter(generation=generation)
    # The last day in time, or of validity, was the generation's or later, and is over now.
    waiting = [NUMBERS[Status.STARTED], NUMBERS[Status.NOT_STARTED]]
    late = rows.filter(status__in=waiting, due_on__gte=generation.as_of, due_on__lt=as_of)
    yield late.values_list("person", flat=True).distinct()
    over = rows.filter(
        status=NUMBERS[Status.DONE], valid_through__gte=generation.as_of, valid_through__lt=as_of
    )
    yield over.values_list("person", flat=True).distinct()
