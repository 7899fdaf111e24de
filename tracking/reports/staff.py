"""Mina medarbetare: the targets of a unit, and where each of its people stands (STATUS.md 6)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import ngettext

from foundation.components.statuses import status_label
from foundation.facts import batch_at
from foundation.formats import Cell as FileCell
from foundation.jobs.progress import UNWATCHED, Steps
from foundation.sorting import folded, letters, swedish
from tracking.organisation.models import Employment
from tracking.organisation.queries import OrganisationDay
from tracking.organisation.rules import PersonScope, district_of, shown_person
from tracking.reports.figures import Figure, figure, in_order, level_words
from tracking.status.queries import StatusTable, TargetResult, status_table, summary
from tracking.status.rules import Status, TargetRow
from tracking.targets.expressions import folded as folded_text
from tracking.targets.models import Level

# What wants something done comes first when a column is sorted.
URGENCY = (
    Status.OVERDUE,
    Status.EXPIRED,
    Status.NOT_STARTED,
    Status.STARTED,
    Status.DONE,
    Status.EXEMPT,
)


@dataclass(frozen=True, slots=True)
class StaffCell:
    """A person's status against a target, and the day that goes with it."""

    result: TargetResult
    expires_soon: bool

    @property
    def is_reached(self) -> bool:
        """Whether the person has reached the target, now or once."""
        return self.result.status in {Status.DONE, Status.EXPIRED}

    @property
    def day(self) -> date | None:
        """Last valid day of what is reached, else the day by which it must be; exempt: none."""
        if self.is_reached:
            return self.result.valid_through
        return None if self.result.status is Status.EXEMPT else self.result.due_on


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person of the unit. A protected one has neither `public_id`, role nor cells."""

    name: str
    public_id: UUID | None
    positions: tuple[str, ...] = ()
    unit: str = ""
    units: frozenset[str] = frozenset()  # codes, each with all above it
    cells: dict[str, StaffCell] = field(default_factory=dict)  # by target
    person: int | None = None  # Person's key

    @property
    def position(self) -> str:
        """Every role held in the unit."""
        return ", ".join(self.positions)

    @property
    def overdue(self) -> int:
        """How many targets are overdue."""
        return sum(cell.result.status is Status.OVERDUE for cell in self.cells.values())

    def in_order(self, targets: Sequence[TargetRow]) -> list[StaffCell | None]:
        """A cell, or None, for each target."""
        return [self.cells.get(target.code) for target in targets]


@dataclass(frozen=True, slots=True)
class StaffFilters:
    """What a reader asked to see of the matrix; empty means everything."""

    unit: str = ""
    area: str = ""
    position: str = ""
    status: str = ""
    overdue: bool = False
    name: str = ""
    sort: str = "namn"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out: then protected people are, and the number outside is."""
        chosen = (self.unit, self.area, self.position, self.status, self.name)
        return self.overdue or any(chosen)


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
            areas |= {folded_text(one.business_area): one.business_area for one in everything}
        held = [one for one in everything if area in {"", folded_text(one.business_area)}]
        if not held:
            continue
        if shown is None:
            outside += 1
        elif shown.public_id is None:
            protected += _protected_row(shown.name, table.units, unit)
        else:
            rows.append(_row(shown.name, shown.public_id, held, table, cells[person.pk]))
    counted = [one for one in summary(table, unit=unit, area=area or None) if one.unit == unit]
    figures = [figure(table.targets[c.target], c, as_of) for c in counted]
    figures.sort(key=lambda line: in_order(line.target))
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
    )


def selected(report: StaffReport, filters: StaffFilters) -> list[StaffRow]:
    """The rows asked for, sorted. Protected people come last, and only without a filter."""
    required = {target.code for target in report.targets if target.level != Level.OFFERED}
    found = [row for row in report.rows if _is_asked_for(row, filters, required)]
    found.sort(key=lambda row: (*swedish(row.name), *swedish(row.unit), str(row.public_id)))
    backwards, key = filters.sort.startswith("-"), filters.sort.removeprefix("-")
    found.sort(key=lambda row: _sort_value(row, key), reverse=backwards)
    return found if filters.narrows else found + report.protected


def file_header(report: StaffReport, titles: Sequence[str], date_title: str) -> list[str]:
    """The matrix's header: `titles` of the first columns, then two for each target."""
    levels = [(target.name, level_words(target)) for target in report.targets]
    columns = [f"{name} ({level})" if level else name for name, level in levels]
    return [*titles, *(text for name in columns for text in (name, f"{name}: {date_title}"))]


def file_row(report: StaffReport, row: StaffRow) -> list[FileCell]:
    """A row of the matrix, as files say it."""
    cells: list[FileCell] = [row.name, row.position, row.unit]
    for cell in row.in_order(report.targets):
        cells += [status_label(cell.result.status), cell.day] if cell else [None, None]
    return cells


def outside_words(count: int) -> str:
    """The last line of a file that leaves people out whom the reader may not see."""
    text = ngettext(
        "and %(count)d person outside your access",
        "and %(count)d people outside your access",
        count,
    )
    return text % {"count": count}


def _is_asked_for(row: StaffRow, filters: StaffFilters, required: set[str]) -> bool:
    """`required`: codes of the targets a status is asked about; nobody is behind on an offer."""
    return (
        (not filters.unit or filters.unit in row.units)
        and (not filters.position or filters.position in row.positions)
        and (not filters.overdue or row.overdue > 0)
        and (not filters.name or letters(filters.name) in letters(row.name))
        and (
            not filters.status
            or any(
                cell.result.status == filters.status
                for code, cell in row.cells.items()
                if code in required
            )
        )
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
