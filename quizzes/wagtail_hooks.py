"""The question bank in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from quizzes.bank.models import Question, Quiz


class QuestionViewSet(SnippetViewSet):
    """Questions: search, filter, edit, preview, review."""

    model = Question
    icon = "help"
    list_display = ["key", "wording", "kind", "use", "teaches", LiveStatusTagColumn()]
    list_filter = ["kind", "use", "difficulty"]
    search_fields = ["key", "text", "explanation", "teaches", "source"]
    list_per_page = 50


class QuizViewSet(SnippetViewSet):
    """Quizzes."""

    model = Quiz
    icon = "tasks"
    list_display = ["title", "draw_tag", "draw", "pass_percent", LiveStatusTagColumn()]


class BankViewSetGroup(SnippetViewSetGroup):
    """The menu's entry for the bank."""

    items = (QuestionViewSet, QuizViewSet)
    menu_label = _("Question bank")
    menu_icon = "help"
    menu_order = 200


register_snippet(BankViewSetGroup)
