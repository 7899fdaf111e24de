"""What is asked outside every app: the language."""

from django import forms
from django.conf import settings


class LanguageForm(forms.Form):
    """One of the languages of the platform, and the address to come back to."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = forms.CharField(required=False)
