"""Courses in the Wagtail admin."""

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.accessibility.models import AccessibilityReport
from courses.feedback import views as feedback
from courses.h5p.studio.wagtail_hooks import register as register_h5p
from courses.local.rules import MAY_WRITE
from courses.pages.checks.publishing import before_publishing
from courses.pages.copying import after_copying
from courses.pages.models import CoursePage, LessonPage, SupportInformation
from courses.renewal.wagtail_hooks import register as register_renewal
from courses.sources.wagtail_hooks import register as register_sources
from courses.upkeep.wagtail_hooks import register as register_upkeep
from tracking.organisation.models import User


class SupportInformationViewSet(SnippetViewSet):
    """The text of the support panel."""

    model = SupportInformation
    icon = "help"
    menu_label = _("Support information")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["title", "reviewed_on", "source"]


register_snippet(SupportInformationViewSet)


class ReportPolicy(ModelPermissionPolicy):
    """Reports come from the form: nobody writes one in the admin."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """As the model's permissions say, but for adding."""
        return action != "add" and bool(super().user_has_permission(user, action))


class AccessibilityReportViewSet(SnippetViewSet):
    """What people report as not accessible, newest first."""

    model = AccessibilityReport
    icon = "warning"
    menu_label = _("Accessibility reports")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["reference", "received_at", "status", "suspected", "page"]
    list_filter = ["status", "suspected"]
    search_fields = ["reference", "text", "page"]
    permission_policy = ReportPolicy(AccessibilityReport)
    panels = [
        *(FieldPanel(name, read_only=True) for name in ("reference", "received_at")),
        *(FieldPanel(name, read_only=True) for name in ("page", "text", "contact")),
        FieldPanel("status"),
        FieldPanel("suspected"),
        FieldPanel("note"),
    ]


register_snippet(AccessibilityReportViewSet)


def say_when_the_course_takes_another_time(request: HttpRequest, page: Page) -> None:
    """A course says how long it takes as a whole, its lessons each for themselves."""
    course = page.course if isinstance(page, LessonPage) else page
    if not isinstance(course, CoursePage):
        return
    takes = course.content_minutes()
    if takes != course.minutes:
        said = gettext(
            "%(course)s says that it takes %(minutes)d minutes; its lessons and quiz take "
            "%(takes)d."
        )
        values = {"course": course.title, "minutes": course.minutes, "takes": takes}
        messages.warning(request, said % values)


hooks.register("after_publish_page", say_when_the_course_takes_another_time)


def admin_styles() -> SafeString:
    """How our own parts of the admin look."""
    each = (
        (static(f"css/admin/{name}.css"),)
        for name in ("content-checks", "compared", "course-feedback", "h5p")
    )
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', each)


def admin_scripts() -> SafeString:
    """The way from a finding to its place; the preview as printed; what is new is made once."""
    names = ("content-checks", "one-save", "print-preview", "h5p-chooser")
    each = ((static(f"js/admin/{name}.js"),) for name in names)
    return format_html_join("\n", '<script type="module" src="{}"></script>', each)


hooks.register("before_publish_page", before_publishing)
hooks.register("after_copy_page", after_copying)
hooks.register("insert_global_admin_css", admin_styles)
hooks.register("insert_editor_js", admin_scripts)
register_sources()
register_upkeep()
register_renewal()
register_h5p()


class LocalNotesMenuItem(MenuItem):
    """What districts have written, and have not."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To who may write for their own district."""
        return request.user.has_perm(MAY_WRITE)


def local_notes_menu_item() -> MenuItem:
    """Under Reports: the page lies outside the admin, because a district's trainer needs none."""
    return LocalNotesMenuItem(
        _("How we do it here"), reverse_lazy("local:notes"), icon_name="site", order=700
    )


hooks.register("register_reports_menu_item", local_notes_menu_item)


class FeedbackMenuItem(MenuItem):
    """Shown to those who write courses."""

    def is_shown(self, request: HttpRequest) -> bool:
        return feedback.may_read(request)


def feedback_urls() -> list[URLPattern]:
    """What courses were thought of."""
    return [
        path("reports/kursvardering/", feedback.overview, name="course_feedback"),
        path("reports/kursvardering/fil/", feedback.export, name="course_feedback_export"),
        path(
            "reports/kursvardering/<int:page_id>/",
            feedback.course,
            name="course_feedback_course",
        ),
    ]


def feedback_item() -> FeedbackMenuItem:
    return FeedbackMenuItem(
        _("Course feedback"),
        reverse_lazy("course_feedback"),
        name="course-feedback",
        icon_name="comment",
        order=220,
    )


hooks.register("register_admin_urls", feedback_urls)
hooks.register("register_reports_menu_item", feedback_item)
