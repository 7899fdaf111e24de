"""What a change is, and what a new course is called."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from courses.pages.models import CoursePage

EDITORIAL, NEW = "editorial", "new"


class KindForm(forms.Form):
    """The author judges; most changes are editorial."""

    kind = forms.ChoiceField(
        label=_("What kind of change is it?"),
        widget=forms.RadioSelect,
        initial=EDITORIAL,
        choices=[
            (
                EDITORIAL,
                _(
                    "Editorial: better words, a corrected fact, a new law number. Who has "
                    "completed the course could say the same as before. Nothing happens to anyone."
                ),
            ),
            (
                NEW,
                _(
                    "A new course: it teaches something that who has completed it must learn too. "
                    "It gets a code of its own; the old one ends, and whoever has it keeps it."
                ),
            ),
        ],
    )


class RenewalForm(forms.Form):
    """The new course, and the old one's last day."""

    code = forms.CharField(
        label=_("The new course's code"),
        max_length=64,
        help_text=_("What its completions are recorded by, for ever."),
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    slug = forms.CharField(label=_("In the address"), max_length=100, validators=[validate_slug])
    ends_on = forms.DateField(
        label=_("The old course's last day"),
        widget=AdminDateInput,
        help_text=_("Who has begun it can finish it until then."),
    )

    def __init__(self, *args: Any, course: CoursePage, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course, self.on = course, on

    def clean_code(self) -> str:
        """Nobody else's, now or before."""
        code = str(self.cleaned_data["code"])
        if CoursePage(course_code=code, translation_key=uuid.uuid4()).code_is_taken():
            raise forms.ValidationError(_("%(code)s is another course's.") % {"code": code})
        return code

    def clean_slug(self) -> str:
        """No neighbour's."""
        slug = str(self.cleaned_data["slug"])
        if Page.objects.sibling_of(self.course).filter(slug=slug).exists():
            raise forms.ValidationError(_("Another course has that address."))
        return slug

    def clean_ends_on(self) -> date:
        """Not in the past."""
        day: date = self.cleaned_data["ends_on"]
        if day < self.on:
            raise forms.ValidationError(_("That day has been."))
        return day
