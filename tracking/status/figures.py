"""Counts of units and targets on any day as known at any moment: what every report page reads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from foundation.facts import FactBatch, batch_at
from tracking.organisation.models import Employment
from tracking.organisation.queries import OrganisationDay
from tracking.status.queries import StatusTable, UnitSummary, status_table, summary
from tracking.status.rules import TargetRow
from tracking.targets.expressions import folded


@dataclass(frozen=True, slots=True)
class Stand:
    """What figures stand for: the day, and the last batch of facts they know of.

    `is_current`: as known now, and so renewed by every new fact.
    """

    as_of: date
    batch: int
    is_current: bool

    @property
    def known_through(self) -> datetime | None:
        """The moment of the last batch; None before the first. One query."""
        moments = FactBatch.objects.filter(pk=self.batch).values_list("recorded_at", flat=True)
        return moments.first()


class Figures:
    """Counts on one stand. Read with `of`; a unit counts with all below it."""

    def __init__(self, stand: Stand, table: StatusTable, area_names: dict[str, str]) -> None:
        self.stand = stand
        self.tree: OrganisationDay = table.units
        self.targets: dict[str, TargetRow] = table.targets  # in force on the day, by code
        self.area_names = area_names  # business areas as written, by their folded form
        self._table = table

    def of(
        self,
        units: Collection[str],
        *,
        targets: Collection[str] | None = None,
        area: str | None = None,
    ) -> dict[tuple[str, str], UnitSummary]:
        """Counts by unit and target, without those where nobody is in the audience.

        `area` (folded): only people in the audience through an employment in that business area.
        """
        return {
            (one.unit, one.target): one
            for one in summary(self._table, area=area)
            if one.unit in units and (targets is None or one.target in targets)
        }


def figures(*, as_of: date, known_at: datetime | None = None) -> Figures:
    """The figures of `as_of` as known at `known_at` (None: now)."""
    last = FactBatch.objects.order_by("-id").values_list("id", flat=True).first() or 0
    batch = batch_at(known_at)
    stand = Stand(as_of, last if batch is None else batch, batch is None)
    table = status_table(as_of=as_of, known_at=known_at)
    written = Employment.objects.known_by(stand.batch).values_list("business_area", flat=True)
    names = {folded(name): name for name in written.order_by("business_area").distinct() if name}
    return Figures(stand, table, names)
