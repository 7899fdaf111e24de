"""Refuses to start where something stands that must never reach production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils.translation import gettext as _

DEMO_ACCOUNTS_EXIST = "kompetens.E001"


def demo_accounts_exist() -> bool:
    """True when a demo account stands in the database; False also before the first migration."""
    from tracking.organisation.models import User

    try:
        return User.objects.filter(is_demo=True).exists()
    except DatabaseError:
        return False


def refuse_demo_accounts() -> None:
    """Raise ImproperlyConfigured when demo accounts exist outside the demo.

    Called by the WSGI and ASGI entry points, which run no system checks of their own.
    """
    if not settings.DEMO and demo_accounts_exist():
        raise ImproperlyConfigured(
            _(
                "This database holds demo accounts with a password anyone can read. "
                "Start production on a database of its own."
            )
        )


@register(Tags.security)
def no_demo_accounts_in_production(**_kwargs: Any) -> list[CheckMessage]:
    """System check: `manage.py` commands refuse like the web processes do."""
    if settings.DEMO or not demo_accounts_exist():
        return []
    return [
        Error(
            _("Demo accounts exist in this database."),
            hint=_("Production needs a database where the demo city was never loaded."),
            id=DEMO_ACCOUNTS_EXIST,
        )
    ]
