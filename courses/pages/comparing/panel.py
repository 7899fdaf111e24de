"""The comparison in Wagtail's page of two versions, instead of every block of both."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.admin.compare import StreamFieldComparison, diff_text
from wagtail.admin.panels import FieldPanel

from courses.pages.citations import as_data
from courses.pages.comparing.changes import ScreenChange, screen_changes


class ScreensComparison(StreamFieldComparison):
    """The screens that differ, and of them what differs."""

    def htmldiff(self) -> SafeString:
        """What has changed, as HTML."""
        stream = self.field.stream_block
        changed = screen_changes(stream, as_data(self.val_a), as_data(self.val_b))
        context = {"screens": [_shown(one) for one in changed]}
        return render_to_string("courses/admin/compared.html", context)


def _shown(screen: ScreenChange) -> dict[str, Any]:
    return {
        "screen": screen,
        "changes": [
            (one.label, diff_text(one.before, one.after).to_html()) for one in screen.changes
        ],
    }


class ScreensPanel(FieldPanel):
    """The editor's field of the screens."""

    def get_comparison_class(self) -> type[StreamFieldComparison]:
        return ScreensComparison
