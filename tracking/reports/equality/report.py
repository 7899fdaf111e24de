"""Each district beside the city on one target: its share, and what chance alone would do."""

from dataclasses import dataclass
from enum import StrEnum

from tracking.organisation.models import UnitKind
from tracking.reports.equality.limits import ALARM, WARNING, Limits, limits, shared_out
from tracking.reports.figures import in_order
from tracking.status.figures import Figures
from tracking.status.queries import UnitSummary
from tracking.status.rules import TargetRow


class Verdict(StrEnum):
    """Where a district lies: within what chance alone does, beyond 95 %, or beyond 99.8 %."""

    WITHIN = "within"
    BELOW = "below"
    FAR_BELOW = "far_below"
    ABOVE = "above"
    FAR_ABOVE = "far_above"


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """A district: its counts, its limits, and where it lies between them."""

    code: str
    name: str
    counts: UnitSummary
    warning: Limits
    alarm: Limits

    @property
    def verdict(self) -> Verdict:
        """Where it lies."""
        done = self.counts.done
        if self.warning.holds(done):
            return Verdict.WITHIN
        if done < self.warning.fewest:
            return Verdict.BELOW if self.alarm.holds(done) else Verdict.FAR_BELOW
        return Verdict.ABOVE if self.alarm.holds(done) else Verdict.FAR_ABOVE

    @property
    def is_outside(self) -> bool:
        """Whether chance alone would seldom bring it here."""
        return self.verdict is not Verdict.WITHIN


@dataclass(frozen=True, slots=True)
class EqualityReport:
    """The districts on one target, the smallest share first."""

    target: TargetRow
    city: str
    city_name: str
    counts: UnitSummary
    lines: list[DistrictLine]

    @property
    def outside(self) -> list[DistrictLine]:
        """Those that differ by more than chance would."""
        return [line for line in self.lines if line.is_outside]

    def chance(self, together: float) -> float:
        """What each district may have, for all of them to have that much together."""
        return shared_out(together, len(self.lines))


def targets_to_compare(found: Figures) -> list[TargetRow]:
    """Every target in force, by goal; what is only offered last."""
    return sorted(found.targets.values(), key=in_order)


def equality_report(found: Figures, code: str, *, area: str = "") -> EqualityReport | None:
    """The report on the target `code`; None when it was not in force, or has no one to count.

    One query, and memory of limits worked out before.
    """
    tree, target = found.tree, found.targets.get(code)
    if target is None or tree.root is None:
        return None
    districts = [
        one
        for one in tree.children(tree.root)
        if tree.units[one].kind == UnitKind.DISTRICT_COMMITTEE
    ]
    counts = found.of([tree.root, *districts], targets=[code], area=area or None)
    city = counts.get((tree.root, code))
    compared = [one for one in districts if (one, code) in counts and counts[one, code].base]
    if city is None or not city.base:
        return None
    lines = [
        DistrictLine(
            one,
            tree.units[one].name,
            counts[one, code],
            *(
                limits(counts[one, code].base, city.done, city.base, each)
                for each in (shared_out(WARNING, len(compared)), shared_out(ALARM, len(compared)))
            ),
        )
        for one in compared
    ]
    lines.sort(key=lambda line: line.counts.done / line.counts.base)
    return EqualityReport(target, tree.root, tree.units[tree.root].name, city, lines)
