"""Reads what a browser sends of an answer."""

import json
import re
from typing import Any

from django import forms
from django.http import QueryDict

# The inputs of a question in the form of the whole page.
FIELD_NAME = re.compile(r"q(?P<position>[1-9][0-9]{0,3})(-ticked)?\Z")


class AnswerForm(forms.Form):
    """One answer, as the quiz page's script sends it."""

    position = forms.IntegerField(min_value=1, max_value=1000)
    client_id = forms.RegexField(r"^[A-Za-z0-9._-]+\Z", max_length=64)
    sequence = forms.IntegerField(min_value=0, max_value=2**53)

    def clean(self) -> dict[str, Any]:
        """The chosen options travel as a list beside the other fields."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["response"] = {"choice": self.data.get("choice")}
        return cleaned

    @classmethod
    def from_json(cls, body: bytes) -> "AnswerForm":
        """The form of a JSON request; anything but an object is an empty form."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            data = {}
        return cls(data if isinstance(data, dict) else {})


def responses(data: QueryDict) -> dict[int, dict[str, list[str]]]:
    """What the form of the whole page says, by question; those it says nothing of are left out.

    A browser sends nothing for boxes without a tick. That is an answer taken back where the page
    came with a tick (`q3-ticked`), and otherwise a question that was not answered on this page but
    may have been on another.
    """
    named = (FIELD_NAME.match(name) for name in data)
    return {
        int(match["position"]): {"choice": data.getlist(f"q{match['position']}")}
        for match in named
        if match
    }
