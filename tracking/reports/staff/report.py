"""A unit on a day: its figures, and where each of its people stands (STATUS.md 6)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from foundation.facts import batch_at
from foundation.jobs.progress import UNWATCHED, Steps
from foundation.sorting import swedish
from tracking.organisation.models import Employment
from tracking.organisation.queries import OrganisationDay
from tracking.organisation.rules import PersonScope, district_of, shown_person
from tracking.reports.figures import Figure, figure, in_order
from tracking.reports.staff.rows import StaffCell, StaffRow
from tracking.status.queries import StatusTable, status_table, summary
from tracking.status.rules import TargetRow
from tracking.targets.expressions import folded


@dataclass(frozen=True, slots=True)
class StaffReport:
    """Everything of one unit on one day, as far as the reader's rights go."""

    unit: str
    as_of: date
    tree: OrganisationDay
    figures: list[Figure]
    rows: list[StaffRow]  # people by name
    protected: list[StaffRow]
    outside: int  # people in the figures whom the reader may not see today
    known_at: datetime | None = None
    area: str = ""  # the business area the report is of, folded
    areas: list[tuple[str, str]] = field(default_factory=list)  # folded and as written, by name
    below: dict[tuple[str, str], Figure] = field(default_factory=dict)  # unit below, target

    @property
    def cells(self) -> int:
        """People × targets."""
        people = len(self.rows) + len(self.protected) + self.outside
        return people * len(self.figures)

    @property
    def targets(self) -> list[TargetRow]:
        """Those that apply to anybody in the unit, in the order of their lines."""
        return [line.target for line in self.figures]

    @property
    def positions(self) -> list[str]:
        """Roles to filter by; only those of people seen by name."""
        return sorted({one for row in self.rows for one in row.positions}, key=swedish)

    @property
    def units(self) -> list[tuple[str, str]]:
        """Units below, (code, name), to filter by; only where somebody is seen by name."""
        below = self.tree.subtree(self.unit) - {self.unit}
        found = below.intersection(code for row in self.rows for code in row.units)
        names = [(code, self.tree.units[code].name) for code in found]
        return sorted(names, key=lambda pair: swedish(pair[1]))


def staff_report(
    scope: PersonScope,
    unit: str,
    as_of: date,
    *,
    known_at: datetime | None = None,
    area: str = "",
    steps: Steps = UNWATCHED,
) -> StaffReport:
    """The report of `unit` on `as_of` as known at `known_at` (None: now), for the reader with
    `scope`. As many queries whatever the numbers.

    `area` (folded): only who works there in that business area, and the targets that apply to
    them through it.
    """
    table = status_table(as_of=as_of, known_at=known_at, unit=unit, steps=steps)
    employments = _employments(table.units, unit, as_of, batch_at(known_at))
    cells = _cells(table, unit, area)
    rows: list[StaffRow] = []
    protected: list[StaffRow] = []
    areas: dict[str, str] = {}
    outside = 0
    for everything in employments.values():
        person = everything[0].person
        shown = shown_person(person, scope)
        if shown and shown.public_id:
            areas |= {folded(one.business_area): one.business_area for one in everything}
        held = [one for one in everything if area in {"", folded(one.business_area)}]
        if not held:
            continue
        if shown is None:
            outside += 1
        elif shown.public_id is None:
            protected += _protected_row(shown.name, table.units, unit)
        else:
            rows.append(_row(shown.name, shown.public_id, held, table, cells[person.pk]))
    figures, below = _figures(table, unit, area)
    areas.pop("", None)
    named = sorted(areas.items(), key=lambda one: swedish(one[1]))
    return StaffReport(
        unit,
        as_of,
        table.units,
        figures,
        rows,
        protected,
        outside,
        known_at=known_at,
        area=area,
        areas=named,
        below=below,
    )


def _figures(
    table: StatusTable, unit: str, area: str
) -> tuple[list[Figure], dict[tuple[str, str], Figure]]:
    """Those of the unit in their order, and those of each unit directly below."""
    children = set(table.units.children(unit))
    figures: list[Figure] = []
    below: dict[tuple[str, str], Figure] = {}
    for counts in summary(table, unit=unit, area=area or None):
        if counts.unit == unit or counts.unit in children:
            line = figure(table.targets[counts.target], counts, table.as_of)
            if counts.unit == unit:
                figures.append(line)
            else:
                below[counts.unit, counts.target] = line
    return sorted(figures, key=lambda line: in_order(line.target)), below


def _employments(
    tree: OrganisationDay, unit: str, as_of: date, batch: int | None
) -> dict[int, list[Employment]]:
    there = Employment.objects.known_by(batch).on(as_of)
    codes = tree.counting_in(tree.subtree(unit))
    if codes is not None:
        there = there.filter(unit_code__in=codes)
    held: dict[int, list[Employment]] = defaultdict(list)
    for employment in there.select_related("person").order_by("valid_from", "pk"):
        held[employment.person_id].append(employment)
    return held


def _cells(table: StatusTable, unit: str, area: str) -> dict[int, dict[str, StaffCell]]:
    cells: dict[int, dict[str, StaffCell]] = defaultdict(dict)
    inside = table.units.subtree(unit)
    for result in table.results:
        if area and not any(one.area == area and one.unit in inside for one in result.places):
            continue
        cells[result.person][result.target] = StaffCell(result, result.expires_soon(table.as_of))
    return cells


def _row(
    name: str,
    public_id: UUID,
    held: list[Employment],
    table: StatusTable,
    cells: dict[str, StaffCell],
) -> StaffRow:
    places = {table.units.place(employment.unit_code) or "" for employment in held}
    return StaffRow(
        name=name,
        public_id=public_id,
        positions=tuple(dict.fromkeys(one.position for one in held if one.position)),
        unit=", ".join(sorted((table.units.units[code].name for code in places), key=swedish)),
        units=frozenset(above for code in places for above in table.units.path(code)),
        cells=cells,
        person=held[0].person_id,
    )


def _protected_row(name: str, tree: OrganisationDay, unit: str) -> list[StaffRow]:
    """A row that says no more than the district; none on a page narrower than that."""
    district = district_of(tree, unit)
    if unit not in {district, tree.root}:
        return []
    shown = tree.units[unit if district is None else district].name
    return [StaffRow(name=name, public_id=None, unit=shown)]
