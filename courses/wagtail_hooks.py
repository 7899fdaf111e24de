"""Courses in the Wagtail admin."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.pages.models import CoursePage, LessonPage, SupportInformation


class SupportInformationViewSet(SnippetViewSet):
    """The text of the support panel."""

    model = SupportInformation
    icon = "help"
    menu_label = _("Support information")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["title", "reviewed_on", "source"]


register_snippet(SupportInformationViewSet)


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
