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
from quizzes.interchange import views as files
from quizzes.interchange.rules import may_exchange
from quizzes.regrading import views as regrading
from tracking.organisation.models import User


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


def regrading_urls() -> list[URLPattern]:
    place = "fragor/omrattning/<int:pk>/"
    one = f"{place}<int:regrade_pk>/"
    return [
        path(place, regrading.page, name="regrading"),
        path(f"{place}ratta-om/", regrading.decide, name="regrading_decide"),
        path(f"{one}angra/", regrading.take_back, name="regrading_undo"),
        path(f"{one}dra-tillbaka/", regrading.withdraw, name="regrading_withdraw"),
    ]


def analysis_item() -> AnalysisMenuItem:
    return AnalysisMenuItem(
        _("Question analysis"), reverse_lazy("analysis"), icon_name="list-ul", order=210
    )


hooks.register("register_admin_urls", analysis_urls)
hooks.register("register_admin_urls", regrading_urls)
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


class FilesMenuItem(MenuItem):
    """Shown to those who may change questions."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and may_exchange(request.user)


def files_urls() -> list[URLPattern]:
    return [
        path("fragor/filer/", files.bring_page, name="question_files"),
        path("fragor/filer/ut/", files.out_page, name="questions_out"),
        path("fragor/filer/ut/hamta/", files.fetch_file, name="questions_fetch"),
        path("fragor/filer/<uuid:public_id>/", files.file_page, name="question_file"),
        path(
            "fragor/filer/<uuid:public_id>/las-in/",
            files.confirm_file,
            name="question_file_confirm",
        ),
    ]


def files_item() -> FilesMenuItem:
    return FilesMenuItem(
        _("Questions in and out"), reverse_lazy("question_files"), icon_name="download", order=205
    )


hooks.register("register_admin_urls", files_urls)
hooks.register("register_admin_menu_item", files_item)
