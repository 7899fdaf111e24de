"""Whether somebody may open a content at a place, and which version they get."""

from uuid import UUID

from django.utils.translation import gettext as _

from courses.h5p.results.places import handler_of
from courses.h5p.results.queries import version_begun
from courses.h5p.store.models import H5PContent, H5PVersion
from courses.h5p.store.queries import ready_version
from tracking.organisation.models import User


class Waits(Exception):
    """The content cannot be played yet; `str()` says why, for who wanted to play."""


def way_in(
    user: User, content_id: UUID, place: str, *, afresh: bool = False
) -> tuple[H5PContent, H5PVersion]:
    """The content, and the version that is played. Raises LookupError where there is no way.

    Whoever is in the midst of an older version goes on with that; `afresh` is the newest. Raises
    Waits when none of its versions can be played yet.
    """
    handler, rest = handler_of(place)
    content = H5PContent.objects.filter(public_id=content_id).first()
    if content is None or not handler.may_open(user, rest, content):
        raise LookupError(place)
    begun = None if afresh else version_begun(user, place, content)
    version = handler.version(rest, content) or begun or ready_version(content)
    if version is None:
        raise Waits(
            _(
                "This content can't be played yet: parts of it wait to be approved. You can go on "
                "with the lesson meanwhile."
            )
        )
    return content, version
