"""What a lesson page's script sends, read strictly; an error names what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from courses.h5p.results.limits import (
    BIGGEST_STATE,
    LONGEST_PLACE,
    MOST_AT_ONCE,
    NAME,
    OLDEST_STATE,
)
from courses.h5p.results.models import MAIN_STATE, WHOLE_CONTENT
from courses.h5p.results.reading import Unreadable, as_text
from courses.h5p.results.saving import State
from courses.h5p.results.statements import Statement, key_of, read_statement

LARGEST_COUNTER = 2**53  # the largest whole number that JavaScript counts exactly to


class OpenForm(forms.Form):
    """Which content, where; `afresh`: to begin from the beginning."""

    content = forms.UUIDField()
    place = forms.CharField(max_length=LONGEST_PLACE)
    afresh = forms.BooleanField(required=False)

    def clean_place(self) -> str:
        """One that can be kept: JSON may hold control characters and half ones."""
        place: str = self.cleaned_data["place"]
        if not place.isprintable():
            raise forms.ValidationError(_("It holds a character that no place has."))
        return place

    def said(self) -> str:
        """What is wrong, in a line."""
        told = self.errors.get_json_data()
        return " ".join(
            f"{name}: {error['message']}" for name, errors in told.items() for error in errors
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Statements as they came: those that can be read, and what is wrong with the others."""

    good: list[Statement] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)


def read_batch(sent: Mapping[str, Any]) -> Batch:
    """The statements of `{"statements": […]}`: one that makes no sense costs no other.

    Raises Unreadable when there is no list, or a longer one than is taken at once.
    """
    entries = sent.get("statements")
    if not isinstance(entries, list):
        raise Unreadable(_("“statements” has to be a list."))
    if len(entries) > MOST_AT_ONCE:
        raise Unreadable(
            _("%(found)d statements at once, at most %(most)d.")
            % {"found": len(entries), "most": MOST_AT_ONCE}
        )
    batch = Batch()
    for at, entry in enumerate(entries):
        try:
            batch.good.append(read_statement(entry))
        except Unreadable as error:
            key = key_of(entry)
            batch.refused.append({"id": str(key) if key else None, "at": at, "error": str(error)})
    return batch


def read_state(sent: Mapping[str, Any], *, now: datetime) -> State:
    """The state of `{"sub", "type", "data", "counter", "age"}`, the last two left out or not.

    `data` is what the content keeps, as text or any JSON; null takes it away. `age`: for how many
    milliseconds it has waited in the browser. Raises Unreadable.
    """
    sub = _name(sent, "sub", WHOLE_CONTENT)
    kind = _name(sent, "type", MAIN_STATE)
    data = sent.get("data")
    counter = _whole(sent, "counter")
    age = timedelta(milliseconds=_whole(sent, "age"))
    return State(
        sub=sub,
        kind=kind,
        data="" if data is None else as_text(data, BIGGEST_STATE),
        counter=counter,
        made_at=now - min(age, OLDEST_STATE),
    )


def _name(sent: Mapping[str, Any], field_name: str, otherwise: str) -> str:
    said = sent.get(field_name)
    if said is None or said == "":
        return otherwise
    if isinstance(said, int) and not isinstance(said, bool) and 0 <= said < 10**9:
        return str(said)  # H5P's own name of the whole is the number 0
    if not isinstance(said, str) or not NAME.match(said):
        raise Unreadable(
            _("“%(field)s” has to be letters, digits, full stops, colons, hyphens and underscores.")
            % {"field": field_name}
        )
    return said


def _whole(sent: Mapping[str, Any], field_name: str) -> int:
    said = sent.get(field_name, 0)
    if said is None:
        return 0
    if isinstance(said, bool) or not isinstance(said, int) or not 0 <= said <= LARGEST_COUNTER:
        raise Unreadable(
            _("“%(field)s” has to be a whole number, not below nought.") % {"field": field_name}
        )
    return said
