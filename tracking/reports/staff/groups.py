"""The rows of the matrix by the units directly below, each with its own figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tracking.reports.figures import Figure
from tracking.reports.staff.report import StaffReport
from tracking.reports.staff.rows import StaffRow


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """A unit directly below, with the rows asked for; `unit` is empty for who is in none of them.

    `figures`: everybody's in the unit and all below it, whatever rows were asked for; None where
    a target applies to nobody there.
    """

    unit: str
    name: str
    rows: list[StaffRow]
    figures: list[Figure | None]


def grouped(report: StaffReport, rows: Sequence[StaffRow]) -> list[StaffGroup]:
    """Units by name, then those who work directly in the unit, then protected people.

    Somebody of two units stands in both, with the targets that apply to them through each: as the
    units' figures count them.
    """
    below = report.tree.children(report.unit)
    groups = []
    for code in below:
        inside = report.tree.subtree(code)
        there = [row.through(inside) for row in rows if code in row.units]
        if there:
            figures = [report.below.get((code, target.code)) for target in report.targets]
            groups.append(StaffGroup(code, report.tree.units[code].name, there, figures))
    rest = [row for row in rows if row.public_id and not row.units.intersection(below)]
    if rest:
        here = gettext("Directly in %(unit)s") % {"unit": report.tree.units[report.unit].name}
        groups.append(StaffGroup("", here, rest, []))
    if protected := [row for row in rows if not row.public_id]:
        groups.append(StaffGroup("", gettext("No unit told"), protected, []))
    return groups
