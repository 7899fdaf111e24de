"""One target in every part of a unit, as a file."""

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext

from foundation.documents import Document, Figure, Heading, Paragraph, Part
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.exports.documents import Made, Offer, Unanswerable, Weight, offer
from tracking.organisation.models import User
from tracking.reports.asked import FIGURES, AskedFigures
from tracking.reports.documents.overview import asked_of, may_read_figures
from tracking.reports.documents.saying import figures_about, figures_table
from tracking.reports.pictures.target import parts_of_target
from tracking.reports.target import TargetReport, target_report
from tracking.status.figures import Figures


@offer
class TargetOffer(Offer):
    """A target's figures in a unit and its parts."""

    code = "target"
    page = "reports:target"
    carries = (*FIGURES, "mal")
    forms = ("xlsx", "csv", "pdf", "docx")

    def weigh(self, user: User, query: QueryDict) -> Weight:
        _asked, _found, report = _report_of(user, query)
        return Weight(report.target.name, len(report.lines))

    def make(self, user: User, query: QueryDict, steps: Steps = UNWATCHED) -> Made:
        asked, found, report = _report_of(user, query)
        document = _document(asked, found, report)
        stem = f"{report.target.code[:40]}-{asked.unit[:40]}-{found.stand.as_of:%Y-%m-%d}"
        return Made(document, stem, len(report.lines) + 1)

    def may_read(self, user: User, query: QueryDict, about: list[int], on: date) -> bool:
        return may_read_figures(user, query, on)


def _report_of(user: User, query: QueryDict) -> tuple[AskedFigures, Figures, TargetReport]:
    scope, asked, found = asked_of(user, query)
    report = target_report(
        scope, found, asked.unit, asked.form.cleaned_data["mal"], area=asked.area
    )
    if report is None or report.whole is None:
        raise Unanswerable
    return asked, found, report


def _document(asked: AskedFigures, found: Figures, report: TargetReport) -> Document:
    lines = [line for line in (report.whole, *report.lines) if line]
    figures = figures_table(
        gettext("The target in each unit"), [(line.unit.name, line.figure) for line in lines]
    )
    about = figures_about(asked, found, report.target.name)
    chart = parts_of_target(report)
    ways = gettext(" or ").join(report.ways)
    parts: list[Part] = [Paragraph(f"{gettext('Reached by')}: {ways}")]
    parts += [Figure(chart)] if chart else []
    parts += [Heading(gettext("The target in each unit")), figures]
    return Document(about, parts, figures)
