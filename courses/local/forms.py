"""The form of a district's note."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.local.models import LONGEST_TEXT


class NoteForm(forms.Form):
    """Its text, and which wording the writer had before them."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Everybody who works in the district reads it. Name functions and numbers, "
            "not people. Leave it empty to take the text away."
        ),
    )
    seen = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
