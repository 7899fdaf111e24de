"""Uppföljning: knowledge targets × the parts of a unit, as counts and shares; never people."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from foundation.facts import FactBatch
from tracking.organisation.models import UnitKind
from tracking.organisation.queries import OrganisationDay
from tracking.organisation.rules import UnitScope
from tracking.reports.figures import Figure, due_words, figure, in_order
from tracking.status.queries import UnitSummary, status_table, summary
from tracking.status.rules import TargetRow
from tracking.targets.models import Level

KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class CityFigures:
    """Counts of every unit and target on a day."""

    tree: OrganisationDay
    targets: dict[str, TargetRow]
    counts: dict[tuple[str, str], UnitSummary]  # by unit and target


@dataclass(frozen=True, slots=True)
class Column:
    """A unit of the table; `opens` when there are parts of it to look into."""

    code: str
    name: str
    opens: bool


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A target, and its figure (None: nobody in the audience) in each column's unit."""

    target: TargetRow
    cells: list[Figure | None]

    @property
    def is_offered(self) -> bool:
        """Whether nothing is required: then there is no goal to reach."""
        return self.target.level == Level.OFFERED

    @property
    def due(self) -> str:
        """The target's deadline in words."""
        return due_words(self.target)


@dataclass(frozen=True, slots=True)
class Overview:
    """The table of one unit (first column) and its parts on one day."""

    unit: str
    as_of: date
    columns: list[Column]
    rows: list[OverviewRow]
    above: list[Column]  # the way back, from the top

    @property
    def reached(self) -> int:
        """How many targets the whole unit has reached."""
        return sum(bool(row.cells[0] and row.cells[0].counts.met) for row in self.required)

    @property
    def thin(self) -> set[int]:
        """Places of the columns where nothing is required of anybody: a screen's, not paper's."""
        required = self.required
        places = range(len(self.columns)) if required else ()
        return {at for at in places if not any(row.cells[at] for row in required)}

    @property
    def required(self) -> list[OverviewRow]:
        """The targets that have a goal to reach."""
        return [row for row in self.rows if not row.is_offered]

    @property
    def offered(self) -> list[OverviewRow]:
        """The targets that make nobody late."""
        return [row for row in self.rows if row.is_offered]


def city_figures(as_of: date) -> CityFigures:
    """Counted once for each day and state of the facts: a new batch asks under a new key."""
    last = FactBatch.objects.order_by("-id").values_list("id", "recorded_at").first()
    batch, moment = last or (0, "")
    key = f"reports.city:{as_of:%Y%m%d}:{batch}:{moment and f'{moment:%Y%m%dT%H%M%S%f}'}"
    kept = cache.get(key)
    if isinstance(kept, CityFigures):
        return kept
    table = status_table(as_of=as_of)
    counts = {(one.unit, one.target): one for one in summary(table)}
    figures = CityFigures(table.units, table.targets, counts)
    cache.set(key, figures, KEPT_SECONDS)
    return figures


def overview(scope: UnitScope, unit: str, as_of: date) -> Overview | None:
    """The table of `unit` and what stands directly below; None when it did not exist that day."""
    city = city_figures(as_of)
    if unit not in city.tree.units:
        return None
    parts = [code for code in city.tree.children(unit) if _has_figures(city, code)]
    parts.sort(key=lambda code: city.tree.units[code].kind != UnitKind.DISTRICT_COMMITTEE)
    columns = [_column(city, code) for code in (unit, *parts)]
    targets = sorted(
        (target for target in city.targets.values() if (unit, target.code) in city.counts),
        key=in_order,
    )
    rows = [
        OverviewRow(target, [_cell(city, column.code, target, as_of) for column in columns])
        for target in targets
    ]
    above = [code for code in reversed(city.tree.path(unit)[1:]) if scope.sees_figures_of(code)]
    return Overview(unit, as_of, columns, rows, [_column(city, code) for code in above])


def _has_figures(city: CityFigures, unit: str) -> bool:
    return any((unit, target) in city.counts for target in city.targets)


def _column(city: CityFigures, code: str) -> Column:
    opens = any(_has_figures(city, child) for child in city.tree.children(code))
    return Column(code, city.tree.units[code].name, opens)


def _cell(city: CityFigures, unit: str, target: TargetRow, as_of: date) -> Figure | None:
    counts = city.counts.get((unit, target.code))
    return figure(target, counts, as_of) if counts else None
