"""Who may ask for reminders, and see whose (STATUS.md 6).

A reminder is for whom one sees by name through a duty. Of the mails that come back coordinators see
whose they are, because an address is put right by somebody who knows the person; administrators see
how many. Nobody but the person and their nearest manager sees what is sent to somebody protected.
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from tracking.organisation.models import User
from tracking.organisation.roles import Roles

if TYPE_CHECKING:
    Asking = User | AnonymousUser


def may_remind(roles: Roles) -> bool:
    """Whether there is anybody they may remind."""
    return roles.sees_staff


def rules_reminders(roles: Roles) -> bool:
    """Whether the rule is theirs: which targets it reminds of, and what it is about to do."""
    return roles.is_coordinator


def sees_bounces(user: "Asking", roles: Roles) -> bool:
    """Whether the page of mail that comes back is theirs to open."""
    return roles.is_coordinator or (user.is_active and user.is_superuser)


def sees_whose(roles: Roles) -> bool:
    """Whether that page names people to them."""
    return roles.is_coordinator
