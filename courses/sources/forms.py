"""Choosing what to cite, and where in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.sources.marks import LONGEST_PLACE, is_place
from courses.sources.queries import Cited, current_library

MOST_SHOWN = 30


class CitationForm(forms.Form):
    """A source or a law by its key, and the place in it."""

    key = forms.ChoiceField(
        label=_("Source"), widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}
    )
    place = forms.CharField(
        label=_("Place in it"),
        required=False,
        max_length=LONGEST_PLACE,
        help_text=_("A heading or a few words that stand there, or a paragraph. May be empty."),
    )

    def __init__(self, *args: Any, found: list[Cited], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found

        def choices() -> list[tuple[str, str]]:
            return [(one.key, one.title) for one in current_library().by_key.values()]

        self.fields["key"].choices = choices  # type: ignore[attr-defined]

    def clean_place(self) -> str:
        """On one line, without the signs that files put around it."""
        place = " ".join(str(self.cleaned_data["place"]).split())
        if not is_place(place):
            raise forms.ValidationError(_('Leave out " and brackets.'))
        return place


def matching(query: str, chosen: str = "") -> list[Cited]:
    """Sources and laws that have every word, what is chosen first; the first of them."""
    words = query.casefold().split()
    entries = current_library().by_key.values()
    found = [one for one in entries if all(word in said(one) for word in words)]
    found.sort(key=lambda one: one.key != chosen)
    return found[:MOST_SHOWN]


def said(one: Cited) -> str:
    """Everything one may look for it by."""
    parts = (one.key, one.title, one.publisher, one.number, one.reference, str(one.year or ""))
    return " ".join(parts).casefold()
