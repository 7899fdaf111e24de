"""Mina medarbetare as a file: the matrix as it is shown, and the lines above it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils.translation import gettext, pgettext

from foundation.documents import Cell, Column, Document, Heading, Part, Table
from foundation.facts import batch_at
from foundation.intervals import today
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.exports.documents import Made, Offer, Unanswerable, Weight, offer
from tracking.organisation.models import Employment, User
from tracking.organisation.queries import organisation_on
from tracking.organisation.rules import PersonScope, visible_to
from tracking.reports.asked import LIST, Asked, asked_staff, asked_unit
from tracking.reports.documents.saying import figures_table, people_about, target_lines
from tracking.reports.forms import StaffFilterForm
from tracking.reports.seen import staff_exported
from tracking.reports.staff import StaffReport, StaffRow, file_header, file_row, outside_words
from tracking.status.queries import target_rows


@offer
class StaffOffer(Offer):
    """The people of a unit against its targets."""

    code = "staff"
    page = "reports:staff"
    carries = tuple(name for name in LIST if name != "sida")

    def weigh(self, user: User, query: QueryDict) -> Weight:
        asked = asked_unit(query, _scope(user))
        if not asked.is_valid() or not asked.cleaned_data["enhet"]:
            raise Unanswerable
        unit = asked.cleaned_data["enhet"]
        name = dict(asked.units).get(unit, unit)
        return Weight(
            gettext("Staff of %(unit)s") % {"unit": name},
            cells_of(unit, asked.cleaned_data["datum"], asked.known_at),
        )

    def make(self, user: User, query: QueryDict, steps: Steps = UNWATCHED) -> Made:
        scope = _scope(user)
        asked = asked_staff(query, scope, steps)
        report, filters = asked.report, asked.filters
        if report is None or filters is None or not filters.is_valid():
            raise Unanswerable
        return Made(
            _document(asked, report, filters, steps),
            f"medarbetare-{report.unit[:64]}-{report.as_of:%Y-%m-%d}",
            len(asked.rows),
            [row.person for row in asked.rows if row.person is not None],
            partial(staff_exported, user, scope, report, asked.rows),
        )

    def may_read(self, user: User, query: QueryDict, about: list[int], on: date) -> bool:
        scope = visible_to(user, on)
        return scope.roles.sees_staff and all(scope.sees(person) for person in about)


def cells_of(unit: str, on: date, known_at: datetime | None = None) -> int:
    """People × targets of the unit. Few queries, none of which counts cells."""
    batch = batch_at(known_at)
    tree = organisation_on(on, batch)
    there = Employment.objects.known_by(batch).on(on)
    codes = tree.counting_in(tree.subtree(unit))
    if codes is not None:
        there = there.filter(unit_code__in=codes)
    people = there.order_by().values("person").distinct().count()
    return people * sum(row.in_force.covers(on) for row in target_rows(batch))


def _scope(user: User) -> PersonScope:
    scope = visible_to(user, today())
    if not scope.roles.sees_staff:
        raise PermissionDenied
    return scope


def _document(
    asked: Asked, report: StaffReport, filters: StaffFilterForm, steps: Steps
) -> Document:
    title = gettext("Staff")
    titles = [gettext("Name"), pgettext("employment", "Role"), gettext("Unit")]
    header = file_header(report, titles, gettext("valid through or due"))
    columns = [Column(name) for name in header[: len(titles)]]
    columns += [
        Column(name, "date" if at % 2 else "text") for at, name in enumerate(header[len(titles) :])
    ]
    narrows = filters.filters.narrows
    matrix = Table(title, columns, _rows(asked.rows, report, narrows=narrows, steps=steps))
    about = people_about(title, asked.unit_name, report.as_of, report.known_at, _chosen(filters))
    lines = [(asked.unit_name, line) for line in report.figures]
    figures = figures_table(gettext("Knowledge targets"), lines)
    parts: list[Part] = [
        Heading(gettext("Knowledge targets")),
        target_lines(asked.unit_name, report.figures),
        Heading(gettext("Staff")),
        _read(asked.rows, report, narrows=narrows, steps=steps),
    ]
    return Document(about, parts, data=[matrix, figures] if lines else [matrix])


def _read(rows: Sequence[StaffRow], report: StaffReport, *, narrows: bool, steps: Steps) -> Table:
    """The matrix as it is read: a column for each target, status and day together."""
    names = [Column(target.name) for target in report.targets]
    return Table(
        "",
        [Column(gettext("Name")), Column(gettext("Unit")), *names],
        _lines(rows, report, narrows=narrows, steps=steps),
        heads=2,
    )


def _lines(
    rows: Sequence[StaffRow], report: StaffReport, *, narrows: bool, steps: Steps
) -> Iterator[Sequence[Cell]]:
    for row in _rows(rows, report, narrows=narrows, steps=steps):
        name, _position, unit, *cells = [*row, None, None][: max(len(row), 3)]
        yield [
            name,
            unit,
            *(
                f"{status} {day}" if day else status
                for status, day in zip(cells[::2], cells[1::2], strict=True)
            ),
        ]


def _rows(
    rows: Sequence[StaffRow], report: StaffReport, *, narrows: bool, steps: Steps
) -> Iterator[Sequence[Cell]]:
    for row in steps.each(rows, gettext("Writing rows")):
        yield file_row(report, row)
    if report.outside and not narrows:
        yield [outside_words(report.outside)]


def _chosen(filters: StaffFilterForm) -> list[tuple[str, str]]:
    """What the reader narrowed the list by, as the page names it."""
    chosen = []
    for field in filters.visible_fields():
        value = filters.cleaned_data.get(field.name)
        if value:
            words = gettext("yes") if value is True else str(value)
            choices = dict(getattr(field.field, "choices", ()))
            chosen.append((str(field.label), str(choices.get(value, words))))
    return chosen
