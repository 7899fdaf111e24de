"""A law and what replaces it; why a lesson may cite it all the same."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from courses.sources.models import LegalReference

FIELDS = (
    *("key", "act", "number", "paragraph", "paragraph_known", "topic", "valid_from", "url"),
    "checked_on",
)


class ReplacementForm(forms.ModelForm[LegalReference]):
    """The old law is chosen, the new one is written."""

    old = forms.ModelChoiceField(
        LegalReference.objects.none(),
        label=_("Law that is replaced"),
        # No wider than the page, however long the law's name is.
        widget=forms.Select(attrs={"class": "w-w-full"}),
        help_text=_("Those in force; one that is replaced already is entered no more."),
    )

    url = forms.URLField(label=_("address"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = LegalReference
        fields = FIELDS
        widgets = {"valid_from": AdminDateInput, "checked_on": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["old"])
        self.fields["old"].queryset = LegalReference.objects.filter(replaced_by=None)  # type: ignore[attr-defined]
        self.fields["valid_from"].required = True

    def clean(self) -> dict[str, Any]:
        """The old one ends the day before the new one begins."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        old, begins = said.get("old"), said.get("valid_from")
        if old and begins:
            said["ends"] = begins - timedelta(days=1)
            if old.valid_from and said["ends"] < old.valid_from:
                self.add_error("valid_from", _("The old one begins later than this."))
        return said

    def new(self) -> dict[str, Any]:
        """What the new law says."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class DecisionForm(forms.Form):
    """Why the lesson stays as it is."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput,
        help_text=_("Such as: tells how it was before."),
    )
