"""What a report of a shortcoming holds."""

import uuid
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.accessibility.models import TEXT_AT_MOST


class Trap(forms.TextInput):
    """A field nobody meets: neither seen, nor read out, nor reached by the keyboard."""

    is_hidden = True

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        inside = super().render(name, value, {"tabindex": "-1", "autocomplete": "off"}, renderer)
        label = gettext("Leave this empty")
        return format_html(
            '<div class="visually-hidden" aria-hidden="true"><label>{} {}</label></div>',
            label,
            inside,
        )


class ReportForm(forms.Form):
    """A shortcoming, in the words of who met it."""

    text = forms.CharField(
        label=_("What does not work?"),
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Tell what you wanted to do and what happened. If you use an aid, such as a screen "
            "reader, say which. Write nothing about people you meet in your work."
        ),
        error_messages={"required": _("Tell in a few words what does not work.")},
    )
    page = forms.CharField(
        label=_("Which page is it about?"),
        max_length=500,
        required=False,
        help_text=_("Its address. Leave it empty if it is about the whole platform."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    contact = forms.CharField(
        label=_("Where can we reach you?"),
        max_length=200,
        required=False,
        help_text=_("E-mail or telephone, if you want an answer."),
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False, widget=Trap)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def report(self) -> dict[str, Any]:
        """What was reported; only of a valid form."""
        given = self.cleaned_data
        return {
            "token": given["token"] or uuid.uuid4(),
            "page": given["page"],
            "text": given["text"],
            "contact": given["contact"],
            "by_machine": bool(given["website"]),
        }
