"""Forms of the Wagtail admin that courses change."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class CourseCopyForm(CopyForm):
    """Copies a course as a draft: it is another course, and has no code yet to publish it with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
