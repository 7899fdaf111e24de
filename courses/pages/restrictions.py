"""Wagtail's page restrictions, asked for once a request."""

from django.db.models.query import QuerySet
from wagtail.models import PageViewRestriction


class Restrictable:
    """Of a page type: remembers that no page at all is restricted, instead of asking again."""

    known_unrestricted = False

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """The restrictions of the page and of those above it."""
        found: QuerySet[PageViewRestriction]
        if not self.known_unrestricted:
            found = super().get_view_restrictions()  # type: ignore[misc]
            return found
        found = PageViewRestriction.objects.none()
        # Known to hold nothing: even of nothing Django would make most of a statement first.
        found._result_cache = []
        return found
