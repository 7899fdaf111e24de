"""Decisions to dispose of data, in the settings of the Wagtail admin."""

from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from tracking.retention.models import RetentionDecision
from tracking.retention.rules import RULES


def _rules() -> list[tuple[str, str]]:
    return [(rule.code, f"{rule.title} ({rule.months})") for rule in RULES.values()]


class DecisionViewSet(SnippetViewSet):
    """One decision a rule; who may change them is an administrator, or has been given the right."""

    model = RetentionDecision
    icon = "bin"
    menu_label = _("Retention")
    add_to_settings_menu = True
    list_display = ["rule", "months", "reference", "decided_by", "decided_on", "is_daily"]
    panels = [
        FieldPanel("rule", widget=forms.Select(choices=CallableChoiceIterator(_rules))),
        FieldPanel("months"),
        FieldPanel("reference"),
        FieldPanel("decided_by"),
        FieldPanel("decided_on"),
        FieldPanel("is_daily"),
    ]


register_snippet(DecisionViewSet)
