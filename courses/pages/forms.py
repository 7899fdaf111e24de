"""Forms of the Wagtail admin that courses change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm


class CourseCopyForm(CopyForm):
    """Copies a course as a draft: it is another course, and has no code yet to publish it with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
        if self.page.specific.quiz_id:
            self.fields["copy_quiz"] = forms.BooleanField(
                required=False,
                initial=True,
                label=_("Give the copy a final quiz of its own"),
                help_text=_(
                    "It asks the same questions of the bank. Its parts and settings can then be "
                    "changed without touching the other course's quiz."
                ),
            )


class LessonCopyForm(CopyForm):
    """Copies a lesson, or lets the same lesson stand in another course too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "alias" in self.fields:
            self.fields["alias"].label = _("Let the same lesson stand there")
            self.fields["alias"].help_text = _(
                "It is written in one place and shown in both. Whoever has read it in one course "
                "has read it in the other."
            )
