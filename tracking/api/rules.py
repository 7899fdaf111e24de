"""Who may have a key, and of what kind."""

from datetime import date, timedelta

from tracking.api.models import ApiKey
from tracking.organisation.models import User
from tracking.organisation.roles import Roles

LONGEST = timedelta(days=365)
MOST_KEYS = 10  # live ones a holder


def may_have_keys(roles: Roles) -> bool:
    """Whoever has a duty over others: one's own rows are on one's own pages."""
    return roles.sees_staff or roles.sees_figures


def may_open_people(roles: Roles) -> bool:
    """Whether a key can be made that shows people, and not only figures."""
    return roles.sees_staff


def may_watch_keys(user: User) -> bool:
    """Administrators see that keys are there, whose, and until when; they can end them, and make
    none: who makes a key would see with its holder's eyes.
    """
    return user.is_active and user.is_superuser


def may_revoke(user: User, key: ApiKey) -> bool:
    """The holder, and an administrator."""
    return key.holder_id == user.pk or may_watch_keys(user)


def latest_day(on: date) -> date:
    """The last day a key made on `on` can have."""
    return on + LONGEST
