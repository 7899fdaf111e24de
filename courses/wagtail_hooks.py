"""Courses in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.pages.models import SupportInformation


class SupportInformationViewSet(SnippetViewSet):
    """The text of the support panel."""

    model = SupportInformation
    icon = "help"
    menu_label = _("Support information")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["title", "reviewed_on", "source"]


register_snippet(SupportInformationViewSet)
