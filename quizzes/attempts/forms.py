"""Reads what a browser sends of an answer."""

import json
from typing import Any

from django import forms
from django.http import QueryDict


class AnswerForm(forms.Form):
    """One answer, as the quiz page's script sends it."""

    position = forms.IntegerField(min_value=1, max_value=1000)
    client_id = forms.CharField(max_length=64)
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


def field_name(position: int) -> str:
    """The name of a question's inputs in the form that works without script."""
    return f"q{position}"


def responses(data: QueryDict, positions: list[int]) -> dict[int, dict[str, list[str]]]:
    """What the whole form says, by question; those without a choice are left out."""
    return {
        position: {"choice": data.getlist(field_name(position))}
        for position in positions
        if data.getlist(field_name(position))
    }
