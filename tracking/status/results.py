"""What status is told as: a person's result, a table of them, and the counts they come to."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracking.organisation.queries import OrganisationDay
from tracking.status.audience import Place
from tracking.status.rules import EXPIRES_SOON_DAYS, Status, TargetRow


@dataclass(frozen=True, slots=True)
class TargetResult:
    """A person's status against one target on one day."""

    person: int  # Person's primary key
    target: str
    status: Status
    completed_on: date | None  # of the best reached alternative, whatever the status
    valid_through: date | None  # its last valid day; None without end, or without a completion
    due_on: date | None
    start: date  # first day of the unbroken stretch in the audience
    places: frozenset[Place]  # where an employment meets the audience on the day

    @property
    def units(self) -> frozenset[str]:
        """The units of `places`."""
        return frozenset(place.unit for place in self.places)

    def expires_soon(self, as_of: date) -> bool:
        """Done, but for at most 60 more days."""
        return (
            self.status is Status.DONE
            and self.valid_through is not None
            and self.valid_through <= as_of + timedelta(days=EXPIRES_SOON_DAYS)
        )


@dataclass(frozen=True, slots=True)
class StatusTable:
    """Every result asked for, with the targets and the organisation they were judged by."""

    as_of: date
    results: list[TargetResult]
    targets: dict[str, TargetRow]
    units: OrganisationDay


@dataclass(slots=True)
class UnitSummary:
    """People in a target's audience through a unit and all below it, by status."""

    unit: str
    target: str
    target_share: int
    counts: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))
    area: str = ""  # folded: only those in the audience through an employment in it

    @property
    def audience(self) -> int:
        """`malgrupp`: all of them."""
        return sum(self.counts.values())

    @property
    def exempt(self) -> int:
        """`undantagna`."""
        return self.counts[Status.EXEMPT]

    @property
    def done(self) -> int:
        """`klara`."""
        return self.counts[Status.DONE]

    @property
    def expired(self) -> int:
        """`utgangna`."""
        return self.counts[Status.EXPIRED]

    @property
    def overdue(self) -> int:
        """`forsenade`."""
        return self.counts[Status.OVERDUE]

    @property
    def started(self) -> int:
        """`pagaende`."""
        return self.counts[Status.STARTED]

    @property
    def not_started(self) -> int:
        """`ej_paborjade`."""
        return self.counts[Status.NOT_STARTED]

    @property
    def base(self) -> int:
        """Those who count: the audience without the exempt."""
        return self.audience - self.exempt

    @property
    def share(self) -> int | None:
        """Done of the base, whole percent rounded down: 100 means all. None without a base."""
        return self.done * 100 // self.base if self.base else None

    @property
    def met(self) -> bool | None:
        """Whether the target's share is reached, compared exactly. None without a base."""
        return self.done * 100 >= self.target_share * self.base if self.base else None


def summary(
    table: StatusTable, *, unit: str | None = None, area: str | None = None
) -> list[UnitSummary]:
    """Counts per unit, each with all below it, and target; by unit and target code.

    A person counts once in a unit however many employments lead there (STATUS.md 3). Units where
    nobody is in the audience are left out. `unit`: that unit and all below it; `area`: only those
    in the audience through an employment in this business area (folded).
    """
    wanted = None if unit is None else table.units.subtree(unit)
    found: dict[tuple[str, str], UnitSummary] = {}
    # Those who count in the same places are many: each such crowd goes up the tree once.
    crowds = Counter((one.places, one.target, one.status) for one in table.results)
    for (places, target, status), people in crowds.items():
        held = {place.unit for place in places if area is None or place.area == area}
        reached = {code for placed in held for code in table.units.path(placed)}
        for code in reached if wanted is None else reached & wanted:
            key = (code, target)
            if key not in found:
                share = table.targets[target].share
                found[key] = UnitSummary(*key, target_share=share, area=area or "")
            found[key].counts[status] += people
    return [found[key] for key in sorted(found)]
