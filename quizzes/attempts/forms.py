"""Reads what a browser sends of an answer."""

import json
from typing import Any

from django import forms


class AnswerForm(forms.Form):
    """One answer, as the quiz page's script sends it."""

    position = forms.IntegerField(min_value=1, max_value=1000)
    client_id = forms.RegexField(r"^[A-Za-z0-9._-]+\Z", max_length=64)
    sequence = forms.IntegerField(min_value=0, max_value=2**53)

    def clean(self) -> dict[str, Any]:
        """What was answered travels as JSON beside the other fields."""
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
