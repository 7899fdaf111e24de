"""Who may see what is to be looked at (STATUS.md 6).

Coordinators see everybody, and so the lists that name people. Administrators bring the files in,
and auditors see figures: both see how many there are, units, targets and imports, and nobody.
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from tracking.organisation.models import User
from tracking.organisation.roles import Roles

if TYPE_CHECKING:
    Asking = User | AnonymousUser


def sees_quality(user: "Asking", roles: Roles) -> bool:
    """Whether the page is theirs to open."""
    administers = user.is_active and user.is_superuser
    return roles.is_coordinator or roles.is_auditor or administers


def sees_names(roles: Roles) -> bool:
    """Whether its lists may name people to them."""
    return roles.is_coordinator
