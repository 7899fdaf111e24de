"""A number typed from a paper, and why a certificate no longer holds."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NumberForm(forms.Form):
    """The number of a certificate."""

    use_required_attribute = False

    nummer = forms.CharField(
        label=_("Number of the certificate"),
        max_length=60,
        help_text=_("20 letters and digits in groups of four, as printed on it."),
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "certificate-number",
            }
        ),
        error_messages={"required": _("Write the number.")},
    )


class RevokeForm(NumberForm):
    """The same, and why."""

    skal = forms.CharField(
        label=_("Why it no longer holds"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The holder reads it. Whoever looks the number up does not."),
        error_messages={"required": _("Say why: the holder reads it.")},
    )
