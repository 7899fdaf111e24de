"""What the address of a list asks for."""

from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 100


class WordsForm(forms.Form):
    """Words that the rows of the list must hold."""

    use_required_attribute = False

    sok = forms.CharField(required=False, max_length=LONGEST)

    def __init__(self, asked: QueryDict, *, label: "StrOrPromise"):
        super().__init__(asked)
        self.fields["sok"].label = label

    @property
    def words(self) -> str:
        """What was asked for; nothing when it could not be read."""
        return str(self.cleaned_data.get("sok", "")) if self.is_valid() else ""
