"""What status comes out as: a person's result, everybody's table, and a unit's counts."""

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
