"""Likställighet as a file: each district beside the city, and what chance alone would do."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils.translation import gettext, pgettext

from foundation.documents import Column, Document, Figure, Part, Table
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.exports.documents import Made, Offer, Unanswerable, Weight, offer
from tracking.organisation.models import User
from tracking.organisation.rules import units_visible_to
from tracking.reports.asked import FIGURES, AskedFigures
from tracking.reports.documents.overview import asked_of
from tracking.reports.documents.saying import figures_about
from tracking.reports.equality.picture import funnel_of
from tracking.reports.equality.report import EqualityReport, equality_report, targets_to_compare
from tracking.reports.equality.words import verdict_words
from tracking.status.figures import Figures


@offer
class EqualityOffer(Offer):
    """The districts on one target."""

    code = "equality"
    page = "reports:equality"
    carries = (*(name for name in FIGURES if name not in {"enhet", "programmal", "niva"}), "mal")
    forms = ("xlsx", "csv", "pdf", "docx")

    def weigh(self, user: User, query: QueryDict) -> Weight:
        _asked, _found, report = _report_of(user, query)
        return Weight(report.target.name, len(report.lines))

    def make(self, user: User, query: QueryDict, steps: Steps = UNWATCHED) -> Made:
        asked, found, report = _report_of(user, query)
        stem = f"likstallighet-{report.target.code[:64]}-{found.stand.as_of:%Y-%m-%d}"
        return Made(_document(asked, found, report), stem, len(report.lines))

    def may_read(self, user: User, query: QueryDict, about: list[int], on: date) -> bool:
        scope = units_visible_to(user, on)
        return scope.roles.sees_figures and scope.sees_figures_of(scope.tree.root or "")


def _report_of(user: User, query: QueryDict) -> tuple[AskedFigures, Figures, EqualityReport]:
    scope, asked, found = asked_of(user, query)
    if not scope.sees_figures_of(scope.tree.root or ""):
        raise PermissionDenied
    first = next((one.code for one in targets_to_compare(found)), "")
    report = equality_report(found, query.get("mal") or first, area=asked.area)
    if report is None or not report.lines:
        raise Unanswerable
    return asked, found, report


def _document(asked: AskedFigures, found: Figures, report: EqualityReport) -> Document:
    code = report.target.code
    table = Table(
        gettext("Districts"),
        [
            Column(gettext("Unit code"), "code"),
            Column(gettext("Unit")),
            Column(gettext("Target code"), "code"),
            Column(pgettext("figures", "Done"), "number"),
            Column(pgettext("figures", "Of"), "number"),
            Column(gettext("Share done"), "share"),
            Column(gettext("95 %: fewest"), "number"),
            Column(gettext("95 %: most"), "number"),
            Column(gettext("99.8 %: fewest"), "number"),
            Column(gettext("99.8 %: most"), "number"),
            Column(gettext("Compared with the city")),
        ],
        [
            [
                line.code,
                line.name,
                code,
                line.counts.done,
                line.counts.base,
                line.counts.share,
                line.warning.fewest,
                line.warning.most,
                line.alarm.fewest,
                line.alarm.most,
                verdict_words(line.verdict),
            ]
            for line in report.lines
        ],
    )
    about = figures_about(asked, found, report.target.name)
    parts: list[Part] = [Figure(funnel_of(report)), table]
    return Document(about, parts, table, [table])
