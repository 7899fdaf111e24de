"""The account of each target: how many before, what each cause did, how many after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation.components.statuses import status_label
from tracking.reports.comparison.words import Difference, cause_heading, difference, signed
from tracking.reports.figures import in_order
from tracking.status.compare.causes import Cause
from tracking.status.compare.comparison import Change, Comparison
from tracking.status.figures import Figures
from tracking.status.queries import UnitSummary
from tracking.status.rules import Status, TargetRow
from tracking.targets.models import Level

# The columns of an account after the audience, as people ask: done first, exempt last.
COLUMNS = (
    Status.DONE,
    Status.STARTED,
    Status.NOT_STARTED,
    Status.OVERDUE,
    Status.EXPIRED,
    Status.EXEMPT,
)


@dataclass(frozen=True, slots=True)
class Line:
    """What one cause did, in the order of the account's columns, the audience first."""

    cause: Cause
    people: int
    numbers: list[int]

    @property
    def heading(self) -> str:
        """The cause, at the head of its line."""
        return cause_heading(self.cause)

    @property
    def signed(self) -> list[str]:
        """The numbers as an account shows them."""
        return [signed(number) for number in self.numbers]


@dataclass(frozen=True, slots=True)
class Account:
    """One target of the unit in both reports; None where nobody was in its audience."""

    target: TargetRow
    before: UnitSummary | None
    after: UnitSummary | None
    columns: list[Status]  # those in which anybody is counted anywhere
    lines: list[Line]
    said: Difference

    @property
    def numbers_before(self) -> list[int]:
        """The counts of the first report, the audience first."""
        return _numbers(self.before, self.columns)

    @property
    def numbers_after(self) -> list[int]:
        """The counts of the second report."""
        return _numbers(self.after, self.columns)

    @property
    def difference(self) -> list[int]:
        """Column by column, which the lines add up to."""
        pairs = zip(self.numbers_before, self.numbers_after, strict=True)
        return [after - before for before, after in pairs]

    @property
    def adds_up(self) -> bool:
        """Whether it does; what was kept of facts since disposed of may not."""
        sums = [sum(column) for column in zip(*(line.numbers for line in self.lines), strict=True)]
        return (sums or [0] * len(self.difference)) == self.difference

    @property
    def headings(self) -> list[str]:
        """The columns after the audience, in a word."""
        return [status_label(status) for status in self.columns]

    @property
    def more(self) -> str:
        """How many more are done, with its sign."""
        return signed(self.done)

    @property
    def done(self) -> int:
        """How many more are done."""
        return _count(self.after, Status.DONE) - _count(self.before, Status.DONE)


def accounts(comparison: Comparison, before: Figures, after: Figures) -> list[Account]:
    """An account of every target in either report, in the order of the reports."""
    unit, area, _codes = comparison.scope
    first, last = before.of([unit], area=area), after.of([unit], area=area)
    changes = comparison.changes()
    late = _is_late(comparison)
    targets = {**before.targets, **after.targets}
    wanted = [
        target
        for target in sorted(targets.values(), key=in_order)
        if target.code in comparison.scope.targets
        and ((unit, target.code) in first or (unit, target.code) in last)
    ]
    return [
        _account(
            target,
            (first.get((unit, target.code)), last.get((unit, target.code))),
            changes.get(target.code, {}),
            late=late,
        )
        for target in wanted
    ]


def _account(
    target: TargetRow,
    counts: tuple[UnitSummary | None, UnitSummary | None],
    changes: Mapping[Cause, Change],
    *,
    late: bool,
) -> Account:
    columns = [
        status
        for status in COLUMNS
        if any(_count(one, status) for one in counts)
        or any(change.by_status[status] for change in changes.values())
    ]
    lines = [
        Line(cause, change.people, [change.audience, *(change.by_status[one] for one in columns)])
        for cause, change in changes.items()
    ]
    more = _count(counts[1], Status.DONE) - _count(counts[0], Status.DONE)
    by_cause = {cause: change.by_status[Status.DONE] for cause, change in changes.items()}
    said = difference(more, by_cause, late=late)
    return Account(target, *counts, columns, lines, said)


def whole(found: Sequence[Account], comparison: Comparison) -> Difference:
    """The difference over all targets that are required, for the top of the page."""
    by_cause: dict[Cause, int] = {}
    required = {one.target.code for one in found if one.target.level != Level.OFFERED}
    for target, changes in comparison.changes().items():
        if target in required:
            for cause, change in changes.items():
                by_cause[cause] = by_cause.get(cause, 0) + change.by_status[Status.DONE]
    more = sum(one.done for one in found if one.target.code in required)
    late = _is_late(comparison)
    return difference(more, by_cause, late=late)


def _numbers(counts: UnitSummary | None, columns: Sequence[Status]) -> list[int]:
    audience = counts.audience if counts else 0
    return [audience, *(_count(counts, status) for status in columns)]


def _count(counts: UnitSummary | None, status: Status) -> int:
    return counts.counts[status] if counts else 0


def _is_late(comparison: Comparison) -> bool:
    """Whether the second report differs only in knowing more."""
    before, after = comparison.before, comparison.after
    return before.as_of == after.as_of and before.batch <= after.batch
