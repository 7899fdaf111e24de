"""What every template may use."""

from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from tracking.organisation.models import User
from tracking.reports.gates import roles_for


def navigation(request: HttpRequest) -> dict[str, object]:
    """`nav_items` for the header: the pages this person's roles open.

    And `this_address`: where the language switch comes back to; the start page after a form.
    """
    back = request.get_full_path() if request.method == "GET" else reverse("start")
    # An error page can come before anybody has been recognised.
    user: User | AnonymousUser = getattr(request, "user", AnonymousUser())
    if not user.is_authenticated:
        return {"nav_items": [], "this_address": back}
    roles = roles_for(request)
    pages = [("learning:my_training", gettext("My training"))]
    if roles.manages:
        pages.append(("reports:staff", gettext("My staff")))
    if roles.sees_figures:
        pages.append(("reports:overview", gettext("Follow-up")))
    if _may_edit(user):
        pages.append(("wagtailadmin_home", gettext("Edit courses")))
    items = [_item(request, name, label) for name, label in pages]
    return {"nav_items": items, "this_address": back}


def _may_edit(user: User) -> bool:
    """What `user.has_perm("wagtailadmin.access_admin")` answers, in one query instead of two."""
    if user.is_superuser or not user.is_active:
        return user.is_active
    theirs = Q(user=user.pk) | Q(group__user=user.pk)
    access = {"content_type__app_label": "wagtailadmin", "codename": "access_admin"}
    return Permission.objects.filter(theirs, **access).exists()


def _item(request: HttpRequest, name: str, label: str) -> dict[str, object]:
    url = reverse(name)
    return {"label": label, "url": url, "current": request.path.startswith(url)}
