"""What Wagtail and Django announce: a source or a law was saved or deleted."""

from typing import Any

from courses.sources.actions import begin_edition


def sources_changed(**_announced: Any) -> None:
    """Snippets are saved by Wagtail's own forms: only the announcement reaches every way there."""
    begin_edition()
