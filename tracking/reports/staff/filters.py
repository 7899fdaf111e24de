"""Which rows of the matrix a reader asked for, and in which order."""

from collections.abc import Callable
from dataclasses import dataclass

from foundation.sorting import folded, letters, swedish
from tracking.reports.staff.report import StaffReport
from tracking.reports.staff.rows import URGENCY, StaffRow
from tracking.targets.models import Level


@dataclass(frozen=True, slots=True)
class StaffFilters:
    """What a reader asked to see of the matrix; empty means everything."""

    unit: str = ""
    area: str = ""
    position: str = ""
    target: str = ""  # with a status: that status on this target
    status: str = ""
    overdue: bool = False
    name: str = ""
    sort: str = "namn"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out: then protected people are, and the number outside is."""
        chosen = (self.unit, self.area, self.position, self.target, self.status, self.name)
        return self.overdue or any(chosen)


def selected(report: StaffReport, filters: StaffFilters) -> list[StaffRow]:
    """The rows asked for, sorted. Protected people come last, and only without a filter.

    With a unit below: the targets that apply to the people through it, as its own report counts.
    """
    inside = report.tree.subtree(filters.unit) if filters.unit else set()
    rows = [
        row.through(inside) if filters.unit else row
        for row in report.rows
        if not filters.unit or filters.unit in row.units
    ]
    found = [row for row in rows if _is_asked_for(row, filters, _stands(report, filters))]
    found.sort(key=lambda row: (*swedish(row.name), *swedish(row.unit), str(row.public_id)))
    backwards, key = filters.sort.startswith("-"), filters.sort.removeprefix("-")
    found.sort(key=lambda row: _sort_value(row, key), reverse=backwards)
    return found if filters.narrows else found + report.protected


def _stands(report: StaffReport, filters: StaffFilters) -> Callable[[StaffRow], bool]:
    """Whether a person stands as asked: on one target, or on any that is more than an offer."""
    if filters.target:
        asked = {filters.target}
    elif filters.status:
        # Nobody is behind on an offer.
        asked = {target.code for target in report.targets if target.level != Level.OFFERED}
    else:
        return lambda _row: True
    return lambda row: any(
        code in asked and filters.status in {"", cell.result.status}
        for code, cell in row.cells.items()
    )


def _is_asked_for(row: StaffRow, filters: StaffFilters, stands: Callable[[StaffRow], bool]) -> bool:
    return (
        (not filters.position or filters.position in row.positions)
        and (not filters.overdue or row.overdue > 0)
        and (not filters.name or letters(filters.name) in letters(row.name))
        and stands(row)
    )


def _sort_value(row: StaffRow, key: str) -> tuple[int, str]:
    match key:
        case "namn":
            return 0, folded(row.name)
        case "enhet":
            return 0, folded(row.unit)
        case "forsenade":
            return -row.overdue, ""
        case _:
            cell = row.cells.get(key)
            return (URGENCY.index(cell.result.status) if cell else len(URGENCY)), ""
