"""One target: its figure in each part of a unit, side by side."""

from dataclasses import dataclass

from tracking.ledger.queries import known_courses
from tracking.organisation.rules import UnitScope
from tracking.reports.figures import Figure
from tracking.reports.overview import Column, above, cell, column, parts
from tracking.status.figures import Figures
from tracking.status.rules import TargetRow


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit and its figure; `opens` when there are parts of it to look into."""

    unit: Column
    figure: Figure


@dataclass(frozen=True, slots=True)
class TargetReport:
    """The target in a unit (None: nobody there is in its audience) and in the parts of it."""

    target: TargetRow
    ways: list[str]  # each a way to reach it, by the names of its courses
    whole: UnitLine | None
    lines: list[UnitLine]
    above: list[Column]

    @property
    def reached(self) -> int:
        """How many of the parts have reached it."""
        return sum(bool(line.figure.counts.met) for line in self.lines)

    @property
    def counted(self) -> int:
        """How many of the parts have anybody to count."""
        return sum(line.figure.counts.met is not None for line in self.lines)


def target_report(
    scope: UnitScope, found: Figures, unit: str, code: str, *, area: str = ""
) -> TargetReport | None:
    """The target `code` in `unit` and what stands directly below; None when it was not in force,
    or the unit not there, on the day.
    """
    tree, target = found.tree, found.targets.get(code)
    if target is None or unit not in tree.units:
        return None
    counts = found.of([unit, *tree.children(unit)], targets=[code], area=area or None)

    def line(one: str) -> UnitLine | None:
        figure = cell(counts, one, target, found.stand.as_of)
        return UnitLine(column(tree, one), figure) if figure else None

    lines = [one for part in parts(tree, unit, counts) if (one := line(part))]
    ways = ways_to(target, found.stand.batch)
    return TargetReport(target, ways, line(unit), lines, above(scope, tree, unit))


def ways_to(target: TargetRow, batch: int | None = None) -> list[str]:
    """The ways to reach it, each by the names of its courses as known after `batch`."""
    names = {code: one.name for code, one in known_courses(target.course_codes, batch).items()}
    return [" + ".join(names.get(code, code) for code in way) for way in target.courses]
