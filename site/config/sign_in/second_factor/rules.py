"""Of whom a second factor is asked."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings

from tracking.organisation.models import User
from tracking.organisation.roles import roles_of


def needs_second_factor(user: User, on: date) -> bool:
    """Trainers, administrators and, by the facts of the day, coordinators.

    Only in the demo, and only its own invented accounts, come in by a password alone: a newcomer
    has no phone to set up for seven people who don't exist.
    """
    if settings.DEMO and user.is_demo:
        return False
    if user.is_superuser or user.is_staff or user.has_perm("wagtailadmin.access_admin"):
        return True
    return roles_of(user, on).is_coordinator


def has_second_factor(user: User) -> bool:
    """Whether a phone of theirs makes codes."""
    found: bool = Authenticator.objects.filter(
        user_id=user.pk, type=Authenticator.Type.TOTP
    ).exists()
    return found


def is_asked(user: User, on: date) -> bool:
    """Whether the password alone is not enough: it never is for who has a second factor."""
    return has_second_factor(user) or needs_second_factor(user, on)
