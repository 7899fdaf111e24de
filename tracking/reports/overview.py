"""Uppföljning: knowledge targets × the parts of a unit, as counts and shares; never people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from tracking.organisation.models import UnitKind
from tracking.organisation.queries import OrganisationDay
from tracking.organisation.rules import UnitScope
from tracking.reports.figures import Figure, due_words, figure, figure_cell, in_order
from tracking.status.figures import Figures
from tracking.status.queries import UnitSummary
from tracking.status.rules import TargetRow
from tracking.targets.models import Level

Counts = dict[tuple[str, str], UnitSummary]


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
    def shown(self) -> list[SafeString]:
        """The cells as the table shows them."""
        return [figure_cell(one) for one in self.cells]

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
    def tally(self) -> list[tuple[int, int]]:
        """For each column, how many targets are reached, of those with somebody to count."""
        found = []
        for at in range(len(self.columns)):
            cells = [cell for row in self.required if (cell := row.cells[at])]
            met = [cell.counts.met for cell in cells if cell.counts.met is not None]
            found.append((sum(met), len(met)))
        return found

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


def overview(
    scope: UnitScope,
    found: Figures,
    unit: str,
    *,
    area: str = "",
    goal: str = "",
    level: str = "",
) -> Overview | None:
    """The table of `unit` and what stands directly below; None when it did not exist that day.

    `area` (folded): only the people in the audience through an employment in that business area;
    `goal`: only the targets of that goal of the programme; `level`: only those so binding.
    """
    tree, as_of = found.tree, found.stand.as_of
    if unit not in tree.units:
        return None
    counts = found.of([unit, *tree.children(unit)], area=area or None)
    columns = [column(tree, code) for code in (unit, *parts(tree, unit, counts))]
    targets = [
        target
        for target in sorted(found.targets.values(), key=in_order)
        if (unit, target.code) in counts
        and goal in {"", target.programme_goal}
        and level in {"", target.level}
    ]
    rows = [
        OverviewRow(target, [cell(counts, column.code, target, as_of) for column in columns])
        for target in targets
    ]
    return Overview(unit, as_of, columns, rows, above(scope, tree, unit))


def parts(tree: OrganisationDay, unit: str, counts: Counts) -> list[str]:
    """The units directly below where anybody is counted: districts first, then by name."""
    counted = {code for code, _target in counts}
    found = [code for code in tree.children(unit) if code in counted]
    return sorted(found, key=lambda code: tree.units[code].kind != UnitKind.DISTRICT_COMMITTEE)


def districts_or_parts(columns: Sequence[Column], found: Figures) -> list[int]:
    """Places of the parts to set beside each other: the districts, where there are any."""
    places = list(range(1, len(columns)))
    kinds = [found.tree.units[column.code].kind for column in columns]
    districts = [at for at in places if kinds[at] == UnitKind.DISTRICT_COMMITTEE]
    return districts or places


def above(scope: UnitScope, tree: OrganisationDay, unit: str) -> list[Column]:
    """The way back: the units above whose figures are the reader's to see, from the top."""
    codes = reversed(tree.path(unit)[1:])
    return [column(tree, code) for code in codes if scope.sees_figures_of(code)]


def column(tree: OrganisationDay, code: str) -> Column:
    """A unit, as a table or the way back names it."""
    return Column(code, tree.units[code].name, bool(tree.children(code)))


def cell(counts: Counts, unit: str, target: TargetRow, as_of: date) -> Figure | None:
    """A target's figure in a unit; None where nobody is in the audience."""
    found = counts.get((unit, target.code))
    return figure(target, found, as_of) if found else None
