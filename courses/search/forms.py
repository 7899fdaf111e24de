"""What is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.search.words import words_in

LONGEST = 200


class SearchForm(forms.Form):
    """Some words."""

    words = forms.CharField(
        max_length=LONGEST,
        label=_("What are you looking for?"),
        help_text=_("A word or a few. What you search for is not saved."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Write a word to search for.")},
    )

    def clean_words(self) -> str:
        """Refuse what has neither a letter nor a digit."""
        words: str = self.cleaned_data["words"]
        if not any(words_in(words)):
            raise forms.ValidationError(_("Write a word to search for."))
        return words
