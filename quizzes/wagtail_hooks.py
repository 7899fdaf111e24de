"""The question bank in the Wagtail admin."""

from collections.abc import Sequence

import django_filters  # type: ignore[import-untyped]
from django.contrib import messages
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from quizzes.analysis import views as analysis
from quizzes.attempts.panels import UsagePanel
from quizzes.attempts.usage import usage_of
from quizzes.bank.chooser import QuestionChooserViewSet
from quizzes.bank.models import Question, QuestionTagName, Quiz
from quizzes.bank.queries import asked_by
from quizzes.interchange import views as files
from quizzes.interchange.rules import may_exchange
from quizzes.regrading import views as regrading
from tracking.organisation.models import User


class QuestionFilterSet(WagtailFilterSet):
    """By type, difficulty, tags and the quizzes that ask."""

    tags = django_filters.ModelMultipleChoiceFilter(
        label=_("Tags"),
        field_name="tagged_items__tag",
        queryset=QuestionTagName.objects.order_by("name"),
        widget=CheckboxSelectMultiple,
        conjoined=True,
    )
    quiz = django_filters.ModelChoiceFilter(
        label=_("Asked by the quiz"), queryset=Quiz.objects.all(), method="of_quiz"
    )

    class Meta:
        model = Question
        fields = ("kind", "use", "difficulty")

    def of_quiz(self, queryset: QuerySet[Question], _name: str, quiz: Quiz) -> QuerySet[Question]:
        """Those that a quiz always asks, and those that it may draw."""
        return queryset.filter(pk__in=asked_by(quiz))


class QuestionViewSet(SnippetViewSet):
    """Questions: search, filter, edit, preview, review; and where each is used."""

    model = Question
    icon = "help"
    list_display = [
        "key",
        "wording",
        "kind",
        "difficulty",
        "use",
        Column("stands_in", label=_("Stands in"), sort_key="stands_in"),
        LiveStatusTagColumn(),
    ]
    filterset_class = QuestionFilterSet
    search_fields = ["key", "text", "explanation", "teaches", "source"]
    list_per_page = 50
    chooser_viewset_class = QuestionChooserViewSet
    chooser_per_page = 25
    panels = [*Question.panels, UsagePanel(heading=_("Where it is used"))]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        """With the number of lessons and quizzes that have each question by name."""
        standing = (
            ReferenceIndex.objects.filter(
                to_content_type=ContentType.objects.get_for_model(Question),
                to_object_id=Cast(OuterRef("pk"), CharField()),
            )
            .order_by()
            .values("to_object_id")
            .annotate(count=Count("object_id", distinct=True))
            .values("count")
        )
        return Question.objects.annotate(stands_in=Coalesce(Subquery(standing), 0))


def keep_what_is_used(
    request: HttpRequest, instances: Sequence[Model]
) -> HttpResponseRedirect | None:
    """A question that is used is taken out of use, not deleted."""
    for one in instances:
        if isinstance(one, Question) and usage_of(one, request.user).is_used:
            messages.error(
                request,
                _("%(key)s is used and can't be deleted. Take it out of use instead: unpublish it.")
                % {"key": one.key},
            )
            view = "unpublish" if one.live else "edit"
            return redirect(one.snippet_viewset.get_url_name(view), quote(one.pk))
    return None


hooks.register("before_delete_snippet", keep_what_is_used)


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
