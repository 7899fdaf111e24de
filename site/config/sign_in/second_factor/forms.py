"""What is typed of codes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.sign_in.forms import LONGEST_PASSWORD

LONGEST = 40


class CodeForm(forms.Form):
    """A code, however it is spaced; pasted or read by the phone itself."""

    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )


class ConfirmForm(forms.Form):
    """The password once more, before the first phone is set up."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
