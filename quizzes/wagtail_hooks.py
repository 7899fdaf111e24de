"""The question bank in the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from quizzes.analysis import views as analysis
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
    list_display = ["title", "draw", "pass_percent", LiveStatusTagColumn()]


class BankViewSetGroup(SnippetViewSetGroup):
    """The menu's entry for the bank."""

    items = (QuestionViewSet, QuizViewSet)
    menu_label = _("Question bank")
    menu_icon = "help"
    menu_order = 200


register_snippet(BankViewSetGroup)


class AnalysisMenuItem(MenuItem):
    """Shown to those who may change questions."""

    def is_shown(self, request: HttpRequest) -> bool:
        return analysis.may_open(request)


def analysis_urls() -> list[URLPattern]:
    return [
        path("fragor/analys/", analysis.quizzes, name="analysis"),
        path("fragor/analys/<int:pk>/", analysis.quiz, name="analysis_quiz"),
        path(
            "fragor/analys/<int:pk>/<slug:key>/<slug:version>/",
            analysis.question,
            name="analysis_question",
        ),
    ]


def analysis_item() -> AnalysisMenuItem:
    return AnalysisMenuItem(
        _("Question analysis"), reverse_lazy("analysis"), icon_name="list-ul", order=210
    )


hooks.register("register_admin_urls", analysis_urls)
hooks.register("register_admin_menu_item", analysis_item)


class ExtraTimeMenuItem(MenuItem):
    """For those who may give somebody more time."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To nobody else."""
        return request.user.has_perm("quizzes.add_extratime")


def extra_time() -> MenuItem:
    """The way to the page, which lies outside the admin."""
    title, address = _("Extra time"), reverse_lazy("quizzes:extra_time")
    return ExtraTimeMenuItem(title, address, order=210, icon_name="history")


hooks.register("register_admin_menu_item", extra_time)
