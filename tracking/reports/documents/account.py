"""A unit's account of a target as a file: its numbers, never who they are."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils.translation import gettext, pgettext

from foundation.documents import Column, Document, Table
from foundation.intervals import today
from foundation.jobs.progress import UNWATCHED, Steps
from tracking.exports.documents import Made, Offer, Unanswerable, Weight, offer
from tracking.organisation.models import User
from tracking.organisation.rules import UnitScope, units_visible_to
from tracking.reports.account import Account, Part, account
from tracking.reports.asked import FIGURES, AskedFigures, asked_figures
from tracking.reports.documents.saying import figures_about
from tracking.reports.words import part_words
from tracking.status.figures import Figures


@offer
class AccountOffer(Offer):
    """Who counts, who is exempt, whom the target does not concern; as numbers."""

    code = "account"
    page = "reports:account"
    carries = (*FIGURES, "mal")

    def weigh(self, user: User, query: QueryDict) -> Weight:
        _asked, _found, report = _account_of(user, query)
        return Weight(report.target.name, len(Part))

    def make(self, user: User, query: QueryDict, steps: Steps = UNWATCHED) -> Made:
        asked, found, report = _account_of(user, query)
        code, unit = report.target.code, report.unit
        table = Table(
            gettext("How the target is counted"),
            [
                Column(gettext("Unit code"), "code"),
                Column(gettext("Target code"), "code"),
                Column(gettext("Group")),
                Column(pgettext("figures", "People"), "number"),
            ],
            [[unit, code, part_words(part), report.number(part)] for part in Part],
        )
        about = figures_about(asked, found, report.target.name)
        stem = f"redovisning-{code[:40]}-{unit[:40]}-{found.stand.as_of:%Y-%m-%d}"
        return Made(Document(about, [table]), stem, len(Part))

    def may_read(self, user: User, query: QueryDict, about: list[int], on: date) -> bool:
        scope = units_visible_to(user, on)
        return _may_ask(scope) and scope.sees_figures_of(query.get("enhet", ""))


def _may_ask(scope: UnitScope) -> bool:
    return scope.roles.sees_figures or scope.roles.sees_staff


def _account_of(user: User, query: QueryDict) -> tuple[AskedFigures, Figures, Account]:
    scope = units_visible_to(user, today())
    if not _may_ask(scope):
        raise PermissionDenied
    asked = asked_figures(query, scope, own=True)
    if not asked.form.is_valid() or not asked.unit or asked.figures is None:
        raise Unanswerable
    code = asked.form.cleaned_data["mal"]
    found = account(asked.figures, asked.unit, code, area=asked.area)
    if found is None:
        raise Unanswerable
    return asked, asked.figures, found
