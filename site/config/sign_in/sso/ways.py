"""The ways in that are on, as the log-in page shows them: first, before the passwords."""

from typing import TypedDict

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

ADDRESSES = {"openid_connect": "sso_oidc", "saml": "sso_saml"}


class WayIn(TypedDict):
    """A button."""

    label: str
    url: str


def ways_in(next_url: str) -> list[WayIn]:
    """In the order of the settings."""
    query = f"?{urlencode({'next': next_url})}" if next_url else ""
    return [
        WayIn(
            label=_("Log in with %(name)s") % {"name": app["name"] or _("your work account")},
            url=reverse(ADDRESSES[app["provider"]]) + query,
        )
        for app in settings.SSO_APPS
    ]
