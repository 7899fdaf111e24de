"""In the admin: the report, the replacement of a law, and the lessons that wait."""

from collections.abc import Callable
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from courses.pages.models import CoursePage, LessonPage
from courses.upkeep.actions import close_by_decision, replace_law
from courses.upkeep.forms import DecisionForm, ReplacementForm
from courses.upkeep.queries import Problem, Row, open_flags, rows
from foundation.intervals import today
from tracking.organisation.models import User

MAY_REPLACE = ("courses.add_legalreference", "courses.change_legalreference")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the admin needs a log-in
    return request.user


class CitingFilterSet(WagtailFilterSet):
    """By what is wrong, and by course."""

    problem = django_filters.ChoiceFilter(
        label=_("What is wrong"), choices=Problem.choices, method="by_row"
    )
    course = django_filters.ModelChoiceFilter(
        label=_("Course"), queryset=CoursePage.objects.order_by("title"), method="by_course"
    )

    class Meta:
        model = LessonPage
        fields: list[str] = []

    def by_row(self, queryset: "QuerySet[LessonPage]", *_said: Any) -> "QuerySet[LessonPage]":
        """The view knows what each lesson cites."""
        return queryset

    def by_course(
        self, queryset: "QuerySet[LessonPage]", _name: str, course: CoursePage
    ) -> "QuerySet[LessonPage]":
        """The lessons below it."""
        return queryset.child_of(course)  # type: ignore[attr-defined,no-any-return]


class CitingReport(ReportView):
    """Lessons that cite what no longer holds, or nobody has looked at for a year."""

    page_title = _("Sources to look at")
    header_icon = "doc-full"
    index_url_name = "citing_report"
    index_results_url_name = "citing_report_results"
    filterset_class = CitingFilterSet
    permission_policy = page_permission_policy
    any_permission_required = {"add", "change", "publish"}
    is_searchable = False
    columns = [
        TitleColumn(
            "lesson_title",
            label=_("Lesson"),
            width="20%",
            get_url=lambda row, _parent=None: row.edit_url,
        ),
        Column("course", label=_("Course")),
        Column("source", label=_("Source")),
        Column("problem_words", label=_("What is wrong")),
        Column("detail", label=_("More")),
        Column("screens", label=_("Screens")),
    ]
    list_export = [
        *("course", "lesson_title", "screens", "key", "source", "problem_words", "detail"),
    ]
    export_headings = {
        "course": _("Course"),
        "lesson_title": _("Lesson"),
        "screens": _("Screens"),
        "key": _("Key"),
        "source": _("Source"),
        "problem_words": _("What is wrong"),
        "detail": _("More"),
    }

    def get_filename(self) -> str:
        """What the file is called."""
        return f"kallor-att-se-over-{today().isoformat()}"

    def get_queryset(self) -> "QuerySet[LessonPage]":
        """The published lessons that this trainer works with."""
        hers = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        lessons: QuerySet[LessonPage] = LessonPage.objects.live()
        return lessons.filter(pk__in=hers.values("pk")).order_by("path")

    def get_filtered_queryset(self) -> list[Row]:
        """Rows, where others have pages: what is wrong is known of a citation only."""
        wanted = self.filters.form.cleaned_data.get("problem") if self.filters.is_valid() else ""
        lessons = self.filter_queryset(self.get_queryset())
        return [row for row in rows(lessons, on=today()) if wanted in ("", None, row.problem)]


def _gated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only who may write laws."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _user(request).has_perms(MAY_REPLACE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@_gated
def replace(request: HttpRequest) -> HttpResponse:
    """Enter a law's replacement once; every lesson that cites the old one is flagged."""
    form = ReplacementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            raised = replace_law(
                old=said["old"],
                new=form.new(),
                ends=said["ends"],
                actor=_user(request),
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            words = ngettext(
                "The law is replaced. %(count)d lesson that cites it is flagged to its author.",
                "The law is replaced. %(count)d lessons that cite it are flagged to their authors.",
                len(raised),
            )
            messages.success(request, words % {"count": len(raised)})
            return redirect("flags")
    status = 400 if form.errors else 200
    return render(request, "upkeep/replace.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD"])
def flags(request: HttpRequest) -> HttpResponse:
    """The lessons that wait for this trainer."""
    user = _user(request)
    context = {
        "flags": open_flags(user),
        "form": DecisionForm(),
        "may_replace": user.has_perms(MAY_REPLACE),
    }
    return render(request, "upkeep/flags.html", context)


@require_POST
def decide(request: HttpRequest, flag_id: int) -> HttpResponse:
    """Close a flag with a reason; nothing is published by it."""
    user = _user(request)
    flag = get_object_or_404(open_flags(user), pk=flag_id)
    if not flag.lesson.permissions_for_user(user).can_edit():
        raise PermissionDenied
    form = DecisionForm(request.POST)
    if form.is_valid():
        close_by_decision(
            flag=flag, reason=form.cleaned_data["reason"], actor=user, now=timezone.now()
        )
        messages.success(request, gettext("It stays as it is, with your reason."))
    else:
        messages.error(request, gettext("Say why the lesson stays as it is."))
    return redirect("flags")
