"""Likställighet: which districts differ from the city by more than chance would."""

from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation.components.numbers import percent
from tracking.reports.asked import FIGURES, asked_figures, carried
from tracking.reports.equality.limits import ALARM, WARNING
from tracking.reports.equality.picture import funnel_of, span_words, title_of
from tracking.reports.equality.report import (
    EqualityReport,
    equality_report,
    targets_to_compare,
)
from tracking.reports.equality.words import verdict_icon, verdict_words
from tracking.reports.gates import units_of
from tracking.reports.views.follow_up import standing, uncounted
from tracking.status.figures import Figures

PASSED_ON = [name for name in FIGURES if name not in {"enhet", "programmal", "niva"}]


class WhichTarget(forms.Form):
    """The target to compare by."""

    use_required_attribute = False

    mal = forms.ChoiceField(label=_("Knowledge target"), required=False)

    def __init__(self, asked: QueryDict, found: Figures):
        super().__init__(asked)
        field = self.fields["mal"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, one.name) for one in targets_to_compare(found)]


@require_safe
def equality_page(request: HttpRequest) -> HttpResponse:
    """The districts beside the city. For who may see the city's figures: all of them are shown."""
    scope = units_of(request)
    if not scope.roles.sees_figures or not scope.sees_figures_of(scope.tree.root or ""):
        raise PermissionDenied
    query = request.GET.copy()
    query.pop("enhet", None)
    asked = asked_figures(query, scope)
    context: dict[str, object] = {"form": asked.form}
    if not asked.form.is_valid():
        return render(request, "reports/equality.html", context, status=HTTPStatus.BAD_REQUEST)
    if asked.figures is None:
        return uncounted(request, asked)
    found = asked.figures
    codes = [one.code for one in targets_to_compare(found)]
    query.setdefault("mal", codes[0] if codes else "")
    report = equality_report(found, query.get("mal", ""), area=asked.area)
    here = carried(query, PASSED_ON)
    context |= standing(query, asked, found) | {
        "which": WhichTarget(query, found),
        "kept": here.items(),
        "report": report,
        "crumbs": [
            {
                "label": gettext("Follow-up"),
                "url": f"{reverse('reports:overview')}?{here.urlencode()}",
            }
        ],
    }
    if report and report.lines:
        context |= _shown(report, here)
    return render(request, "reports/equality.html", context)


def _shown(report: EqualityReport, here: QueryDict) -> dict[str, object]:
    """The message, the chart, and a row for each district."""
    rows = []
    for line in report.lines:
        query = here.copy()
        query["enhet"], query["mal"] = line.code, report.target.code
        rows.append(
            {
                "line": line,
                "url": f"{reverse('reports:target')}?{query.urlencode()}",
                "account": f"{reverse('reports:account')}?{query.urlencode()}",
                "warning": span_words(line.warning.fewest, line.warning.most),
                "alarm": span_words(line.alarm.fewest, line.alarm.most),
                "icon": verdict_icon(line.verdict),
                "word": verdict_words(line.verdict),
            }
        )
    return {
        "title": title_of(report),
        "chart": funnel_of(report),
        "rows": rows,
        "warning": percent(report.chance(WARNING) * 100, 2),
        "alarm": percent(report.chance(ALARM) * 100, 3),
    }
