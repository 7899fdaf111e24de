"""What every template may use."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from tracking.organisation.models import User
from tracking.reports.gates import roles_for


def navigation(request: HttpRequest) -> dict[str, object]:
    """`nav_items` for the header: the pages this person's roles open."""
    # An error page can come before anybody has been recognised.
    user: User | AnonymousUser = getattr(request, "user", AnonymousUser())
    if not user.is_authenticated:
        return {"nav_items": []}
    roles = roles_for(request)
    pages = [("learning:my_training", gettext("My training"))]
    if roles.manages:
        pages.append(("reports:staff", gettext("My staff")))
    if roles.sees_figures:
        pages.append(("reports:overview", gettext("Follow-up")))
    if user.has_perm("wagtailadmin.access_admin"):
        pages.append(("wagtailadmin_home", gettext("Edit courses")))
    return {"nav_items": [_item(request, name, label) for name, label in pages]}


def _item(request: HttpRequest, name: str, label: str) -> dict[str, object]:
    url = reverse(name)
    return {"label": label, "url": url, "current": request.path.startswith(url)}
