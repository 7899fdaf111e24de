"""The one way a revision of a page goes live, and what it must have first."""

from typing import Any

from wagtail.models import Revision

from foundation.intervals import today


class Gated:
    """Of a page type: refuses to publish what nobody may be left without.

    Reviews, bulk actions and scheduled publishing come this way; the editor's own button asks
    beforehand (`checks.publishing`).
    """

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Raises courses.pages.checks.page.PublishingRefused."""
        from courses.pages.checks.page import refuse_what_blocks

        refuse_what_blocks(revision.as_object(), on=today())
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]
