"""Uppföljning as a file: every figure of the table, and the table as it is read."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils.translation import gettext

from foundation.components.numbers import number
from foundation.documents import Column, Document, Heading, Paragraph, Part, Table
from foundation.intervals import today
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.exports.documents import Made, Offer, Unanswerable, Weight, offer
from tracking.organisation.models import User
from tracking.organisation.rules import UnitScope, units_visible_to
from tracking.reports.asked import FIGURES, AskedFigures, asked_figures
from tracking.reports.documents.saying import figures_about, figures_table, target_lines
from tracking.reports.overview import Overview, overview
from tracking.status.figures import Figures

# Columns of the lines above the shares.
PRINTED = 7


@offer
class OverviewOffer(Offer):
    """The targets of a unit and of what stands directly below."""

    code = "overview"
    page = "reports:overview"
    carries = FIGURES
    forms = ("xlsx", "csv", "pdf", "docx")

    def weigh(self, user: User, query: QueryDict) -> Weight:
        asked, _found, table = _table_of(user, query)
        title = gettext("Follow-up of %(unit)s") % {"unit": asked.unit_name}
        return Weight(title, len(table.rows) * (len(table.columns) + PRINTED))

    def make(self, user: User, query: QueryDict, steps: Steps = UNWATCHED) -> Made:
        asked, found, table = _table_of(user, query)
        document = _document(asked, found, table)
        stem = f"uppfoljning-{asked.unit[:64]}-{table.as_of:%Y-%m-%d}"
        return Made(document, stem, len(table.rows))

    def may_read(self, user: User, query: QueryDict, about: list[int], on: date) -> bool:
        return may_read_figures(user, query, on)


def asked_of(user: User, query: QueryDict) -> tuple[UnitScope, AskedFigures, Figures]:
    """The figures the address asks for, by the rights of the reader."""
    scope = units_visible_to(user, today())
    if not scope.roles.sees_figures:
        raise PermissionDenied
    asked = asked_figures(query, scope)
    if not asked.form.is_valid() or asked.figures is None:
        raise Unanswerable
    return scope, asked, asked.figures


def _table_of(user: User, query: QueryDict) -> tuple[AskedFigures, Figures, Overview]:
    scope, asked, found = asked_of(user, query)
    table = overview(scope, found, asked.unit, area=asked.area, goal=asked.goal, level=asked.level)
    if table is None or not table.rows:
        raise Unanswerable
    return asked, found, table


def may_read_figures(user: User, query: QueryDict, on: date) -> bool:
    """Whether the unit's figures are the reader's to see."""
    scope = units_visible_to(user, on)
    return scope.roles.sees_figures and scope.sees_figures_of(query.get("enhet", ""))


def _document(asked: AskedFigures, found: Figures, table: Overview) -> Document:
    names = [column.name for column in table.columns]
    figures = figures_table(
        gettext("Figures"),
        [
            (name, figure)
            for row in table.rows
            for name, figure in zip(names, row.cells, strict=True)
            if figure is not None
        ],
    )
    shares = Table(
        gettext("Share done"),
        [Column(gettext("Knowledge target")), *(Column(name, "share") for name in names)],
        [
            [row.target.name, *(cell.counts.share if cell else None for cell in row.cells)]
            for row in table.rows
        ],
    )
    about = figures_about(asked, found, gettext("Follow-up of the knowledge targets"))
    counted = [row.cells[0] for row in table.rows if row.cells[0]]
    parts: list[Part] = [
        Paragraph(
            gettext("%(reached)s of %(all)s targets are reached in %(unit)s.")
            % {
                "reached": number(table.reached),
                "all": number(len(table.required)),
                "unit": asked.unit_name,
            }
        ),
        Heading(gettext("The targets")),
        target_lines(asked.unit_name, counted),
        Heading(gettext("Share done in each part")),
        shares,
    ]
    return Document(about, parts, data=[figures, shares])
