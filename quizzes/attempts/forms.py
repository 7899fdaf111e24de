"""Reads what a browser sends of an answer."""

import json
from enum import StrEnum
from typing import Any

from django import forms
from django.http import QueryDict


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


class Wish(StrEnum):
    """What a press of a button in the quiz's form asks for, by the button's name."""

    SAVE = "spara"  # and go on later
    SHOW = "visa"  # another question
    GO_ON = "ga-vidare"  # to the next step of a question
    LOCK = "las"  # let the answer stand, and see what was right
    MARK = "marka"
    UNMARK = "avmarka"
    CLOCK = "tiden"  # the page's script says that the time is up
    HAND_IN = "lamna-in"


# These lead back to the question they name.
STAYS = (Wish.SHOW, Wish.GO_ON, Wish.LOCK, Wish.MARK, Wish.UNMARK)


def wish_of(data: QueryDict) -> tuple[Wish, int]:
    """What is asked for, and of which question; 0 of none. No button's name: to hand in."""
    for wish in Wish:
        if wish in data:
            number = str(data[wish]).removeprefix("q")
            return wish, int(number) if number.isdecimal() and len(number) < 5 else 0
    return Wish.HAND_IN, 0


def number_in(data: QueryDict, name: str) -> int | None:
    """A question's number in an address; None when there is none."""
    value = str(data.get(name, ""))
    return int(value) if value.isdecimal() and len(value) < 5 else None
