"""`organisation.csv`: units, their parents and successors, over time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from foundation.cells import Column, code, day, one_of, text
from foundation.intervals import FOREVER, Interval, exclusive, without
from tracking.imports.kinds.base import Key, Kind, Part, Plan, Row, interval_of, overlaps
from tracking.imports.problems import Problem
from tracking.organisation.models import Unit, UnitKind


class OrganisationFile(Kind):
    """Units. The tree must hold on every day, so there is no taking it in part."""

    name = "organisation"
    model = Unit
    columns = (
        Column("kod", code, required=True),
        Column("namn", text(200), required=True),
        Column("typ", one_of(UnitKind.values), required=True),
        Column("overordnad", code),
        Column("fran", day, required=True),
        Column("till", day, empty=None),
        Column("ersatts_av", code),
    )
    key_columns = ("kod", "fran")
    rests_on = ()
    may_be_partial = False

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "name": values["namn"],
            "kind": values["typ"],
            "parent_code": values["overordnad"],
            "valid_to": exclusive(values["till"]),
            "replaced_by_code": values["ersatts_av"],
        }

    def problems_after(self, plan: Plan, part: Part) -> list[Problem]:
        if not plan.bring and not plan.take_away:
            return []
        return [
            *self._overlaps(plan),
            *_Tree(plan, self.files, part.unread).problems(),
        ]

    def _overlaps(self, plan: Plan) -> list[Problem]:
        return [
            row.problem(
                "fran",
                key[1],
                _("periods of one kod that do not overlap; another begins %(day)s")
                % {"day": other[1]},
            )
            for key, row, other in overlaps(plan, group=1)
            if row is not None
        ]


class _Tree:
    """The organisation after the file, asked for what STATUS.md 8 refuses."""

    def __init__(self, plan: Plan, files: str, unread: Sequence[Mapping[str, str]]) -> None:
        """`unread`: rows that could not be read. What only they make wrong is no other's fault."""
        self.files = files
        self.withdrawn = {key[0]: row for key, row in plan.withdrawn_by.items()}
        self.unread = {cells.get("kod", "") for cells in unread}
        self.rows: dict[Key, Row | None] = {}
        self.units: dict[str, list[tuple[Interval, dict[str, Any]]]] = defaultdict(list)
        for key, fields, row in plan.after():
            self.rows[key] = row
            self.units[key[0]].append((interval_of(key[1], fields), fields))
        for periods in self.units.values():
            periods.sort(key=lambda period: period[0])

    def problem(self, unit: str, start: date, column: str, value: str, expected: str) -> Problem:
        """At the file's own row of this unit, or of the one it names; else at the file."""
        row = self.rows[unit, start]
        if row is not None:
            return row.problem(column, value, expected)
        said = f"{unit} ({start}): {value}"
        if cause := self._row_of(value):
            return cause.problem(column, said, expected)
        return Problem(self.files, None, column, said, expected)

    def _row_of(self, unit: str) -> Row | None:
        """The file's last row of a unit, or the one that withdraws it."""
        rows = [row for key, row in sorted(self.rows.items()) if row and key[0] == unit]
        return rows[-1] if rows else self.withdrawn.get(unit)

    def problems(self) -> list[Problem]:
        return [*self._parents(), *self._successors(), *self._days()]

    def _parents(self) -> list[Problem]:
        found = []
        for unit, periods in self.units.items():
            for interval, fields in periods:
                parent = fields["parent_code"]
                if not parent or parent in self.unread:
                    continue
                above = [period for period, _fields in self.units.get(parent, [])]
                if missing := without(interval, above):
                    expected = _(
                        "a unit in force during the whole of the row's period; it is not on %(day)s"
                    ) % {"day": missing[0].start}
                    found.append(self.problem(unit, interval.start, "overordnad", parent, expected))
        return found

    def _successors(self) -> list[Problem]:
        found = []
        last = {unit: periods[-1] for unit, periods in self.units.items()}
        for unit, periods in self.units.items():
            for interval, fields in periods:
                successor = fields["replaced_by_code"]
                if successor and successor not in self.units and successor not in self.unread:
                    expected = _("the code of a unit")
                    found.append(
                        self.problem(unit, interval.start, "ersatts_av", successor, expected)
                    )
        for unit in self.units:
            seen, here = [unit], last[unit][1]["replaced_by_code"]
            while here in last and here not in seen:
                seen.append(here)
                here = last[here][1]["replaced_by_code"]
            if here == unit:
                expected = _("successors that never lead back: %(chain)s") % {
                    "chain": " → ".join([*seen, unit])
                }
                start = last[unit][0].start
                found.append(self.problem(unit, start, "ersatts_av", seen[-1], expected))
        return found

    def _days(self) -> list[Problem]:
        """Roots and cycles, once per stretch of days between two changes."""
        edges = {
            edge for periods in self.units.values() for period, _f in periods for edge in period
        }
        days = sorted(edges - {FOREVER})
        found: list[Problem] = []
        said: set[tuple[str, ...]] = set()
        for begins in days:
            parents = {
                unit: (period.start, fields["parent_code"])
                for unit, periods in self.units.items()
                for period, fields in periods
                if period.covers(begins)
            }
            roots = sorted(unit for unit, (_start, parent) in parents.items() if not parent)
            if len(roots) > 1 and tuple(roots) not in said and not self.unread:
                said.add(tuple(roots))
                expected = _("one unit without overordnad on %(day)s, not %(units)s") % {
                    "day": begins,
                    "units": ", ".join(roots),
                }
                found += [
                    self.problem(unit, parents[unit][0], "overordnad", "", expected)
                    for unit in roots
                ]
            if not roots and not self.unread and not self._in_cycle(parents):
                expected = _("a unit without overordnad on every day; there is none on %(day)s") % {
                    "day": begins
                }
                found.append(self._rootless(begins, expected))
            for cycle in self._cycles(parents):
                if cycle not in said:
                    said.add(cycle)
                    expected = _("units above that never lead back, on %(day)s: %(chain)s") % {
                        "day": begins,
                        "chain": " → ".join([*cycle, cycle[0]]),
                    }
                    start, parent = parents[cycle[0]]
                    found.append(self.problem(cycle[0], start, "overordnad", parent, expected))
        return found

    def _rootless(self, day: date, expected: str) -> Problem:
        """At the row of the root that ended last, or of a unit that stands below nothing."""
        roots = [
            (interval.end, unit, interval.start)
            for unit, periods in self.units.items()
            for interval, fields in periods
            if not fields["parent_code"] and interval.end <= day
        ]
        for end, unit, start in sorted(roots, reverse=True):
            if row := self.rows[unit, start]:
                return row.problem("till", end - timedelta(days=1), expected)
        cause = next(iter(self.withdrawn.values()), None)
        if cause:
            return cause.problem("overordnad", "", expected)
        return Problem(self.files, None, "overordnad", "", expected)

    def _in_cycle(self, parents: Mapping[str, tuple[date, str]]) -> bool:
        return any(True for _cycle in self._cycles(parents))

    @staticmethod
    def _cycles(parents: Mapping[str, tuple[date, str]]) -> list[tuple[str, ...]]:
        """Each cycle once, from its first unit in code order."""
        found: list[tuple[str, ...]] = []
        settled: set[str] = set()
        for unit in sorted(parents):
            walked: list[str] = []
            here = unit
            while here in parents and here not in settled and here not in walked:
                walked.append(here)
                here = parents[here][1]
            if here in walked:
                cycle = walked[walked.index(here) :]
                at = cycle.index(min(cycle))
                found.append(tuple(cycle[at:] + cycle[:at]))
            settled.update(walked)
        return found
