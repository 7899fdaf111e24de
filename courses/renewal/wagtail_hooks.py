"""The question before publishing, and its traces in the log."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from courses.renewal import views
from courses.renewal.actions import EDITORIAL, RENEWED

urlpatterns = [
    path("kurser/<int:page_id>/andring/", views.kind, name="change_kind"),
    path("kurser/<int:page_id>/ny-kurs/", views.renew, name="renew_course"),
]


def log_actions(actions: LogActionRegistry) -> None:
    """What the history calls them."""
    actions.register_action(EDITORIAL, _("Editorial change"), _("Published as an editorial change"))
    actions.register_action(RENEWED, _("New course"), _("Became a new course; this one ends"))


def register() -> None:
    """Tell Wagtail; called once, after what may refuse to publish at all."""
    hooks.register("register_admin_urls", lambda: urlpatterns)
    hooks.register("register_log_actions", log_actions)
    hooks.register("before_publish_page", views.ask_what_kind, order=10)
