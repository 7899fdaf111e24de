"""Reads: the statement that is published."""

from courses.accessibility.models import AccessibilityStatementPage


def published_statement() -> AccessibilityStatementPage | None:
    """The statement as readers meet it; None as long as nobody has published one."""
    found: AccessibilityStatementPage | None = AccessibilityStatementPage.objects.live().first()
    return found
