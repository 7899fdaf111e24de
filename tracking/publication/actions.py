"""The only way a period's figures are published."""

from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.jobs.progress import UNWATCHED, Steps
from tracking.audit.actions import record
from tracking.audit.models import AuditEvent
from tracking.organisation.models import User
from tracking.publication.counting import Counted
from tracking.publication.models import Publication
from tracking.publication.rule import NOBODY, Place, said
from tracking.reports.figures import in_order
from tracking.scorecards.frozen import hash_of
from tracking.scorecards.models import PeriodClosing, ReportingPeriod

COLUMNS = ("enhet", "enhet_namn", "mal", "mal_namn", "andel")


class NotClosed(Exception):
    """The city has not closed the period: its figures are not settled."""


def publish(
    *, period: ReportingPeriod, actor: User | str, now: datetime, steps: Steps = UNWATCHED
) -> Publication:
    """The period's publication; the one there is, if it was made before.

    Raises NotClosed.
    """
    closing = PeriodClosing.objects.filter(period=period).first()
    if closing is None:
        raise NotClosed
    made = Publication.objects.filter(closing=closing).first()
    if made is not None:
        return made
    return _keep(closing, cells_of(closing, steps), actor=actor, now=now)


def cells_of(closing: PeriodClosing, steps: Steps = UNWATCHED) -> list[dict[str, str]]:
    """What is told of the figures that the closing froze; where a target is nobody's, nothing."""
    counted = Counted(closing.as_of, closing.batch_id, steps)
    told = said(counted.crowds, counted.ways)
    units = [
        (counted.city, counted.city_name),
        *((one.code, one.name) for one in counted.committees),
    ]
    rows = [
        (unit, name, target.code, target.name, told[Place(unit, target.code)])
        for target in sorted(counted.targets.values(), key=in_order)
        for unit, name in units
        if unit and told[Place(unit, target.code)] != NOBODY
    ]
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


@transaction.atomic
def _keep(
    closing: PeriodClosing, cells: list[dict[str, str]], *, actor: User | str, now: datetime
) -> Publication:
    """Keep what was counted, unless somebody was first: then what they kept."""
    PeriodClosing.objects.select_for_update().get(pk=closing.pk)
    first = Publication.objects.filter(closing=closing).first()
    if first is not None:
        return first
    made = Publication(closing=closing, cells=cells, made_at=now)
    made.hash = publication_hash(made)
    made.save(force_insert=True)
    detail: dict[str, Any] = {"period": closing.period.code, "hash": made.hash}
    record(AuditEvent.FIGURES_PUBLISHED, actor=actor, detail=detail)
    return made


def publication_hash(one: Publication) -> str:
    """What its `hash` must be: everything in the row but that."""
    closing = one.closing
    return hash_of(
        "publication", (closing.period.code, closing.as_of, closing.hash, one.cells, one.made_at)
    )
