"""H5P in the Wagtail admin; the app's wagtail_hooks registers it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from courses.h5p.store.models import H5PContent, H5PLibrary, LibraryState
from courses.h5p.store.queries import waiting_libraries
from courses.h5p.store.rules import may_approve, may_upload
from courses.h5p.studio.chooser import CHOOSER
from courses.h5p.studio.urls import urlpatterns

SHOWN = 5


class ContentFinder(ModelAdminURLFinder):
    """Where a content is looked at: by its public number."""

    edit_url_name = "h5p_content"

    def get_edit_url(self, instance: H5PContent) -> str | None:
        """None for who may not upload."""
        if self.user is not None and not may_upload(self.user):
            return None
        return reverse(self.edit_url_name, args=[instance.public_id])


class ContentsMenuItem(MenuItem):
    """For trainers."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To who may upload."""
        return may_upload(request.user)


class LibrariesMenuItem(MenuItem):
    """For the platform's administrator, with how many libraries wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To who decides."""
        return may_approve(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        """The count stands in the label."""
        waiting = H5PLibrary.objects.filter(state=LibraryState.WAITING).count()
        component = super().render_component(request)
        if waiting:
            component.label = f"{self.label} ({waiting})"
        return component


class WaitingPanel(Component):
    """On the administrator's first page: libraries that wait for a decision."""

    name = "h5p_waiting"
    template_name = "h5p/studio/panel.html"
    order = 140

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The first few, and how many there are."""
        if not may_approve(parent_context["request"].user):
            return {"waiting": [], "count": 0}
        found = waiting_libraries()
        return {"waiting": list(found[:SHOWN]), "count": found.count()}


def contents_item() -> ContentsMenuItem:
    """What has been uploaded."""
    return ContentsMenuItem(
        _("H5P content"),
        reverse_lazy("h5p_contents"),
        name="h5p-contents",
        icon_name="h5p",
        order=220,
    )


def libraries_item() -> LibrariesMenuItem:
    """What it plays with."""
    return LibrariesMenuItem(
        _("H5P libraries"),
        reverse_lazy("h5p_libraries"),
        name="h5p-libraries",
        icon_name="cogs",
        order=221,
    )


def add_panel(_request: HttpRequest, panels: list[Component]) -> None:
    """The first page of the admin."""
    panels.append(WaitingPanel())


def icons(known: list[str]) -> list[str]:
    """A frame with something that plays in it."""
    return [*known, "h5p/studio/icons/h5p.svg"]


def register() -> None:
    """Tell Wagtail; called once."""
    register_admin_url_finder(H5PContent, ContentFinder)
    hooks.register("register_admin_viewset", lambda: CHOOSER)
    hooks.register("register_admin_urls", lambda: urlpatterns)
    hooks.register("register_admin_menu_item", contents_item)
    hooks.register("register_admin_menu_item", libraries_item)
    hooks.register("construct_homepage_panels", add_panel)
    hooks.register("register_icons", icons)
