"""A person of the matrix, and a cell: where they stand on a target."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from tracking.status.queries import TargetResult
from tracking.status.rules import Status, TargetRow
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

    def done_of(self, targets: Sequence[TargetRow]) -> tuple[int, int]:
        """Of the targets that are more than an offer: how many are reached, of how many."""
        statuses = [
            cell.result.status
            for target in targets
            if target.level != Level.OFFERED and (cell := self.cells.get(target.code))
        ]
        done = sum(status is Status.DONE for status in statuses)
        return done, sum(status is not Status.EXEMPT for status in statuses)

    def through(self, units: Collection[str]) -> "StaffRow":
        """The same person, with the targets that apply to them through one of these units."""
        held = {
            code: cell
            for code, cell in self.cells.items()
            if any(place.unit in units for place in cell.result.places)
        }
        return self if len(held) == len(self.cells) else replace(self, cells=held)
