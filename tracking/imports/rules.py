"""Who may bring files in: coordinators, and administrators of the platform."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from tracking.organisation.models import User
from tracking.organisation.roles import roles_of

if TYPE_CHECKING:
    Asking = User | AnonymousUser

# Bringing a batch of facts is what an import does; superusers have every permission.
PERMISSION = "foundation.add_factbatch"


def may_import(user: "Asking", on: date) -> bool:
    """Whether files are theirs to bring in on the day."""
    return roles_of(user, on).is_coordinator or (user.is_active and user.has_perm(PERMISSION))
