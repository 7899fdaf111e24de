"""The matrix of staff as its page shows it: heads, rows by unit, cells that lead to why."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from tracking.reports.cells import target_cells
from tracking.reports.figures import NO_FIGURE, level_words, shown_of_base
from tracking.reports.staff import StaffGroup, StaffReport, StaffRow, grouped


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: what a click sorts by, and how it is sorted now."""

    key: str
    label: str
    sort: str
    state: str
    lang: str = ""
    level: str = ""
    is_target: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its cells. `may_be_chosen`: nobody does anything about themself here."""

    row: StaffRow
    url: str  # of the person's page; empty for who is protected
    cells: SafeString  # under each target
    done: int
    of: int
    may_be_chosen: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one unit with its figures; without `group` the matrix has no groups."""

    group: StaffGroup | None
    figures: list[SafeString]
    lines: list[Line]


# Stands in an address until a row's own key does: an address is worked out once a page.
_SOMEBODY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Matrix:
    """A page of the matrix. `here`: what its links take along; `me`: Person's key; `target`: the
    code of the one asked for.
    """

    report: StaffReport
    here: str
    me: int | None
    chosen: Collection[UUID]
    target: str = ""

    def heads(self, sort: str) -> list[Head]:
        """Of every column, the people's first."""
        names = [("namn", gettext("Name"))]
        names += [("enhet", gettext("Unit"))] if self.has_units else []
        names += [("forsenade", pgettext("targets", "Overdue"))]
        now = {sort.removeprefix("-"): "descending" if sort.startswith("-") else "ascending"}

        def head(key: str, label: str, **more: str | bool) -> Head:
            state = now.get(key, "")
            turned = f"-{key}" if state == "ascending" else key
            return Head(key, label, turned, state, **more)  # type: ignore[arg-type]

        lang = settings.CONTENT_LANGUAGE
        return [head(key, label) for key, label in names] + [
            head(one.code, one.name, lang=lang, level=level_words(one), is_target=True)
            for one in self.report.targets
        ]

    def blocks(self, page: Page[tuple[StaffGroup | None, StaffRow]]) -> list[Block]:
        """The rows of a page, by group where there are any."""
        found = []
        for _same, entries in groupby(page.object_list, lambda entry: id(entry[0])):
            together = list(entries)
            group = together[0][0]
            figures = [
                shown_of_base(one.counts) if one else NO_FIGURE
                for one in (group.figures if group else [])
            ]
            found.append(Block(group, figures, [self._line(row) for _group, row in together]))
        return found

    def pages(
        self, rows: list[StaffRow], *, by_unit: bool, each: int
    ) -> Paginator[tuple[StaffGroup | None, StaffRow]]:
        """The rows in pages, each with the group it stands in."""
        if not by_unit:
            return Paginator([(None, row) for row in rows], each)
        groups = grouped(self.report, rows)
        return Paginator([(group, row) for group in groups for row in group.rows], each)

    def _line(self, row: StaffRow) -> Line:
        targets = self.report.targets
        who = str(row.public_id) if row.public_id else ""
        cells = zip(row.in_order(targets), self._rest, strict=True)
        why = self._why.replace(_SOMEBODY, who) if who else ""
        done, of = row.done_of(targets)
        choosable = row.public_id is not None and row.person != self.me
        return Line(
            row,
            self._person.replace(_SOMEBODY, who) if who else "",
            target_cells(cells, why, self._at),
            done,
            of,
            choosable,
            choosable and row.public_id in self.chosen,
        )

    @cached_property
    def has_units(self) -> bool:
        """Whether the unit has parts that somebody is seen in."""
        return bool(self.report.units)

    @cached_property
    def _person(self) -> str:
        query = f"?{self.here}" if self.here else ""
        return f"{reverse('reports:person', args=[_SOMEBODY])}{query}"

    @cached_property
    def _why(self) -> str:
        return reverse("reports:why", args=[_SOMEBODY])

    @cached_property
    def _rest(self) -> list[str]:
        """What a cell's link says of its target, and takes along."""
        here = f"&{self.here}" if self.here else ""
        return [f"?mal={quote(one.code, safe='')}{here}" for one in self.report.targets]

    @cached_property
    def _at(self) -> int:
        codes = [target.code for target in self.report.targets]
        return codes.index(self.target) if self.target in codes else -1
