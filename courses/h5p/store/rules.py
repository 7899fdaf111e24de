"""Who brings content to the store, and who lets a library in."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracking.organisation.roles import Asking

MAY_UPLOAD = "courses.add_h5pcontent"
MAY_DELETE = "courses.delete_h5pcontent"


def may_upload(user: "Asking") -> bool:
    """Trainers, as a rule: whoever has the right in the editor's settings."""
    return user.is_active and user.has_perm(MAY_UPLOAD)


def may_delete(user: "Asking") -> bool:
    """Of content; whether it is used anywhere is the action's to ask."""
    return user.is_active and user.has_perm(MAY_DELETE)


def may_approve(user: "Asking") -> bool:
    """The platform's administrator, and nobody else: a library is a program that runs for all."""
    return user.is_active and user.is_superuser
