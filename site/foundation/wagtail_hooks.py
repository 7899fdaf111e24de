"""The work in the background, in the menu of the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from foundation import admin_views


class BackgroundMenuItem(MenuItem):
    """Shown to those who may mend what failed."""

    def is_shown(self, request: HttpRequest) -> bool:
        return admin_views.may_open(request)


def background_urls() -> list[URLPattern]:
    return [
        path("bakgrund/", admin_views.background_page, name="background"),
        path("bakgrund/<slug:what>/<int:pk>/", admin_views.retry, name="background_retry"),
    ]


def background_item() -> BackgroundMenuItem:
    return BackgroundMenuItem(
        _("Background work"),
        reverse_lazy("background"),
        name="background",
        icon_name="history",
        order=900,
    )


hooks.register("register_admin_urls", background_urls)
hooks.register("register_reports_menu_item", background_item)
