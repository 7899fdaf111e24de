"""The report, the page of replacements and the flags in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from courses.upkeep.queries import open_flags
from courses.upkeep.urls import urlpatterns
from courses.upkeep.views import MAY_REPLACE

SHOWN = 5


class ReplaceMenuItem(MenuItem):
    """Shown to who may write laws."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the rights to laws."""
        return request.user.has_perms(MAY_REPLACE)


class FlagsPanel(Component):
    """On the author's first page: lessons that cite law which has been replaced."""

    name = "flags"
    template_name = "upkeep/panel.html"
    order = 150

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The oldest few, and how many there are."""
        found = open_flags(parent_context["request"].user)
        return {"flags": found[:SHOWN], "count": found.count()}


def report_menu_item() -> MenuItem:
    """Under Reports."""
    return MenuItem(
        _("Sources to look at"),
        reverse_lazy("citing_report"),
        name="citing-report",
        icon_name="doc-full",
        order=710,
    )


def replace_menu_item() -> MenuItem:
    """Under Reports, beside the report."""
    return ReplaceMenuItem(
        _("Replace a law"),
        reverse_lazy("replace_law"),
        name="replace-law",
        icon_name="resubmit",
        order=711,
    )


def flags_menu_item() -> MenuItem:
    """Under Reports: what waits."""
    return MenuItem(
        _("Flagged lessons"),
        reverse_lazy("flags"),
        name="flagged-lessons",
        icon_name="warning",
        order=712,
    )


def add_panel(_request: HttpRequest, panels: list[Component]) -> None:
    """The author's first page."""
    panels.append(FlagsPanel())


def register() -> None:
    """Tell Wagtail; called once."""
    hooks.register("register_admin_urls", lambda: urlpatterns)
    for item in (report_menu_item, replace_menu_item, flags_menu_item):
        hooks.register("register_reports_menu_item", item)
    hooks.register("construct_homepage_panels", add_panel)
