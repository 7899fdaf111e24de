"""Choosing a question in the editor: found by the words of its text, its key and its tags."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)

from quizzes.bank.models import Question


class QuestionSearchForm(BaseFilterForm):
    """Every word must stand somewhere in the question."""

    q = forms.CharField(
        label=_("Words of the question, its key or a tag"), required=False, max_length=200
    )

    def filter(self, objects: QuerySet[Question]) -> QuerySet[Question]:
        """The questions with all the words."""
        words = self.cleaned_data.get("q", "").split()
        for word in words:
            named = Q(key__icontains=word) | Q(text__icontains=word)
            tagged = Question.objects.filter(tagged_items__tag__name__icontains=word)
            objects = objects.filter(named | Q(pk__in=tagged.values("pk")))
        if words:
            self.is_searching, self.search_query = True, " ".join(words)
        found: QuerySet[Question] = super().filter(objects)
        return found


class QuestionChooseView(ChooseView):
    """The window as it opens."""

    filter_form_class: Any = QuestionSearchForm


class QuestionChooseResultsView(ChooseResultsView):
    """What is found as one types."""

    filter_form_class: Any = QuestionSearchForm


class QuestionChooserViewSet(SnippetChooserViewSet):
    """Wagtail's chooser, with a search: a bank has hundreds of questions."""

    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionChooseResultsView
