"""The menus: every entry in one place, with who it is for.

`MAIN` is the row of pages under the header, `PERSON` the person's own menu beside their name. A
new page is added here and nowhere else; `config.context` shows what the one who asks may open.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.prepared import Prepared
from tracking.api.rules import may_have_keys
from tracking.organisation.roles import Roles
from tracking.quality.rules import sees_quality
from tracking.reports.gates import roles_for

Opens = Callable[[HttpRequest, Roles], bool]


class Entry(NamedTuple):
    """A page's address by name, what the menu calls it, and whom it opens for (None: everybody)."""

    address: str
    label: str | Promise
    opens: Opens | None = None


class Item(NamedTuple):
    """An entry as a template shows it."""

    label: str
    url: str
    current: bool


def _manages(_request: HttpRequest, roles: Roles) -> bool:
    return bool(roles.manages)


def _sees_figures(_request: HttpRequest, roles: Roles) -> bool:
    return roles.sees_figures


def _keeps_a_scorecard(_request: HttpRequest, roles: Roles) -> bool:
    return bool(roles.key_contact_of)


def _reads_scorecards(_request: HttpRequest, roles: Roles) -> bool:
    return not roles.key_contact_of and (roles.is_coordinator or roles.is_auditor)


def _reads_targets(_request: HttpRequest, roles: Roles) -> bool:
    return roles.sees_staff or roles.sees_figures


def _sees_quality(request: HttpRequest, roles: Roles) -> bool:
    return sees_quality(request.user, roles)


def _audits(_request: HttpRequest, roles: Roles) -> bool:
    return roles.is_auditor


_ACCESS = Prepared(
    lambda user: Permission.objects.filter(
        Q(user=user) | Q(group__user=user),
        content_type__app_label="wagtailadmin",
        codename="access_admin",
    ).values_list("pk")[:1]
)


def _works_in_the_admin(request: HttpRequest, _roles: Roles) -> bool:
    """What `user.has_perm("wagtailadmin.access_admin")` answers, in one query instead of two."""
    user = request.user
    if user.is_superuser or not user.is_active:
        return user.is_active
    return bool(_ACCESS.rows(user.pk))


def _imports(request: HttpRequest, roles: Roles) -> bool:
    """Whoever may is told so by `may_import`; the menu asks no question of its own."""
    return roles.is_coordinator or getattr(request.user, "is_superuser", False)


def _follows_the_city(_request: HttpRequest, roles: Roles) -> bool:
    return roles.is_coordinator or roles.is_auditor


def _may_have_keys(request: HttpRequest, roles: Roles) -> bool:
    return may_have_keys(roles) or getattr(request.user, "is_superuser", False)


MAIN: tuple[Entry, ...] = (
    Entry("learning:my_training", _("My training")),
    Entry("reports:staff", _("My staff"), _manages),
    Entry("scorecards:home", _("Our scorecard"), _keeps_a_scorecard),
    Entry("reports:overview", _("Follow-up"), _sees_figures),
    Entry("scorecards:home", _("Scorecards"), _reads_scorecards),
    Entry("programme:list", _("Knowledge targets"), _reads_targets),
    Entry("quality:index", _("Data quality"), _sees_quality),
    Entry("privacy:log", _("Audit log"), _audits),
    Entry("wagtailadmin_home", _("Edit courses"), _works_in_the_admin),
)
PERSON: tuple[Entry, ...] = (
    Entry("account", _("My account")),
    Entry("privacy:mine", _("My data")),
    Entry("reminders:mine", _("My reminders")),
    Entry("delegation:page", _("Deputies"), _manages),
    Entry("jobs:mine", _("My jobs")),
    Entry("api_pages:keys", _("API keys"), _may_have_keys),
    Entry("publication:overview", _("Published figures"), _follows_the_city),
    Entry("imports:page", _("Bring files in"), _imports),
)


def items(entries: tuple[Entry, ...], request: HttpRequest) -> list[Item]:
    """The entries the one who asks may open; only for who is signed in."""
    roles = roles_for(request)
    return [
        _item(entry, request)
        for entry in entries
        if entry.opens is None or entry.opens(request, roles)
    ]


@cache
def _address(name: str, _prefix: str, _urlconf: str | None) -> str:
    return reverse(name)


def _item(entry: Entry, request: HttpRequest) -> Item:
    url = _address(entry.address, get_script_prefix(), get_urlconf())
    return Item(str(entry.label), url, request.path.startswith(url))
