"""Who brings content to the store and changes what is there, and who lets a library in."""

from typing import TYPE_CHECKING

from wagtail.models import Page

from courses.h5p.store.models import H5PContent
from courses.h5p.store.queries import published_with

if TYPE_CHECKING:
    from tracking.organisation.roles import Asking

MAY_UPLOAD = "courses.add_h5pcontent"
MAY_CHANGE = "courses.change_h5pcontent"
MAY_DELETE = "courses.delete_h5pcontent"


def may_upload(user: "Asking") -> bool:
    """Trainers, as a rule: whoever has the right in the editor's settings."""
    return user.is_active and user.has_perm(MAY_UPLOAD)


def may_change(user: "Asking") -> bool:
    """Of content; of what readers meet `not_theirs` has its say as well."""
    return user.is_active and user.has_perm(MAY_CHANGE)


def not_theirs(user: "Asking", content: H5PContent) -> list[Page]:
    """The published pages with it that this person may not publish.

    What readers meet there is what somebody let through: to put other content in its place, or
    another title, is to publish those pages.
    """
    return [
        page
        for page in published_with(content)
        if not page.permissions_for_user(user).can_publish()
    ]


def may_delete(user: "Asking") -> bool:
    """Of content; whether it is used anywhere is the action's to ask."""
    return user.is_active and user.has_perm(MAY_DELETE)


def may_approve(user: "Asking") -> bool:
    """The platform's administrator, and nobody else: a library is a program that runs for all."""
    return user.is_active and user.is_superuser
