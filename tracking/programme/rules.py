"""Who may read the targets, and who may make, change and end them."""

from datetime import date
from typing import TYPE_CHECKING

from tracking.imports.rules import may_import

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tracking.organisation.models import User
    from tracking.organisation.roles import Roles

    Asking = User | AnonymousUser


def may_change(user: "Asking", on: date) -> bool:
    """Whoever may bring in a file of targets may say the same on a page."""
    return may_import(user, on)


def may_read(user: "Asking", roles: "Roles", on: date) -> bool:
    """Whoever answers for others' knowledge, follows it up or decides what is to be known."""
    return roles.sees_staff or roles.sees_figures or may_change(user, on)
